package linter_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
	"sigs.k8s.io/yaml"
)

const suitePack = "genesys-suite"

// assumed is the context that fragments of a fact leave out.
var assumed = map[string]string{
	"SUI-027": "{platform: gke}", "SUI-029": "{platform: gke}", "SUI-098": "{platform: gke}", "SUI-100": "{platform: gke}",
	"SUI-101": "{platform: gke}", "SUI-097": "{platform: aks}",
	"SUI-031": "{environment: production}", "SUI-033": "{environment: production}", "SUI-055": "{environment: production}",
	"SUI-066": "{environment: production}", "SUI-129": "{environment: production}", "SUI-173": "{environment: production}",
	"SUI-032": "{architecture: cloud}", "SUI-036": "{thirdParty: {redis: {clusterMode: true}}}",
	"SUI-092": "{arbitraryUIDs: true}",
}

// fleets are the other releases that fragments of a fact tell of in words.
var fleets = map[string]string{
	"SUI-120": "# release {chart: gauth, namespace: gauth}\n# release {chart: voice-sipproxy, namespace: voice}\n",
	"SUI-160": "# chart gws-ingress\n",
}

type suiteCatalog struct {
	Tables map[string]any
	Facts  []struct {
		ID    string
		Check struct{ Scope, Severity string }
		Good  string
		Bad   []struct{ YAML, Why string }
	}
}

