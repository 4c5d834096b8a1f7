package packtest_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/packtest"
)

// What a pack's policies ask the values for, its schema has; packs of users are
// held to it when they are loaded.
func TestBuiltinPaths(t *testing.T) {
	t.Parallel()
	for _, p := range pack.Builtins() {
		if err := p.CheckPaths(); err != nil {
			t.Error(err)
		}
	}
}

// TestBuiltinReport says how well the built-in packs are tested, as `helmvet
// pack test --cover --mutate` does of packs of users. HELMVET_MUTANTS is how many
// mistakes are made in each; without it the test takes too long to run always.
func TestBuiltinReport(t *testing.T) {
	mutants, err := strconv.Atoi(os.Getenv("HELMVET_MUTANTS"))
	if err != nil {
		t.Skip("HELMVET_MUTANTS is no number")
	}
	runner := packtest.New(nil)
	for _, p := range pack.Builtins() {
		t.Run(p.Name, func(t *testing.T) {
			tested := *p
			tested.PolicyFS = os.DirFS(filepath.Join("../../policies", p.Name)) // with its tests, which are not embedded
			rep, err := runner.Test(t.Context(), &tested, packtest.Options{Coverage: true, Mutate: mutants > 0, Mutants: mutants})
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range rep.Problems {
				t.Error(x)
			}
			c := rep.Coverage
			t.Logf("%d examples, %d Rego tests; %d of %d rules speak; %.1f%% of the Rego is evaluated, %d gaps", rep.Examples, rep.Tests, c.Rules-len(c.Silent), c.Rules, c.Rego, len(c.Gaps))
			for _, id := range c.Silent {
				t.Logf("silent: %s", id)
			}
			for _, g := range c.Gaps {
				t.Logf("gap: %s", g)
			}
			if m := rep.Mutants; m != nil {
				t.Logf("%d of %d mistakes tried, %d caught (%.1f%%)", m.Tried, m.Made, m.Killed, m.Percent())
				for _, x := range m.Survivors {
					t.Logf("survivor: %s", x)
				}
			}
		})
	}
}
