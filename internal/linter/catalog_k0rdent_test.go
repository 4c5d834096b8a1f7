package linter_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"sigs.k8s.io/yaml"
)

type k0rdentCatalog struct {
	Facts []struct {
		ID        string
		Check     struct{ Scope, Severity string }
		AppliesTo []string `json:"applies_to"`
		Good      string
		Bad       []struct{ YAML, Why string }
	}
}

// TestCatalogK0rdent runs the fragments of the k0rdent catalog, which lies
// beside the repository. Those of one state are completed to objects here. What
// an upgrade fragment leaves to its comments, the side before, is told by the
// example of the same name; there has to be one for each fragment.
func TestCatalogK0rdent(t *testing.T) {
	dir := os.Getenv("HELMVET_CATALOG")
	if dir == "" {
		t.Skip("HELMVET_CATALOG names no catalog")
	}
	data, err := os.ReadFile(filepath.Join(dir, "k0rdent.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var cat k0rdentCatalog
	if err := yaml.Unmarshal(data, &cat); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	checked := map[string]bool{}
	all, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all.Rules {
		for _, e := range r.Examples {
			names[e.Kind+"/"+e.Name] = true
		}
	}
	for _, f := range all.Facts {
		checked[f.ID] = len(f.Rules) > 0
	}
	run := func(id, text string, kinds []string) []lint.Finding {
		files, run := fragment{scope: "manifests", text: completed(t, text, kinds), packs: []string{"k0rdent"}}.run(t)
		out, err := newLinter(files).Lint(t.Context(), run)
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		return out.Report.Findings
	}
	bad, missed, sev, good, noisy, plain, plainChecked := 0, 0, 0, 0, 0, 0, 0
	for _, f := range cat.Facts {
		upgrade := f.Check.Scope == "upgrade"
		if !upgrade {
			plain++
			if checked[f.ID] {
				plainChecked++
			}
		}
		for i, b := range f.Bad {
			bad++
			if name := fmt.Sprintf("bad/%s-%d.yaml", f.ID, i+1); !names[name] {
				t.Errorf("no example %s", name)
			}
			if upgrade {
				continue
			}
			hit := citing(run(f.ID, b.YAML, f.AppliesTo), f.ID)
			if len(hit) == 0 {
				missed++
				t.Logf("MISS %s bad %d: %s\n%s%s", f.ID, i+1, b.Why, indent(b.YAML), listing(run(f.ID, b.YAML, f.AppliesTo)))
			} else if !slices.ContainsFunc(hit, func(x lint.Finding) bool { return x.Severity.String() == f.Check.Severity }) {
				sev++
				t.Logf("SEVERITY %s bad %d: want %s: %s\n%s", f.ID, i+1, f.Check.Severity, b.Why, listing(hit))
			}
		}
		if f.Good == "" || !checked[f.ID] {
			continue
		}
		good++
		if name := "good/" + f.ID + ".yaml"; !names[name] && len(f.Bad) > 0 {
			t.Errorf("no example %s", name)
		}
		if hit := citing(run(f.ID, f.Good, f.AppliesTo), f.ID); !upgrade && len(hit) > 0 {
			noisy++
			t.Logf("NOISE %s good:\n%s%s", f.ID, indent(f.Good), listing(hit))
		}
	}
	t.Logf("bad fragments: %d, missed %d, other severity %d; good fragments: %d, noisy %d; facts of one state: %d, checked %d",
		bad, missed, sev, good, noisy, plain, plainChecked)
	if missed > 0 || noisy > 0 || plainChecked*100 < plain*95 {
		t.Error("a bad fragment is missed, a good one is not silent, or less than 95% of the facts are checked")
	}
}

// completed makes whole objects of pieces: below which path a key belongs, and
// what every object has.
func completed(t testing.TB, text string, kinds []string) string {
	t.Helper()
	kind := kinds[0]
	out := []string{}
	if strings.Contains(text, "template kcm-system/rules-1 uses ConfigMap rules") {
		out = append(out, distributed) // what the comment of K0R-075 says
	}
	for part := range strings.SplitSeq(text, "\n---\n") {
		var m map[string]any
		if err := yaml.Unmarshal([]byte(part), &m); err != nil {
			t.Fatalf("%v\n%s", err, part)
		}
		if m["context"] != nil || m == nil {
			continue
		}
		for _, at := range []struct{ key, path string }{
			{"availableUpgrades", "spec/supportedTemplates/0"}, {"supportedTemplates", "spec"}, {"accessRules", "spec"},
			{"chartSpec", "spec/helm"}, {"valuesFrom", "spec/serviceSpec/services/0"}, {"helmOptions", "spec/serviceSpec/services/0"},
			{"policyRefs", "spec/serviceSpec"}, {"services", "spec/serviceSpec"},
		} {
			v, ok := m[at.key]
			if !ok || m["kind"] != nil {
				continue
			}
			inner := map[string]any{at.key: v}
			if at.key == "valuesFrom" || at.key == "helmOptions" {
				inner["name"], inner["template"] = "a", "a-1-0-0"
			}
			if at.key == "availableUpgrades" {
				inner["name"] = "x-0-0-1"
			}
			for p := at.path; p != "."; p = path.Dir(p) {
				if path.Base(p) == "0" {
					p = path.Dir(p)
					inner = map[string]any{path.Base(p): []any{inner}}
					continue
				}
				inner = map[string]any{path.Base(p): inner}
			}
			m = inner
		}
		whole := map[string]any{"apiVersion": "k0rdent.mirantis.com/v1beta1", "kind": kind, "metadata": map[string]any{"name": "x", "namespace": "kcm-system"}}
		if k, ok := m["kind"].(string); ok {
			kind = k
		} else if spec, ok := m["spec"].(map[string]any); ok && spec["serviceSpec"] != nil && kind == "ServiceTemplateChain" {
			kind = "ClusterDeployment"
		}
		whole["kind"] = kind
		switch kind {
		case "MultiClusterService", "AccessManagement":
			whole["metadata"] = map[string]any{"name": "x"}
		case "ConfigMap":
			whole["apiVersion"] = "v1"
		}
		for k, v := range m {
			whole[k] = v
		}
		if meta := whole["metadata"].(map[string]any); whole["status"] != nil {
			meta["uid"] = "8d1c3d0c-5d0e-4e0f-9d3e-6d8f7c1f4b1a" // exported
		}
		raw, err := yaml.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(raw))
	}
	return strings.Join(out, "---\n")
}

const distributed = `apiVersion: k0rdent.mirantis.com/v1beta1
kind: ServiceTemplate
metadata: {name: rules-1, namespace: kcm-system}
spec: {resources: {localSourceRef: {kind: ConfigMap, name: rules}}}
---
apiVersion: k0rdent.mirantis.com/v1beta1
kind: ServiceTemplateChain
metadata: {name: rules, namespace: kcm-system}
spec: {supportedTemplates: [{name: rules-1}]}
---
apiVersion: k0rdent.mirantis.com/v1beta1
kind: AccessManagement
metadata: {name: kcm}
spec: {accessRules: [{targetNamespaces: {list: [tenant42]}, serviceTemplateChains: [rules]}]}
`
