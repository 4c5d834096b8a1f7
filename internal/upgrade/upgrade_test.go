package upgrade_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/helmvet/helmvet/internal/changelog"
	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/upgrade"
	"github.com/helmvet/helmvet/internal/values"
)

// side makes a chart of the files below a folder, nil when there are none.
func side(t testing.TB, files map[string]string, dir, version string) *chart.Chart {
	t.Helper()
	var own []chart.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			own = append(own, chart.File{Path: rest, Name: name, Data: []byte(files[name])})
		}
	}
	if !slices.ContainsFunc(own, func(f chart.File) bool { return f.Path == "Chart.yaml" }) {
		own = append(own, chart.File{Path: "Chart.yaml", Name: dir + "/Chart.yaml", Data: []byte("apiVersion: v2\nname: demo\nversion: " + version + "\n")})
	}
	c, err := chart.FromFiles(dir, own)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// check judges the values of one example: values.yaml, or several layers
// values-*.yaml, between the charts in old/ and new/.
func check(t testing.TB, files map[string]string) []lint.Finding {
	t.Helper()
	o := upgrade.Options{FromVersion: "1.0.0", ToVersion: "2.0.0"}
	charts := slices.ContainsFunc(slices.Collect(maps.Keys(files)), func(s string) bool { return path.Dir(s) != "." })
	if charts {
		o.From, o.To = side(t, files, "old", "1.0.0"), side(t, files, "new", "2.0.0")
	}
	if text, ok := files["CHANGELOG.md"]; ok {
		o.Log = changelog.Parse("CHANGELOG.md", []byte(text))
	}
	c, err := upgrade.New(o)
	if err != nil {
		t.Fatal(err)
	}
	var layers []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, "values") {
			layers = append(layers, name)
		}
	}
	l := values.Loader{Read: func(name string) ([]byte, error) { return []byte(files[name]), nil }}
	v, problems, err := l.Release(values.Options{ValueFiles: layers})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return lint.Sort(c.Check(v, nil))
}

func TestExamples(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(upgrade.Examples(), "*.txtar")
	if err != nil || len(names) != len(upgrade.Rules()) {
		t.Fatal(err, len(names), len(upgrade.Rules()))
	}
	for _, name := range names {
		data, err := fs.ReadFile(upgrade.Examples(), name)
		if err != nil {
			t.Fatal(err)
		}
		rule := "chart/" + strings.TrimSuffix(name, ".txtar")
		cases := map[string]map[string]string{}
		for _, f := range txtar.Parse(data).Files {
			kind, rest, _ := strings.Cut(f.Name, "/")
			one, file, _ := strings.Cut(rest, "/")
			if cases[kind+"/"+one] == nil {
				cases[kind+"/"+one] = map[string]string{}
			}
			cases[kind+"/"+one][file] = string(f.Data)
		}
		for one, files := range cases {
			t.Run(rule+"/"+one, func(t *testing.T) {
				t.Parallel()
				found := check(t, files)
				got := map[string]bool{}
				for _, f := range found {
					if f.Rule == rule {
						got[fmt.Sprintf("%s:%d", f.Span.File, f.Span.Line)] = true
					}
				}
				if strings.HasPrefix(one, "good/") {
					for _, f := range found {
						if f.Rule == rule || f.Severity > lint.Info {
							t.Errorf("a good example is not silent:\n%s", listing(found))
						}
					}
					return
				}
				want := wants(files, rule)
				t.Log("\n" + listing(found))
				if len(want) == 0 || !maps.Equal(got, want) {
					t.Errorf("want %v, got\n%s", want, listing(found))
				}
				for _, f := range found {
					if f.Rule != rule && f.Severity > lint.Info {
						t.Errorf("more than the rule speaks: %s", listing([]lint.Finding{f}))
					}
				}
			})
		}
	}
}

var (
	tail = regexp.MustCompile(`# want (\S+)$`)
	at   = regexp.MustCompile(`^# want-at (\S+) (\S+)$`)
)

func wants(files map[string]string, rule string) map[string]bool {
	out := map[string]bool{}
	for name, text := range files {
		for i, line := range strings.Split(text, "\n") {
			if m := tail.FindStringSubmatch(line); m != nil && m[1] == rule {
				out[fmt.Sprintf("%s:%d", name, i+1)] = true
			}
			if m := at.FindStringSubmatch(line); m != nil && m[2] == rule {
				out[m[1]] = true
			}
		}
	}
	return out
}

func listing(fs []lint.Finding) string {
	var b strings.Builder
	for _, f := range fs {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]", f.Span.File, f.Span.Line, f.Span.Column, f.Severity, f.Message, f.Rule)
		if f.Fix != nil {
			fmt.Fprintf(&b, " (fix: %s)", f.Fix.Description)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestFixes applies the fixes of all examples one by one: the finding is gone,
// the lines outside the edit are the same, and nothing is left to fix.
func TestFixes(t *testing.T) {
	t.Parallel()
	fixed := 0
	for _, r := range upgrade.Rules() {
		data, err := fs.ReadFile(upgrade.Examples(), path.Base(r.ID)+".txtar")
		if err != nil {
			t.Fatal(err)
		}
		cases := map[string]map[string]string{}
		for _, f := range txtar.Parse(data).Files {
			parts := strings.SplitN(f.Name, "/", 3)
			one := parts[0] + "/" + parts[1]
			if cases[one] == nil {
				cases[one] = map[string]string{}
			}
			cases[one][parts[2]] = string(f.Data)
		}
		for one, files := range cases {
			for range 10 {
				found := check(t, files)
				i := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Fix != nil })
				if i < 0 {
					break
				}
				fixed++
				f := found[i]
				before := files["values.yaml"]
				after, err := fix.Apply([]byte(before), f.Fix.Edits)
				if err != nil {
					t.Fatal(err)
				}
				files["values.yaml"] = string(after)
				for _, g := range check(t, files) {
					if g.Rule == f.Rule && g.Path.Equal(f.Path) {
						t.Errorf("%s: the finding is still there after its fix:\n%s", one, listing([]lint.Finding{g}))
					}
				}
				e := f.Fix.Edits[0].Span
				for j, line := range strings.Split(before, "\n") {
					if (j+1 < e.Line || j+1 > e.EndLine) && !strings.Contains(string(after), line) {
						t.Errorf("%s: line %q is lost", one, line)
					}
				}
			}
			if found := check(t, files); slices.ContainsFunc(found, func(f lint.Finding) bool { return f.Fix != nil }) {
				t.Errorf("%s: fixing does not end", one)
			}
		}
	}
	if fixed < 8 {
		t.Errorf("only %d fixes were tried", fixed)
	}
}
