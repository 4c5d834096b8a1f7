package linter_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/pack"
	"sigs.k8s.io/yaml"
)

// TestHostileObjects puts values of every type everywhere in the examples of
// the pack: whatever an object looks like, rules may stay silent, but not fail.
func TestHostileObjects(t *testing.T) {
	t.Parallel()
	catalog, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	wrong := []any{nil, true, 7, 1.5, "", "x", "${X}", []any{}, []any{"a"}, []any{nil}, map[string]any{}, map[string]any{"name": "a"}, []any{map[string]any{"name": 1}}}
	runs := 0
	for _, rule := range catalog.Rules {
		if !strings.HasPrefix(rule.ID, "k0rdent/") {
			continue
		}
		for _, e := range rule.Examples {
			f := fragment{text: e.Text, packs: []string{"k0rdent"}, scope: "manifests"}
			for range 4 {
				files, run := f.run(t)
				for _, name := range slices.Sorted(maps.Keys(files)) {
					var docs []string
					for part := range strings.SplitSeq(files[name], "\n---\n") {
						var m map[string]any
						if err := yaml.Unmarshal([]byte(part), &m); err != nil {
							t.Fatal(err)
						}
						disturb(r, m, wrong)
						raw, err := yaml.Marshal(m)
						if err != nil {
							t.Fatal(err)
						}
						docs = append(docs, string(raw))
					}
					files[name] = strings.Join(docs, "---\n")
				}
				runs++
				if _, err := newLinter(files).Lint(t.Context(), run); err != nil {
					t.Errorf("%s %s: %v\n%s", rule.ID, e.Name, err, indent(strings.Join(slices.Collect(maps.Values(files)), "# next\n")))
				}
			}
		}
	}
	t.Logf("%d runs", runs)
}

// disturb replaces one value below m, mostly deep inside.
func disturb(r *rand.Rand, m map[string]any, wrong []any) {
	keys := slices.Sorted(maps.Keys(m))
	if len(keys) == 0 {
		return
	}
	k := keys[r.IntN(len(keys))]
	if in, ok := m[k].([]any); ok && len(in) > 0 && r.IntN(4) > 0 {
		i := r.IntN(len(in))
		if inner, ok := in[i].(map[string]any); ok && r.IntN(5) > 0 {
			disturb(r, inner, wrong)
			return
		}
		in[i] = wrong[r.IntN(len(wrong))]
		return
	}
	if in, ok := m[k].(map[string]any); ok && r.IntN(6) > 0 {
		disturb(r, in, wrong)
		return
	}
	if k != "kind" && k != "apiVersion" || r.IntN(3) == 0 {
		m[k] = wrong[r.IntN(len(wrong))]
	}
}
