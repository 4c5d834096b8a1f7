package linter_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/values"
)

const wholeTenant = "../../examples/genesys-tenant/values.yaml"

// mistakes are what people really do to a tenant's values: one edit each.
// nth counts the occurrences of old from 1 (0 means 1).
var mistakes = []struct {
	name     string
	nth      int
	old, new string
	path     string // of the expected finding, or of something above or below it
}{
	{"uuid version 1", 0, "6a1e-4b7f", "6a1e-1b7f", "tenantid"},
	{"uuid upper case", 0, "tenantid: 3f0c8d52", "tenantid: 3F0C8D52", "tenantid"},
	{"uuid missing digit", 0, "8e41d7a60231\n\nservice", "8e41d7a6023\n\nservice", "tenantid"},
	{"uuid key capitalised", 0, "tenantid:", "tenantId:", "tenantId"},
	{"uuid below tenant", 0, "tenantid: 3f0c8d52-6a1e-4b7f-9c25-8e41d7a60231\n", "", ""},
	{"native boolean quoted", 0, "  create: true", "  create: \"true\"", "serviceAccount.create"},
	{"init image forgotten", 2, "tag: \"100.0.1000076\"", "tag: \"100.0.1000067\"", "images.pgdbInit.tag"},
	{"pulse image forgotten", 3, "tag: \"100.0.1000076\"", "tag: \"100.0.1000067\"", "images.pulseInit.tag"},
	{"tag is a float", 1, "tag: \"1.9.5\"", "tag: 1.10", "images.fluentBit.tag"},
	{"tag latest", 1, "tag: \"100.0.1000076\"", "tag: latest", "images.tenant.tag"},
	{"switch unquoted", 1, "enable: \"true\"", "enable: true", "images.pgdbInit.enable"},
	{"switch capitalised", 1, "enable: \"true\"", "enable: \"True\"", "images.pgdbInit.enable"},
	{"switch yes", 1, "enable: \"true\"", "enable: yes", "images.pgdbInit.enable"},
	{"enabled for enable", 1, "enable: \"true\"", "enabled: \"true\"", "images.pgdbInit.enabled"},
	{"pull policy", 0, "IfNotPresent", "IfNotPresents", "images.pullPolicy"},
	{"pull policy lower case", 0, "IfNotPresent", "ifNotPresent", "images.pullPolicy"},
	{"pull secrets as list", 0, "imagePullSecrets: pullsecret", "imagePullSecrets:\n    - name: pullsecret", "images.imagePullSecrets"},
	{"registry with scheme", 0, "registry: registry", "registry: https://registry", "images.registry"},
	{"image block misspelt", 0, "  pgdbInit:", "  pgdbinit:", "images.pgdbinit"},
	{"image block at the root", 0, "  pulseInit:\n    enable: \"true\"\n    tag: \"100.0.1000076\"\n    pulseMode: \"setup\"\n", "pulseInit:\n  enable: \"true\"\n", ""},
	{"sidecar name twice", 0, "stdouturs-sidecar", "json-sidecar", "images.fluentBitUrs.name"},
	{"deployment type", 0, "type: full", "type: ful", "tenant.deployment.type"},
	{"replica count quoted", 0, "replicaCount: 2", "replicaCount: \"2\"", "tenant.deployment.replicaCount"},
	{"replica count negative", 0, "replicaCount: 2", "replicaCount: -1", "tenant.deployment.replicaCount"},
	{"replicas", 0, "replicaCount: 2", "replicas: 2", "tenant.deployment.replicas"},
	{"name override of another tenant", 0, "tenant-3f0c8d52", "tenant-4f0c8d52", "tenant.deployment.nameOverride"},
	{"sip domain with scheme", 0, "sipDomain: t0231", "sipDomain: sip:t0231", "tenant.general.sipDomain"},
	{"sip domain misspelt", 0, "sipDomain", "sipDomian", "tenant.general.sipDomian"},
	{"stray quote", 0, "upstreamServices: \"voice", "upstreamServices: voice", "tenant.general.upstreamServices"},
	{"upstream port", 0, "ixn-server-{{ $.Values.tenantid }}:7120", "ixn-server-{{ $.Values.tenantid }}:7210", "tenant.general.upstreamServices"},
	{"upstream service missing", 0, "voice-config:9100,", "", "tenant.general.upstreamServices"},
	{"upstream of another tenant", 0, "ixn-vqnode-{{ $.Values.tenantid }}", "ixn-vqnode-9350e2fc-a1dd-4c65-8d40-1f75a2e00100", "tenant.general.upstreamServices"},
	{"upstream without port", 0, "voice-sipfe:9101", "voice-sipfe", "tenant.general.upstreamServices"},
	{"runs as root", 0, "runAsUser: 500", "runAsUser: 0", "tenant.containerSecurityContext.runAsUser"},
	{"half of the arbitrary user", 0, "runAsUser: 500", "runAsUser: null", "tenant.containerSecurityContext"},
	{"group left", 0, "runAsGroup: 500", "runAsGroup: 0", "tenant.containerSecurityContext"},
	{"root allowed", 0, "runAsNonRoot: true", "runAsNonRoot: false", "tenant.containerSecurityContext.runAsNonRoot"},
	{"fsGroup at the container", 0, "    readOnlyRootFilesystem: false\n", "    readOnlyRootFilesystem: false\n    fsGroup: 500\n", "tenant.containerSecurityContext.fsGroup"},
	{"security context at the root", 0, "\nvolumes: |", "\nsecurityContext:\n  fsGroup: 500\nvolumes: |", "securityContext"},
	{"masterdc misspelt", 0, "masterdc:", "masterDC:", "tenant.consul.masterDC"},
	{"homedc missing", 0, "    homedc: westus2\n", "", "tenant.consul"},
	{"gws switch native", 1, "  gws:\n    enable: \"true\"", "  gws:\n    enable: true", "tenant.gws.enable"},
	{"gws tls quoted", 0, "tls: false", "tls: \"false\"", "tenant.gws.tls"},
	{"auth endpoint with scheme", 0, "authEndpoint: gauth", "authEndpoint: http://gauth", "tenant.gws.authEndpoint"},
	{"db switch native", 0, "      read: \"false\"", "      read: false", "tenant.gws.db.read"},
	{"path of the host", 0, "dbhost: /opt/genesys/dbserver/dbserver", "dbhost: /opt/genesys/dbservers/dbserver", "tenant.pgdb.dbhost"},
	{"path without file", 0, "dbname: /opt/genesys/dbname/dbname", "dbname: /opt/genesys/dbname", "tenant.pgdb.dbname"},
	{"database name missing", 0, "    dbname: /opt/genesys/dbname/dbname\n", "", "tenant.pgdb"},
	{"cluster flag quoted", 0, "isCluster: true", "isCluster: \"true\"", "tenant.redis.isCluster"},
	{"redis at the secrets", 0, "  redis:\n    isCluster: true\n", "", "tenant"},
	{"service password path", 0, "svcpwdSecretName: /opt/genesys/service-user-account/svcpassword", "svcpwdSecretName: /opt/genesys/service-user/svcpassword", "tenant.svcpwdSecretName"},
	{"service password missing", 0, "  svcpwdSecretName: /opt/genesys/service-user-account/svcpassword\n", "", "tenant"},
	{"probe as Kubernetes has it", 0, "failureCount: 3", "failureThreshold: 3", "tenant.livenessProbe.failureThreshold"},
	{"probe quoted", 0, "checkInterval: 10", "checkInterval: \"10\"", "tenant.livenessProbe.checkInterval"},
	{"memory in milli", 0, "memory: 900Mi", "memory: 900m", "tenant.resources.tenantContainer"},
	{"request above limit", 0, "memory: 600Mi", "memory: 1200Mi", "tenant.resources.tenantContainer"},
	{"log level", 0, "level: info", "level: inf", "tenant.logging.level"},
	{"log volume misspelt", 0, "        - name: fluent-logs\n          mountPath: /opt", "        - name: fluent-log\n          mountPath: /opt", "tenant.logging.mounts.jsonLog[0].name"},
	{"stream list missing", 0, "      fbstdoutSsLog:\n        - name: fluentss-logs\n          mountPath: /mnt/logs\n", "", ""},
	{"stream misspelt", 0, "      fbJsonLog:", "      fbjsonLog:", "tenant.logging.mounts.fbjsonLog"},
	{"config map volume", 0, "            name: tenants-fluent-bit-config-urs\n", "            nam: tenants-fluent-bit-config-urs\n", "tenant.logging.volumes.fluentBconfigmapUrs"},
	{"secret name for name", 0, "            secretName: dbserver\n", "            name: dbserver\n", "tenant.secrets.pgdb.volumes"},
	{"mount of no volume", 0, "        - name: dbserver\n          readOnly", "        - name: dbservers\n          readOnly", "tenant.secrets.pgdb.mounts"},
	{"mount forgotten", 0, "        - name: dbuser\n          readOnly: true\n          mountPath: /opt/genesys/dbuser\n", "", "tenant.pgdb.dbuser"},
	{"mount path of another", 0, "mountPath: /opt/genesys/dbuser\n", "mountPath: /opt/genesys/dbname\n", "tenant"},
	{"password in clear text", 0, "        secretName: /opt/genesys/dbpassword/dbpassword", "        value: s3cr3tPassw0rd", "tenant.secrets.pgdb.pwd"},
	{"password without secretName", 0, "      pwd:\n        secretName: /opt/genesys/dbpassword/dbpassword", "      pwd: s3cr3tPassw0rd", "tenant.secrets.pgdb.pwd"},
	{"consul path", 0, "secretName: /opt/genesys/consul-shared-secret/consul-consul-voice-token", "secretName: /opt/genesys/consul-secret/consul-consul-voice-token", "tenant.secrets.consul.acl.secretName"},
	{"consul key", 0, "consul-shared-secret/consul-consul-voice-token", "consul-shared-secret/consul-voice-token", "tenant.secrets.consul.acl.secretName"},
	{"kafka bare name", 0, "secretName: /opt/genesys/kafka-secrets/kafka-secrets", "secretName: kafka-secrets-token", "tenant.secrets.kafka.pwd"},
	{"kafka volume is a config map", 0, "          secret:\n            secretName: kafka-secrets-token", "          configMap:\n            name: kafka-secrets-token", "tenant.secrets.kafka"},
	{"redis volumes one level up", 0, "        volumes:\n          - name: redis-config-secret", "      volumes:\n          - name: redis-config-secret", ""},
	{"redis streams share a typo", 0, "redis-tenant-secret/redis-tenant-stream", "redis-tenants-secret/redis-tenant-stream", "tenant.secrets.redis.streamPwd.secretName"},
	{"secrets of gws off", 0, "      enabled: true", "      enabled: \"true\"", "tenant.secrets.gws.enabled"},
	{"gws client missing", 0, "      user:\n        secretName: /opt/genesys/gauth-client-id/clientid\n", "", "tenant.secrets.gws"},
	{"read only quoted", 1, "readOnly: true", "readOnly: \"true\"", "tenant.secrets.pgdb.mounts[0].readOnly"},
	{"secret suffix of another tenant", 0, "dbname-t0231", "dbname-t0100", "tenant.secrets.pgdb.volumes"},
	{"block string broken", 0, "  - name: service-user-account\n    secret:\n", "  - name: service-user-account\n     secret:\n", "volumes"},
	{"block string volume name", 0, "  - name: service-user-account\n    secret:\n", "  - name: service-user-acount\n    secret:\n", ""},
	{"root volumes twice", 0, "volumeMounts: |", "volumes: |\n  - name: x\n    emptyDir: {}\nvolumeMounts: |", "volumes"},
	{"tenant block twice", 0, "\nvolumes: |", "\ntenant:\n  redis:\n    isCluster: true\nvolumes: |", "tenant"},
	{"colon forgotten", 0, "  logging:\n", "  logging\n", ""},
	{"tab", 0, "  general:\n    location", "  general:\n\tlocation", ""},
	{"null map", 0, "  pgdb:\n    dbhost", "  pgdb:\n  dbhost", ""},
	{"rest lost after dots", 0, "\nvolumes: |", "\n...\nvolumes: |", ""},
}

