package linter_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"sigs.k8s.io/yaml"
)

const (
	usageEngine   = "usage-engine"
	chartDefaults = "chart/values.yaml" // the file of a fragment that holds the values of the chart
)

// usageRun turns a fragment of the catalog of usage-engine into files and what
// to lint. It may tell release, target, plan, the commands of the plan, the
// variables of a script and the values of both sides of an upgrade; otherwise
// it is an object, or values.
func (f fragment) usageRun(t testing.TB) (map[string]string, linter.Run) {
	t.Helper()
	if strings.Contains(f.text, "# file "+chartDefaults) {
		files, rel := map[string]string{}, linter.Release{Packs: f.packs}
		of := []chart.File{{Path: "Chart.yaml", Name: "chart/Chart.yaml", Data: []byte("name: chart\nversion: 1.0.0\n")}}
		for _, part := range splitFiles(f.text) {
			files[part.name] = part.text
			if part.name == chartDefaults {
				of = append(of, chart.File{Path: "values.yaml", Name: part.name, Data: []byte(part.text)})
				continue
			}
			rel.Values.ValueFiles = append(rel.Values.ValueFiles, part.name)
		}
		c, err := chart.FromFiles("chart", of)
		if err != nil {
			t.Fatal(err)
		}
		rel.Chart = c
		return files, linter.Run{Releases: []linter.Release{rel}}
	}
	var m map[string]any
	if err := yaml.Unmarshal([]byte(f.text), &m); err != nil {
		t.Fatalf("fragment is not a mapping: %v\n%s", err, f.text)
	}
	files := map[string]string{}
	rel := linter.Release{Packs: f.packs, Single: true}
	run := linter.Run{}
	context := map[string]any{}
	told := false
	for key, v := range m {
		switch key {
		case "release":
			r, _ := v.(map[string]any)
			rel.Name, rel.Namespace = text(r["name"]), text(r["namespace"])
			delete(r, "name")
			delete(r, "namespace")
			context["release"] = r
		case "target":
			target, _ := v.(map[string]any)
			rel.ChartName, rel.ChartVersion = "usage-engine-private-edition", text(target["chartVersion"])
		case "plan", "helmVersion", "today":
			context[key] = v
		case "commands":
			var b strings.Builder
			for _, c := range v.([]any) {
				fmt.Fprintln(&b, c)
			}
			files["plan.sh"] += b.String()
			rel.Commands = []string{"plan.sh"}
		case "env":
			for name, value := range v.(map[string]any) {
				files["plan.sh"] += fmt.Sprintf("export %s=%q\n", name, text(value))
			}
			rel.Commands = []string{"plan.sh"}
		case "old":
			rel.Previous = usageSide(t, files, "old", v)
		case "new":
			side := usageSide(t, files, "new", v)
			rel.Values, rel.ChartName, rel.ChartVersion = side.Values, side.ChartName, side.ChartVersion
		case "change":
			rel.Change, _ = v.(map[string]any)
			rel.Previous = cmp.Or(rel.Previous, &linter.Release{})
		default:
			continue
		}
		told = true
	}
	rel.Context = map[string]any{usageEngine: context}
	switch {
	case told:
	case m["kind"] != nil:
		files["object.yaml"] = f.text
		run.Manifests = []string{"object.yaml"}
	default:
		files["values.yaml"] = f.text
		rel.Values.ValueFiles = []string{"values.yaml"}
	}
	run.Releases = []linter.Release{rel}
	return files, run
}

// usageSide reads one side of an upgrade: its values and chart version.
func usageSide(t testing.TB, files map[string]string, name string, v any) *linter.Release {
	t.Helper()
	side, _ := v.(map[string]any)
	raw, err := yaml.Marshal(side["values"])
	if err != nil {
		t.Fatal(err)
	}
	files[name+".yaml"] = string(raw)
	rel := &linter.Release{ChartName: "usage-engine-private-edition", ChartVersion: text(side["chartVersion"])}
	rel.Values.ValueFiles = []string{name + ".yaml"}
	return rel
}

// isUsage tells fragments of usage-engine that need usageRun.
func (f fragment) isUsage() bool {
	return len(f.packs) == 1 && f.packs[0] == usageEngine &&
		(regexp.MustCompile(`^(release-context|upgrade|manifests|file)$`).MatchString(f.scope) || strings.Contains(f.text, "# file "+chartDefaults))
}

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
