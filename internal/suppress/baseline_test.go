package suppress_test

import (
	"slices"
	"testing"

	"github.com/helmvet/helmvet/internal/baseline"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/suppress"
)

// inRelease is a finding about a value of a file that releases share.
func inRelease(release string, line int) lint.Finding {
	f := at(line, "pack/uuid-v4")
	f.Release, f.Path = release, lint.Keys("a")
	return f
}

func TestBaseline(t *testing.T) {
	t.Parallel()
	one, two := []lint.Finding{inRelease("r1", 3)}, []lint.Finding{inRelease("r1", 3), inRelease("r2", 3)}
	twice := []lint.Finding{inRelease("r1", 3), inRelease("r1", 5)}
	for _, tc := range []struct {
		name        string
		before, now []lint.Finding
		kept        []string // releases
	}{
		{"the same", one, one, nil},
		{"moved", one, []lint.Finding{inRelease("r1", 30)}, nil},
		{"shared by two", two, two, nil},
		{"shared by one more", two, append(slices.Clone(two), inRelease("r3", 3)), nil},
		{"shared no more", two, []lint.Finding{inRelease("r2", 3)}, nil},
		{"another release", one, two, []string{"r2"}},
		{"twice", twice, twice, nil},
		{"twice where it was once", one, twice, []string{"r1"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var p suppress.Policy
			for _, e := range baseline.New(lint.Collapse(slices.Clone(tc.before)), nil) {
				p.Baseline = append(p.Baseline, suppress.Accepted{Fingerprint: e.Fingerprint, Rule: e.Rule, About: e.About()})
			}
			p.Whole = true
			kept, gone := p.Apply(tc.now)
			var names []string
			for _, f := range kept {
				if f.Rule == "core/suppress-unused" {
					t.Errorf("stale: %s", f.Message)
				}
				names = append(names, f.Release)
			}
			if !slices.Equal(names, tc.kept) || len(kept)+len(gone) != len(tc.now) {
				t.Errorf("kept %q, want %q; %d are gone", names, tc.kept, len(gone))
			}
			p.Locked = func(string) bool { return true }
			if kept, _ := p.Apply(tc.now); len(kept) != len(tc.now)+len(p.Baseline) {
				t.Errorf("of a locked rule %d are kept", len(kept))
			}
		})
	}
}