// TestMutations makes one realistic mistake after the other in a whole values
// file and expects a finding at its place.
func TestMutations(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile(wholeTenant)
	if err != nil {
		t.Fatal(err)
	}
	clean := string(src)
	if fs := atLeastWarning(lintText(t, clean)); len(fs) > 0 {
		t.Fatalf("the clean file is not silent\n%s", listing(fs))
	}
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			i := nthIndex(clean, m.old, max(m.nth, 1))
			if i < 0 {
				t.Fatalf("%q does not occur", m.old)
			}
			text := clean[:i] + m.new + clean[i+len(m.old):]
			fs := lintText(t, text)
			if !slices.ContainsFunc(fs, func(f lint.Finding) bool {
				return f.Severity >= lint.Warning && related(f.Path.String(), m.path)
			}) {
				t.Errorf("no finding at %q\n%s", m.path, listing(fs))
			}
		})
	}
}

// TestMisspeltKeys misspells every key of the clean file that the schema
// knows, one at a time, and expects a warning on its line.
func TestMisspeltKeys(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile(wholeTenant)
	if err != nil {
		t.Fatal(err)
	}
	clean := string(src)
	tried, missed := 0, 0
	for i, line := range strings.Split(clean, "\n") {
		key, _, ok := strings.Cut(strings.TrimLeft(line, " -"), ":")
		if !ok || len(key) < 4 || strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		bad := key[:1] + key[2:3] + key[1:2] + key[3:]
		if bad == key {
			bad = key + "x"
		}
		lines := strings.Split(clean, "\n")
		lines[i] = strings.Replace(line, key+":", bad+":", 1)
		tried++
		fs := lintText(t, strings.Join(lines, "\n"))
		if !slices.ContainsFunc(fs, func(f lint.Finding) bool { return f.Span.Line == i+1 && f.Severity >= lint.Warning }) {
			missed++
			t.Logf("line %d: %q for %q gives nothing there\n%s", i+1, bad, key, listing(fs))
		}
	}
	if missed*20 > tried {
		t.Errorf("%d of %d misspelt keys are missed", missed, tried)
	}
}

