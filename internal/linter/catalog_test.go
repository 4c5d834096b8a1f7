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

type catalogFile struct {
	Facts []struct {
		ID    string
		Chart string
		Check struct{ Scope, Severity string }
		Good  any
		Bad   []struct{ Fragment, Why string }
	}
	Defects []struct {
		ID        string
		Printed   string   `json:"as_printed"`
		Corrected string   `json:"corrected"`
		CaughtBy  []string `json:"caught_by"`
	}
}

// scopesChecked are the scopes whose facts this version judges.
var scopesChecked = []string{"file", "merged-values", "release-context", "cluster-objects", "multi-release", "multi-location", "upgrade"}

func packsOf(chart string) []string {
	switch chart {
	case "tenant":
		return []string{"genesys-tenant"}
	case "tenant-monitor":
		return []string{"genesys-tenant-monitor"}
	}
	return nil
}

// TestCatalog runs the fragments of the fact catalog, which lies beside the
// repository: each bad one must give a finding that cites its fact, no good
// one may.
func TestCatalog(t *testing.T) {
	dir := os.Getenv("HELMVET_CATALOG")
	if dir == "" {
		t.Skip("HELMVET_CATALOG names no catalog")
	}
	data, err := os.ReadFile(filepath.Join(dir, "genesys-tenant.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var cat catalogFile
	if err := yaml.Unmarshal(data, &cat); err != nil {
		t.Fatal(err)
	}
	bad, missed, good, noisy, sev := 0, 0, 0, 0, 0
	for _, f := range cat.Facts {
		if !slices.Contains(scopesChecked, f.Check.Scope) {
			continue
		}
		for i, b := range f.Bad {
			bad++
			fs := lintFragment(t, fragment{scope: f.Check.Scope, text: b.Fragment, packs: packsOf(f.Chart)}, f.Chart)
			hit := citing(fs, f.ID)
			if len(hit) == 0 {
				missed++
				t.Logf("MISS %s bad %d (%s): %s\n%s%s", f.ID, i+1, f.Check.Scope, b.Why, indent(b.Fragment), listing(fs))
				continue
			}
			want := f.Check.Severity
			for _, s := range []string{"warning", "info", "error"} {
				if strings.HasSuffix(strings.TrimSpace(b.Why), "("+s+")") {
					want = s
				}
			}
			if !slices.ContainsFunc(hit, func(x lint.Finding) bool { return x.Severity.String() == want }) {
				sev++
				t.Logf("SEVERITY %s bad %d: want %s: %s\n%s", f.ID, i+1, want, b.Why, listing(hit))
			}
		}
		for _, g := range fragmentsOf(f.Good) {
			good++
			fs := citing(lintFragment(t, fragment{scope: f.Check.Scope, text: g, packs: packsOf(f.Chart)}, f.Chart), f.ID)
			if len(fs) > 0 {
				noisy++
				t.Logf("NOISE %s good:\n%s%s", f.ID, indent(g), listing(fs))
			}
		}
	}
	for _, d := range cat.Defects {
		fs := lintFragment(t, fragment{scope: "file", text: d.Printed}, "both")
		caught := slices.ContainsFunc(d.CaughtBy, func(id string) bool { return len(citing(fs, id)) > 0 })
		if !caught {
			t.Logf("DEFECT %s as printed is not caught by %v\n%s%s", d.ID, d.CaughtBy, indent(d.Printed), listing(fs))
		}
		fs = lintFragment(t, fragment{scope: "file", text: d.Corrected}, "both")
		if i := slices.IndexFunc(fs, func(f lint.Finding) bool { return f.Severity == lint.Error }); i >= 0 {
			t.Logf("DEFECT %s corrected has errors\n%s%s", d.ID, indent(d.Corrected), listing(fs))
		}
	}
	t.Logf("bad fragments: %d, missed %d, other severity %d; good fragments: %d, noisy %d", bad, missed, sev, good, noisy)
	if missed*20 > bad || noisy > 0 {
		t.Errorf("more than 5%% of the bad fragments are missed, or a good one is not silent")
	}
}

func fragmentsOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			switch x := x.(type) {
			case string:
				out = append(out, x)
			case map[string]any:
				out = append(out, fmt.Sprint(x["fragment"]))
			}
		}
		return out
	}
	return nil
}

func lintFragment(t *testing.T, f fragment, chart string) []lint.Finding {
	t.Helper()
	if chart != "" {
		f.told = []string{"genesys-tenant", "genesys-tenant-monitor"}
	}
	if chart == "both" && f.scope == "cluster-objects" && strings.Contains(f.text, "values: {}") {
		f.packs = []string{"genesys-tenant", "genesys-tenant-monitor"} // nothing tells whose the objects are
	}
	files, run := f.run(t)
	out, err := newLinter(files).Lint(t.Context(), run)
	if err != nil {
		t.Fatalf("%v\n%s", err, f.text)
	}
	if chart == "both" && f.packs == nil && !slices.ContainsFunc(out.Report.Packs, func(p string) bool { return strings.HasPrefix(p, "genesys-") }) {
		f.packs = []string{"genesys-tenant", "genesys-tenant-monitor"}
		return lintFragment(t, f, chart)
	}
	return out.Report.Findings
}

func citing(fs []lint.Finding, fact string) []lint.Finding {
	var out []lint.Finding
	for _, f := range fs {
		if slices.Contains(f.Facts, fact) {
			out = append(out, f)
		}
	}
	return out
}

func listing(fs []lint.Finding) string {
	var b strings.Builder
	for _, f := range fs {
		fmt.Fprintf(&b, "    -> %s:%d:%d: %s: %s [%s] %v\n", f.Span.File, f.Span.Line, f.Span.Column, f.Severity, f.Message, f.Rule, f.Facts)
	}
	return b.String()
}

func indent(s string) string {
	return "    | " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n    | ") + "\n"
}
