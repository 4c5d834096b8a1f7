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

	"github.com/google/go-cmp/cmp"
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

// subcharts are an old and a new chart with the same two subcharts, of which one
// has an alias and the other is switched off.
var subcharts = map[string]string{
	"old/Chart.yaml":                      "name: demo\nversion: 1.0.0\ndependencies:\n- {name: redis, version: 1.0.0, alias: cache}\n- {name: db, version: 1.0.0, condition: db.enabled}\n",
	"old/values.yaml":                     "db: {enabled: false}\ncache: {mode: single}\n",
	"old/charts/redis/Chart.yaml":         "name: redis\nversion: 1.0.0\n",
	"old/charts/redis/values.yaml":        "port: 6379\nmode: none\npersistence: {old: 1, size: 1Gi}\n",
	"old/charts/db/Chart.yaml":            "name: db\nversion: 1.0.0\n",
	"old/charts/db/values.yaml":           "port: 5432\n",
	"new/Chart.yaml":                      "name: demo\nversion: 2.0.0\ndependencies:\n- {name: redis, version: 2.0.0, alias: cache}\n- {name: db, version: 2.0.0, condition: db.enabled}\n",
	"new/values.yaml":                     "db: {enabled: false}\ncache: {mode: single}\n",
	"new/charts/redis/Chart.yaml":         "name: redis\nversion: 2.0.0\n",
	"new/charts/redis/values.yaml":        "port: 6380\nmode: other\npersistence: {size: 1Gi}\n",
	"new/charts/redis/values.schema.json": `{"properties": {"persistence": {"properties": {"size": {"pattern": "Gi$"}}}}}`,
	"new/charts/db/Chart.yaml":            "name: db\nversion: 2.0.0\n",
	"new/charts/db/values.yaml":           "port: 5433\n",
	"values.yaml":                         "cache:\n  persistence:\n    old: 2\n    size: 5Mi\ndb:\n  host: x\nglobal: {a: 1}\n",
}

func TestSubcharts(t *testing.T) {
	t.Parallel()
	got := listing(check(t, subcharts))
	want := `new/charts/redis/values.yaml:1:7: info: default of "cache.port" changes from 6379 to 6380, and the values do not set it [chart/changed-default]
values.yaml:3:5: error: demo 2.0.0 no longer has "cache.persistence.old"; delete it, for it has no effect any more [chart/removed-key] (fix: remove cache.persistence.old)
values.yaml:4:11: error: "cache.persistence.size" is "5Mi", but the schema of demo 2.0.0 wants text that matches Gi$; Helm refuses the upgrade [chart/tightened-schema]
`
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
}

// TestLayers points at each layer that sets a key, and reports an override that
// equals the default only where nothing lies below it.
func TestLayers(t *testing.T) {
	t.Parallel()
	got := listing(check(t, map[string]string{
		"values-1.yaml": "a: {b: 1}\nc: 5\nd: 7\n", "values-2.yaml": "a:\n  b: ~\nc: 3\n",
		"old/values.yaml": "a: {b: 0}\nc: 1\nd: 1\n", "new/values.yaml": "a: {x: 0}\nc: 3\nd: 7\n",
	}))
	want := `values-1.yaml:1:5: error: demo 2.0.0 no longer has "a.b"; delete it, for it has no effect any more [chart/removed-key]
values-1.yaml:3:4: info: "d" is the default of demo 2.0.0, too; delete it, unless it should stay when the default changes [chart/repeated-default]
values-2.yaml:2:3: warning: demo 2.0.0 no longer has "a.b"; delete what is left of it [chart/removed-key] (fix: remove a.b)
`
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
}

// TestInside tells the keys of a mapping that is gone one by one, where one of
// them has a new place; the others are still told by what the changelog says.
func TestInside(t *testing.T) {
	t.Parallel()
	got := listing(check(t, map[string]string{
		"values.yaml":     "old:\n  sub:\n    mode: slow\n  other: 1\n",
		"old/values.yaml": "old: {sub: {mode: fast}, other: 2}\n", "new/values.yaml": "modes: {legacy: fast}\n",
		"CHANGELOG.md": "## 2.0.0\n* `old.sub.mode` has been moved to `modes.legacy`\n\nThe following values have been removed:\n* `old`\n",
	}))
	want := `values.yaml:3:5: error: "old.sub.mode" has moved to "modes.legacy" in demo 2.0.0 (CHANGELOG.md, version 2.0.0); move the value there [chart/moved-key] (fix: move old.sub.mode to modes.legacy)
values.yaml:4:3: error: demo 2.0.0 no longer has "old.other" (CHANGELOG.md, version 2.0.0); delete it, for it has no effect any more [chart/removed-key] (fix: remove old.other)
`
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
}