func lintText(t *testing.T, text string) []lint.Finding {
	t.Helper()
	files := map[string]string{"values.yaml": text}
	rel := linter.Release{Single: true, Values: values.Options{ValueFiles: []string{"values.yaml"}}}
	out, err := newLinter(files).Lint(t.Context(), linter.Run{Releases: []linter.Release{rel}})
	if err != nil {
		t.Fatal(err)
	}
	return out.Report.Findings
}

// related reports whether one path lies on the way to the other; "" is
// anywhere.
func related(a, b string) bool {
	return b == "" || under(a, b) || under(b, a)
}

func under(a, b string) bool {
	rest, ok := strings.CutPrefix(a, b)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

func nthIndex(s, sub string, n int) int {
	at := 0
	for range n {
		i := strings.Index(s[at:], sub)
		if i < 0 {
			return -1
		}
		at += i + len(sub)
	}
	return at - len(sub)
}

func ExampleLinter() {
	l := linter.New(nil, func(string) ([]byte, error) { return []byte("image:\n  tag: a\n  tag: b\n"), nil })
	rel := linter.Release{Single: true, Values: values.Options{ValueFiles: []string{"values.yaml"}}}
	out, err := l.Lint(context.Background(), linter.Run{Releases: []linter.Release{rel}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range out.Report.Findings {
		fmt.Println(f.Span.Line, f.Rule)
	}
	// Output: 3 core/duplicate-key
}

// atLeastWarning leaves out infos: reminders are no blame.
func atLeastWarning(fs []lint.Finding) []lint.Finding {
	return slices.DeleteFunc(slices.Clone(fs), func(f lint.Finding) bool { return f.Severity < lint.Warning })
}
