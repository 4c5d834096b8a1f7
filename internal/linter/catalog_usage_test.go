package linter_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"sigs.k8s.io/yaml"
)

const usageEngine = "usage-engine"

// usageElsewhere are the bad fragments that need what a fragment does not tell:
// the changelog, or the values of the release that runs. The tests of `helmvet
// upgrade` have them.
var usageElsewhere = map[string]string{
	"UEP-014 1": "the changelog of the chart",
	"UEP-028 1": "the values of the release that runs",
}

// TestCatalogUsage runs the fragments of the catalog of usage-engine.
func TestCatalogUsage(t *testing.T) {
	dir := os.Getenv("HELMVET_CATALOG")
	if dir == "" {
		t.Skip("HELMVET_CATALOG names no catalog")
	}
	data, err := os.ReadFile(filepath.Join(dir, usageEngine+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var cat struct {
		Facts []struct {
			ID    string
			Check struct{ Scope, Severity string }
			Good  string
			Bad   []struct{ YAML, Why string }
		}
	}
	if err := yaml.Unmarshal(data, &cat); err != nil {
		t.Fatal(err)
	}
	bad, good := 0, 0
	for _, f := range cat.Facts {
		for i, b := range f.Bad {
			if _, ok := usageElsewhere[fmt.Sprintf("%s %d", f.ID, i+1)]; ok {
				continue
			}
			bad++
			fs := lintFragment(t, fragment{scope: f.Check.Scope, text: b.YAML, packs: []string{usageEngine}}, "")
			hit := citing(fs, f.ID)
			if len(hit) == 0 {
				t.Errorf("MISS %s bad %d (%s): %s\n%s%s", f.ID, i+1, f.Check.Scope, b.Why, indent(b.YAML), listing(fs))
				continue
			}
			want := f.Check.Severity
			for _, s := range []string{"warning", "info", "error"} {
				if strings.HasSuffix(b.Why, "("+s+")") {
					want = s
				}
			}
			if !slices.ContainsFunc(hit, func(x lint.Finding) bool { return x.Severity.String() == want }) {
				t.Logf("SEVERITY %s bad %d: want %s: %s\n%s", f.ID, i+1, want, b.Why, listing(hit))
			}
		}
		good++
		if fs := citing(lintFragment(t, fragment{scope: f.Check.Scope, text: f.Good, packs: []string{usageEngine}}, ""), f.ID); len(fs) > 0 {
			t.Errorf("NOISE %s good:\n%s%s", f.ID, indent(f.Good), listing(fs))
		}
	}
	t.Logf("bad fragments: %d, good fragments: %d; elsewhere: %d", bad, good, len(usageElsewhere))
}