// TestSilent compares charts of every example with themselves.
func TestSilent(t *testing.T) {
	t.Parallel()
	same := map[string]string{}
	for name, text := range subcharts {
		if rest, ok := strings.CutPrefix(name, "old/"); ok {
			same["new/"+rest] = text
		}
		if !strings.HasPrefix(name, "new/") {
			same[name] = text
		}
	}
	if found := check(t, same); len(found) > 0 {
		t.Errorf("a chart against itself:\n%s", listing(found))
	}
}

// TestNoGuess says that a key is gone rather than where it went, when its values
// do not tell it from others.
func TestNoGuess(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]map[string]string{
		"the same image in several places": {
			"values.yaml":     "init:\n  image: {tag: x}\n",
			"old/values.yaml": "image: {repository: voice/tenant, tag: 1.0.0}\ninit:\n  image: {repository: voice/tenant, tag: 1.0.0}\n  on: 1\n",
			"new/values.yaml": "image: {repository: voice/tenant, tag: 1.0.0}\ninit:\n  on: 1\nsidecar:\n  image: {repository: voice/tenant, tag: 1.0.0}\n",
		},
		"two candidates": {
			"values.yaml":     "host: x\n",
			"old/values.yaml": "host: db.example.com\n",
			"new/values.yaml": "a: {host: db.example.com}\nb: {host: db.example.com}\n",
		},
		"two that are gone": {
			"values.yaml":     "a: {host: x}\n",
			"old/values.yaml": "a: {host: db.example.com, other: 1}\nb: {host: db.example.com}\n",
			"new/values.yaml": "a: {other: 1}\ndb: {host: db.example.com}\n",
		},
		"an ordinary value": {
			"values.yaml":     "metrics: {enabled: true}\n",
			"old/values.yaml": "metrics: {enabled: false, x: 1}\n",
			"new/values.yaml": "metrics: {x: 1}\nprobe: {enabled: false}\n",
		},
	} {
		found := check(t, files)
		i := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Severity == lint.Error })
		if i < 0 || found[i].Rule != "chart/removed-key" {
			t.Errorf("%s:\n%s", name, listing(found))
		}
	}
}

// FuzzCheck compares any two charts for any values: the same charts say nothing,
// and each fix ends its finding.
func FuzzCheck(f *testing.F) {
	f.Add("a: {b: 1, c: text}\n", "x: {b: 1, c: text}\n", "a:\n  b: 2\n  # c\n  c: 3\n", "## 2.0.0\n- removed `a.b`\n")
	f.Add("p: true\nlist: [1]\n", "p: {q: true}\nlist: {}\n", "p: false\nlist:\n- a: 1\n", "")
	f.Add("a_b: long text\n", "aB: long text\n", "a_b: &x 1\nc: *x\n", "### Moved\n- `a_b` to `c.d`\n")
	f.Fuzz(func(t *testing.T, before, after, user, log string) {
		read := func(version, text string) *chart.Chart {
			c, err := chart.FromFiles(version, []chart.File{
				{Path: "Chart.yaml", Name: version + "/Chart.yaml", Data: []byte("name: demo\nversion: " + version + "\n")},
				{Path: "values.yaml", Name: version + "/values.yaml", Data: []byte(text)},
			})
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		judge := func(from, to *chart.Chart, text string) []lint.Finding {
			c, err := upgrade.New(upgrade.Options{From: from, To: to, Log: changelog.Parse("CHANGELOG.md", []byte(log))})
			if err != nil {
				t.Skip() // values.yaml is none
			}
			l := values.Loader{Read: func(string) ([]byte, error) { return []byte(text), nil }}
			v, problems, err := l.Release(values.Options{ValueFiles: []string{"values.yaml"}})
			if err != nil || len(problems) > 0 {
				t.Skip()
			}
			return c.Check(v, nil)
		}
		found := judge(read("1.0.0", before), read("2.0.0", after), user)
		for _, x := range found {
			if x.Fix == nil {
				continue
			}
			fixed, err := fix.Apply([]byte(user), x.Fix.Edits)
			if err != nil {
				t.Fatalf("%s: %v", x.Fix.Description, err)
			}
			for _, y := range judge(read("1.0.0", before), read("2.0.0", after), string(fixed)) {
				if y.Rule == x.Rule && y.Path.Equal(x.Path) {
					t.Fatalf("%s leaves the finding:\n%s", x.Fix.Description, fixed)
				}
			}
		}
		if log == "" {
			if same := judge(read("1.0.0", before), read("1.0.0", before), user); len(same) > 0 {
				t.Fatalf("a chart against itself:\n%s", listing(same))
			}
		}
	})
}
