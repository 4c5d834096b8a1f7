package app_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/app"
)

// corpusEnv are values for the variables of the vendor's files.
const corpusEnv = `IMAGE_REGISTRY=registry.example.com
TENANT_UUID=3f0c8d52-6a1e-4b7f-9c25-8e41d7a60100
TENANT_SID=100
LOCATION=/USW1
SIP_DOMAIN=t0100.voice.example.com
GAUTH_NAMESPACE=gauth
DNS_SCOPE=cluster.local
CONSUL_DC_LOCATION=westus2
`

// TestCorpus runs on the vendors' files, which lie beside the repository. None
// of them may give an error, alone or layered.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no corpus")
	}
	env := filepath.Join(t.TempDir(), "corpus.env")
	if err := os.WriteFile(env, []byte(corpusEnv), 0o644); err != nil {
		t.Fatal(err)
	}
	tenant := filepath.Join(dir, "genesys-multicloud-services/services/tenant/02_chart_tenant")
	for _, platform := range []string{"", "gke", "k8s", "openshift"} {
		args := []string{"lint", "--env-file", env, "--release", "t100", "-n", "voice", "-f", filepath.Join(tenant, "override_values.yaml")}
		if platform != "" {
			args = append(args, "-f", filepath.Join(tenant, "override_values_"+platform+".yaml"))
		}
		args = append(args, "-f", filepath.Join(tenant, "01_release_t100/override_values.yaml"))
		for _, complete := range []string{"--complete=false", "--complete"} {
			if out := lintCorpus(t, append(args, complete)...); strings.Contains(out, ": error: ") {
				t.Errorf("the tenant on %q has errors\n%s", platform, out)
			} else {
				t.Logf("tenant on %q %s:\n%s", platform, complete, out)
			}
		}
	}
	files := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".yaml" {
			return err
		}
		files++
		for _, args := range [][]string{{"lint", name}, {"lint", "--env-file", env, name}} {
			out := lintCorpus(t, args...)
			// Variables that a deployment script sets are no mistake of the file.
			for line := range strings.SplitSeq(out, "\n") {
				if strings.Contains(line, ": error: ") && !(len(args) > 2 && strings.Contains(line, "[core/placeholder]")) {
					t.Errorf("%s", line)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files", files)
}

func lintCorpus(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	code := app.Run(context.Background(), args, app.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	if code > 1 {
		t.Errorf("helmvet %s: exit code %d\n%s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// TestCorpusK0rdent runs on k0rdent's own manifests, one by one and as a folder,
// with and without values for their variables. No rule of the pack has
// anything to say about them.
func TestCorpusK0rdent(t *testing.T) {
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no corpus")
	}
	config := filepath.Join(dir, "k0rdent-kcm/config/dev")
	names, err := filepath.Glob(filepath.Join(config, "*.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no manifests: %v", err)
	}
	for _, name := range append(names, config) {
		for _, env := range [][]string{nil, {"--env", "NAMESPACE=kcm-system", "--env", "CLUSTER_NAME_SUFFIX=dev", "--complete"}} {
			out := lintCorpus(t, append(append([]string{"lint", "--output", "json"}, env...), name)...)
			if !strings.Contains(out, `"k0rdent"`) {
				t.Errorf("%s is not judged by the pack", name)
			}
			if strings.Contains(out, `"k0rdent/`) {
				t.Errorf("%s %v\n%s", name, env, out)
			}
		}
	}
}