func readSuiteCatalog(t *testing.T) suiteCatalog {
	t.Helper()
	dir := os.Getenv("HELMVET_CATALOG")
	if dir == "" {
		t.Skip("HELMVET_CATALOG names no catalog")
	}
	data, err := os.ReadFile(filepath.Join(dir, "genesys-suite.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var cat suiteCatalog
	if err := yaml.Unmarshal(data, &cat); err != nil {
		t.Fatal(err)
	}
	return cat
}

// TestCatalogSuite runs the fragments of the suite's catalog, which lies beside
// the repository: each bad one must give a finding that cites its fact, no good
// one may. HELMVET_FACTS names the facts to run, all when empty.
func TestCatalogSuite(t *testing.T) {
	cat := readSuiteCatalog(t)
	only := strings.Fields(os.Getenv("HELMVET_FACTS"))
	bad, missed, good, noisy := 0, 0, 0, 0
	for _, f := range cat.Facts {
		if len(only) > 0 && !slices.Contains(only, f.ID) {
			continue
		}
		lintText := func(text string) []lint.Finding {
			ctx := ""
			if a := assumed[f.ID]; a != "" && !strings.Contains(text, "plan:") {
				ctx = "# context " + a + "\n"
			}
			files, run := fragment{scope: "suite", text: ctx + fleets[f.ID] + text}.run(t)
			out, err := newLinter(files).Lint(t.Context(), run)
			if err != nil {
				t.Fatalf("%s: %v\n%s", f.ID, err, text)
			}
			return out.Report.Findings
		}
		for i, b := range f.Bad {
			bad++
			fs := lintText(b.YAML)
			if hit := citing(fs, f.ID); len(hit) == 0 {
				missed++
				t.Logf("MISS %s bad %d (%s): %s\n%s%s", f.ID, i+1, f.Check.Scope, b.Why, indent(b.YAML), listing(fs))
			}
		}
		good++
		if hit := citing(lintText(f.Good), f.ID); len(hit) > 0 {
			noisy++
			t.Logf("NOISE %s good:\n%s%s", f.ID, indent(f.Good), listing(hit))
		}
	}
	t.Logf("bad fragments: %d, missed %d; good fragments: %d, noisy %d", bad, missed, good, noisy)
	if missed*20 > bad || noisy > 0 {
		t.Errorf("more than 5%% of the bad fragments are missed, or a good one is not silent")
	}
}

// TestSuiteTables finds tables of the catalog that the pack lacks, and rows.
func TestSuiteTables(t *testing.T) {
	cat := readSuiteCatalog(t)
	renamed := map[string]string{"voice_vms_redis_keys": "voice_redis_keys"}
	for name, want := range cat.Tables {
		if other, ok := renamed[name]; ok {
			name = other
		}
		data, err := os.ReadFile(filepath.Join("../../policies", suitePack, "data", name+".yaml"))
		if err != nil {
			t.Error(err)
			continue
		}
		var got any
		if err := yaml.Unmarshal(data, &got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if size(got) != size(want) {
			t.Errorf("%s has %d rows, want %d", name, size(got), size(want))
		}
	}
}

// size counts the rows of a table: of a mapping of lists, the items of the lists.
func size(table any) int {
	switch v := table.(type) {
	case []any:
		return len(v)
	case map[string]any:
		n := 0
		for _, row := range v {
			if l, ok := row.([]any); ok {
				n += len(l)
			} else {
				n++
			}
		}
		return n
	}
	return 0
}

// The markers that tell the pack in Go are the shapes that tell the service in
// Rego.
func TestSuiteShapes(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("../../policies", suitePack, "data", "shapes.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var shapes map[string]any
	if err := yaml.Unmarshal(data, &shapes); err != nil {
		t.Fatal(err)
	}
	p := suite()
	if got, want := slices.Sorted(slices.Values(p.Markers)), slices.Sorted(maps.Keys(shapes)); !slices.Equal(got, want) {
		t.Errorf("markers of pack.cue\n%v\nshapes\n%v", got, want)
	}
}

func suite() *pack.Pack {
	all := pack.Builtins()
	return all[slices.IndexFunc(all, func(p *pack.Pack) bool { return p.Name == suitePack })]
}

// The suite judges beside the pack of a chart, and nobody else's values.
func TestSuiteDetected(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, chart, text, want string
	}{
		{"tenant", "", "tenantid: x\ntenant: {pgdb: {dbhost: x}}\n", "genesys-tenant genesys-suite"},
		{"tenant-monitor by name", "tenant-monitor", "global: {}\n", "genesys-tenant-monitor genesys-suite"},
		{"voice", "", "deployment: {replicaCount: 1}\nsecrets: {consulACL: {volumes: []}}\n", suitePack},
		{"gvp by name", "gvp-rs", "replicaCount: 1\n", suitePack},
		{"empty by name", "designer", "", suitePack},
		{"helm create", "", "replicaCount: 1\nimage: {repository: nginx, pullPolicy: IfNotPresent, tag: \"\"}\nimagePullSecrets: []\nserviceAccount: {create: true}\npodSecurityContext: {}\nsecurityContext: {}\nservice: {type: ClusterIP, port: 80}\ningress: {enabled: false, annotations: {}}\nautoscaling: {enabled: false, minReplicas: 1}\nnodeSelector: {}\n", ""},
		{"bitnami redis", "", "architecture: replication\nauth: {enabled: true}\nmaster: {persistence: {storageClass: x}, podSecurityContext: {fsGroup: 1001}}\nreplica: {replicaCount: 3}\nmetrics: {enabled: true}\n", ""},
		{"bitnami redis by name", "redis", "master: {persistence: {storageClass: x}}\n", ""},
		{"consul", "consul", "server: {replicas: 3}\nconnectInject: {enabled: true}\n", ""},
		{"prometheus", "", "server: {retention: 15d}\nalertmanager: {enabled: true}\nprometheus: {podMonitor: {enabled: true}, prometheusSpec: {replicas: 2}}\n", ""},
		{"ingress-nginx", "", "controller: {replicaCount: 2, ingressClassResource: {name: nginx}, service: {externalTrafficPolicy: Local}}\n", ""},
		{"minio tenant", "tenant", "tenant: {name: x, pools: []}\n", ""},
		{"sonatype nexus", "nexus", "nexus: {docker: {enabled: true}}\nnexusProxy: {enabled: true}\n", ""},
		{"a lone image", "", "image: {registry: x, tag: latest}\n", ""},
		{"a lone resources", "", "resources: {limits: {cpu: 1}}\n", ""},
		{"a monolith", "", "services: {auth: {replicas: 2}, environment: {replicas: 1}}\njob: {storage: {size: 1}}\n", ""},
	}
	for _, tt := range tests {
		root := values.Parse("values.yaml", []byte(tt.text), values.DefaultLimits).Values()
		var got []string
		for _, p := range pack.Detect(pack.Builtins(), root, []byte(tt.text), tt.chart) {
			got = append(got, p.Name)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: detected %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What is wrong with an object is said once, however many releases there are.
func TestObjectsJudgedOnce(t *testing.T) {
	t.Parallel()
	files, run := fragment{scope: "suite", text: `plan: {releases: [{chart: gauth, release: a, namespace: gauth}, {chart: ges, release: b, namespace: ges}]}
---
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: gauth, namespace: gauth}
`}.run(t)
	out, err := newLinter(files).Lint(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	if hit := citing(out.Report.Findings, "SUI-174"); len(hit) != 1 {
		t.Errorf("want one finding\n%s", listing(hit))
	}
}

// Whatever stands at the paths that rules look at, they judge it or leave it
// alone; none of them fails.
func TestSuiteTakesAnything(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("../../policies", suitePack, "data", "value_paths.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var charts map[string]map[string]any
	if err := yaml.Unmarshal(data, &charts); err != nil {
		t.Fatal(err)
	}
	odd := []string{"null", "true", "0", "-1.5", `""`, "latest", "$X", "[]", "[1, null, {}]", "{}", "{a: 1, enabled: yes, name: [x]}", "{enabled: true, minReplicas: 9, maxReplicas: x, runAsUser: \"0\"}"}
	objects := ""
	for _, kind := range []string{"Deployment", "Secret", "Ingress", "PriorityClass", "PersistentVolumeClaim", "HorizontalPodAutoscaler", "Role", "Service", "Namespace", "NetworkPolicy"} {
		objects += "\n---\nkind: " + kind + "\nmetadata: ODD\nspec: ODD\ndata: ODD\nrules: ODD\nvalue: ODD\n---\nkind: " + kind +
			"\nmetadata: {name: ODD, namespace: gws, annotations: ODD}\nspec: {replicas: ODD, rules: [ODD], tls: [ODD], accessModes: ODD, template: {spec: {volumes: [ODD], containers: [ODD], nodeSelector: ODD}}}\n"
	}
	context := "# context {platform: gke, environment: production, unit: secondary, dr: odd, strategy: canary, arbitraryUIDs: true, color: blue}\n"
	for name, row := range charts {
		for _, value := range odd {
			tree := map[string]any{}
			for _, paths := range row {
				for _, path := range list(paths) {
					set(tree, strings.Split(path.(string), "."), "ODD")
				}
			}
			raw, err := yaml.Marshal(tree)
			if err != nil {
				t.Fatal(err)
			}
			text := context + "# chart " + name + "\n" + string(raw)
			if name == "gauth" || name == "postgresql" {
				text += strings.TrimPrefix(objects, "\n")
			}
			files, run := fragment{scope: "suite", text: strings.ReplaceAll(text, "ODD", value)}.run(t)
			if _, err := newLinter(files).Lint(t.Context(), run); err != nil {
				t.Errorf("%s with %s: %v", name, value, err)
			}
		}
	}
}

// set puts a value into a tree, unless something stands in the way.
func set(tree map[string]any, path []string, value any) {
	for _, key := range path[:len(path)-1] {
		next, ok := tree[key].(map[string]any)
		if !ok {
			if tree[key] != nil {
				return
			}
			next = map[string]any{}
			tree[key] = next
		}
		tree = next
	}
	if _, ok := tree[path[len(path)-1]].(map[string]any); !ok {
		tree[path[len(path)-1]] = value
	}
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}
