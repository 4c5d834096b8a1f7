package chartcheck_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// load makes a release of the files of an example.
func load(t *testing.T, files []txtar.File) chartcheck.Release {
	t.Helper()
	var of []chart.File
	text := map[string]string{}
	o := values.Options{}
	for _, f := range files {
		if inside, ok := strings.CutPrefix(f.Name, "chart/"); ok {
			of = append(of, chart.File{Path: inside, Name: f.Name, Data: f.Data})
			continue
		}
		text[f.Name] = string(f.Data)
	}
	c, err := chart.FromFiles("chart", of)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := text["values.yaml"]; ok {
		o.ValueFiles = []string{"values.yaml"}
	}
	o.Values = strings.Fields(text["set"])
	user, problems, err := values.Loader{Read: func(name string) ([]byte, error) {
		if s, ok := text[name]; ok {
			return []byte(s), nil
		}
		return nil, errors.New("no such file")
	}}.Release(o)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return chartcheck.Release{Chart: c, User: user, Author: len(o.ValueFiles)+len(o.Values) == 0}
}

var want = regexp.MustCompile(`# want (\S+)`)

func wants(files []txtar.File) map[string]bool {
	out := map[string]bool{}
	for _, f := range files {
		if f.Name == "want" {
			for _, l := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
				out[l] = true
			}
			continue
		}
		for i, l := range strings.Split(string(f.Data), "\n") {
			if m := want.FindStringSubmatch(l); m != nil {
				out[fmt.Sprintf("%s:%d %s", f.Name, i+1, m[1])] = true
			}
		}
	}
	return out
}

func TestExamples(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(chartcheck.Examples(), "*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, name := range names {
		rule := chartcheck.Pack + "/" + strings.TrimSuffix(name, ".txtar")
		seen[rule] = true
		data, err := fs.ReadFile(chartcheck.Examples(), name)
		if err != nil {
			t.Fatal(err)
		}
		groups := map[string][]txtar.File{}
		for _, f := range txtar.Parse(data).Files {
			parts := strings.SplitN(f.Name, "/", 3)
			f.Name = parts[2]
			groups[parts[0]+"/"+parts[1]] = append(groups[parts[0]+"/"+parts[1]], f)
		}
		kinds := map[string]bool{}
		for _, g := range slices.Sorted(maps.Keys(groups)) {
			kind, _, _ := strings.Cut(g, "/")
			kinds[kind] = true
			t.Run(rule+"/"+g, func(t *testing.T) {
				t.Parallel()
				example(t, rule, kind, groups[g])
			})
		}
		if !kinds["good"] || !kinds["bad"] {
			t.Errorf("%s: want good and bad examples", name)
		}
	}
	for _, r := range chartcheck.Rules() {
		if !seen[r.ID] {
			t.Errorf("%s has no examples", r.ID)
		}
		if r.Title == "" || r.Description == "" || r.Remediation == "" || r.Source == nil || len(r.Examples) < 2 {
			t.Errorf("%s: incomplete: %+v", r.ID, r)
		}
	}
}

func example(t *testing.T, rule, kind string, files []txtar.File) {
	expected := wants(files)
	got := map[string]bool{}
	fired := false
	for _, f := range chartcheck.Check(load(t, files)).Findings {
		at := fmt.Sprintf("%s:%d %s", f.Span.File, f.Span.Line, f.Rule)
		t.Logf("%s: %s: %s", at, f.Severity, f.Message)
		got[at] = true
		fired = fired || f.Rule == rule
		if !expected[at] && (f.Rule == rule || f.Severity > lint.Info && kind == "good") {
			t.Errorf("unexpected %s: %s", at, f.Message)
		}
		if f.Span.File == "" || f.Span.Line < 1 || f.Span.Column < 1 || strings.HasSuffix(f.Message, ".") || strings.Contains(f.Message, "%!") || strings.Contains(f.Message, "  ") {
			t.Errorf("%s: bad finding %+v", at, f)
		}
	}
	for at := range expected {
		if !got[at] {
			t.Errorf("missing %s", at)
		}
	}
	if kind == "bad" && !fired {
		t.Errorf("%s says nothing", rule)
	}
}
