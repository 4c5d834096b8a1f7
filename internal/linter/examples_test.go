package linter_test

import (
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/pack"
)

// TestExamples runs the good and bad examples of every rule of the built-in
// packs, as `helmvet pack test` does for packs of users.
func TestExamples(t *testing.T) {
	t.Parallel()
	catalog, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pack.Builtins() {
		for _, r := range catalog.Rules {
			if !strings.HasPrefix(r.ID, p.Name+"/") {
				continue
			}
			t.Run(r.ID, func(t *testing.T) {
				t.Parallel()
				kinds := map[string]int{}
				for _, e := range r.Examples {
					kinds[e.Kind]++
					t.Run(e.Kind+"/"+e.Name, func(t *testing.T) {
						for _, msg := range shared.Example(t.Context(), p, r.ID, e) {
							t.Error(msg)
						}
					})
				}
				if kinds["good"] == 0 || kinds["bad"] == 0 {
					t.Errorf("rule %s needs a good and a bad example", r.ID)
				}
			})
		}
	}
}
