package cuecheck_test

import (
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
)

func TestCompileErrors(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		fs   fstest.MapFS
		want string
	}{
		{"syntax", pack(map[string]string{"values.cue": "#Values: {\n\ta: \n}"}), "values.cue:4:1: "},
		{"no file", fstest.MapFS{"values.yaml": {}}, "no .cue file; write a pack.cue"},
		{"two packages", fstest.MapFS{"a.cue": {Data: []byte("package a\n")}, "b.cue": {Data: []byte("package b\n")}}, `b.cue is of package "b", a.cue of package "a"`},
		{"misspelt #Values", pack(map[string]string{"values.cue": "#values: {}"}), "values.cue:2:1: definition #values is not read; the schema of the values is called #Values"},
		{"#Values is no struct", pack(map[string]string{"values.cue": "#Values: string"}), "#Values is no struct"},
		{"undefined reference", pack(map[string]string{"values.cue": "#Values: {\n\ta?: #Prt\n}\n#Port: int"}), `values.cue:3:6: reference "#Prt" is not defined in the package; define it or mend the name (did you mean #Port?)`},
		{"misspelt attribute", pack(map[string]string{"values.cue": "#Values: {\n\ta?: int @rul(\"acme/a\")\n}"}), "values.cue:3:2: @rul is no attribute; did you mean @rule?"},
		{"misspelt argument", pack(map[string]string{"values.cue": "#Values: a?: int @rule(\"acme/a\", sevrity=warning)"}), `@rule: argument "sevrity" is not known; want "pack/name", severity=..., facts="..."`},
		{"unknown severity", pack(map[string]string{"values.cue": "#Values: a?: int @severity(fatal)"}), `@severity: severity "fatal" is not one of error, warning, info, off`},
		{"rule without id", pack(map[string]string{"values.cue": "#Values: a?: int @rule(severity=error)"}), `@rule: wants the id of a rule, such as @rule("acme/port")`},
		{"misplaced without right", pack(map[string]string{"pack.cue": `pack: misplaced: [{wrong: ["a"], right: []}]`}), "pack.misplaced[0] has neither a right path nor a hint"},
		{"misplaced without wrong", pack(map[string]string{"pack.cue": `pack: misplaced: [{right: ["a"]}]`}), "pack.misplaced[0] has no wrong path"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := cuecheck.Compile("acme", tc.fs)
			if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.HasPrefix(err.Error(), "pack acme: ") {
				t.Errorf("got error %v; want one with %q", err, tc.want)
			}
		})
	}
}

func TestVerifyFindsWhatCompileLeavesOut(t *testing.T) {
	t.Parallel()
	for schema, want := range map[string]string{
		"#Values: a?: int & string":                          "a",
		`#Values: a?: =~"(["`:                                "values.cue:2:10: error parsing regexp",
		`#Values: a?: strings.MinRunes(1)`:                   "strings",
		"import \"strings\"\n#Values: a?: strings.NoSuch(1)": "NoSuch",
	} {
		s, err := cuecheck.Compile("acme", pack(map[string]string{"values.cue": schema}))
		if err == nil {
			err = s.Verify()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got error %v; want one with %q", schema, err, want)
		}
	}
}

func TestPackWithoutSchema(t *testing.T) {
	t.Parallel()
	s, err := cuecheck.Compile("acme", pack(map[string]string{"pack.cue": `pack: name: "acme"`}))
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Check(parse(t, "a: 1"), cuecheck.Options{Whole: true}); len(r.Findings)+len(r.Missing) > 0 {
		t.Error(r)
	}
	var none *cuecheck.Schema
	if r := none.Check(parse(t, "a: 1"), cuecheck.Options{}); len(r.Findings) > 0 || none.Secret(lint.Keys("a")) || none.YAML(lint.Keys("a")) {
		t.Error("no schema has nothing to say")
	}
}

func TestPack(t *testing.T) {
	t.Parallel()
	want := cuecheck.PackInfo{
		Name: "acme", Title: "Acme's charts", Charts: []string{"app"}, Markers: []string{"app.general"}, Not: []string{"other"},
		Whole:     cuecheck.Whole{AtLeast: 2, Of: []string{"a", "b"}},
		Misplaced: []cuecheck.Misplaced{{Wrong: []string{"x"}, Right: []string{"y.x"}, Hint: "h", Severity: "warning", Facts: []string{"F-1"}}},
		Cites:     map[string]cuecheck.Cite{"core/yaml-syntax": {Facts: []string{"F-2"}, Severity: "error"}},
	}
	for name, text := range map[string]string{
		"plain data": `pack: {
	name: "acme", title: "Acme's charts", charts: ["app"], markers: ["app.general"], not: ["other"]
	whole: {atLeast: 2, of: ["a", "b"]}
	misplaced: [{wrong: ["x"], right: ["y.x"], hint: "h", severity: "warning", facts: ["F-1"]}]
	cites: "core/yaml-syntax": {facts: ["F-2"], severity: "error"}
	context: #Context
}
#Context: {platform?: "aks" | "gke", size?: int}`,
		"data that has to be worked out": `_app: "app"
pack: {
	name: "acme", title: "Acme's " + "charts", charts: [_app], markers: ["\(_app).general"], not: ["other"]
	whole: {atLeast: 1 + 1, of: ["a", "b"]}
	misplaced: [for w in ["x"] {wrong: [w], right: ["y.\(w)"], hint: "h", severity: "warning", facts: ["F-1"]}]
	cites: "core/yaml-syntax": {facts: ["F-2"], severity: "error"}
	context: #Context
}
#Context: {platform?: "aks" | "gke", size?: int}`,
	} {
		s, err := cuecheck.Compile("acme", pack(map[string]string{"pack.cue": text, "values.cue": "#Values: {y?: {x?: int}}"}))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := s.Pack()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		r := s.Context().Check(parse(t, "platform: azure\nsise: 1"), cuecheck.Options{Whole: true})
		if d := cmp.Diff([]string{
			`1:11 error: platform is "azure"; want "aks" or "gke" [invalid-value]`,
			`2:1 warning: unknown key "sise"; did you mean "size"? [unknown-key]`,
		}, lines(r)); d != "" {
			t.Errorf("%s: context (-want +got):\n%s", name, d)
		}
		if got := lines(s.Check(parse(t, "x: 1"), cuecheck.Options{})); len(got) != 1 {
			t.Errorf("%s: %v", name, got)
		}
	}
	s, err := cuecheck.Compile("acme", pack(map[string]string{"pack.cue": `pack: {name: "acme", markrs: []}`}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Pack(); err == nil || !strings.Contains(err.Error(), `pack.cue: pack: unknown field "markrs"`) {
		t.Errorf("a misspelt field gives %v", err)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	values := `#Values: {
	a?: #Port @facts("F-1 F-2")
	b?: #Port @facts("F-3")
	c!: string @facts("F-4")
	d?: "x" @facts("F-5") @null("warning")
	e?: [...#Port]
}
#Port: int & <10 @rule("port", facts="F-9")`
	words := `rules: {
	port: {title: "Use a free port", description: "Ports below ten.", remediation: "Take one.", severity: "error", facts: ["F-8"], source: {document: "Guide", section: "Ports"}}
	"unknown-key": {title: "Own words", description: "Of the pack.", severity: "info", facts: ["F-7"]}
}`
	rules, err := cuecheck.Rules("acme", pack(map[string]string{"values.cue": values, "rules.cue": words}))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range rules {
		got[r.ID] = r.Title + ": " + strings.Join(r.Facts, " ")
		if r.Engine != "cue" || r.Description == "" || r.Severity == "" {
			t.Errorf("%+v is incomplete", r)
		}
		if r.ID == "acme/port" && (r.Source == nil || r.Source.Section != "Ports") {
			t.Errorf("source of %s is %v", r.ID, r.Source)
		}
	}
	want := map[string]string{
		"acme/port":          "Use a free port: F-1 F-2 F-3 F-8 F-9",
		"acme/unknown-key":   "Own words: F-7",
		"acme/misplaced-key": "Put each key where the chart reads it: ",
		"acme/wrong-type":    "Give each value the type that the chart expects: F-4 F-5",
		"acme/invalid-value": "Use only values that the chart accepts: F-5",
		"acme/missing-key":   "Set what the chart requires: F-4",
		"acme/null-value":    "Do not delete what the chart needs: F-5",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("rules differ (-want +got):\n%s", d)
	}
	for name, text := range map[string]string{
		`rule "acme/port" has no words; add it to rules.cue`: `rules: {}`,
		`rule "port" needs a title`:                          `rules: port: {title: "x"}`,
		`unknown field "titel"`:                              `rules: port: {titel: "x"}`,
	} {
		if _, err := cuecheck.Rules("acme", pack(map[string]string{"values.cue": values, "rules.cue": text})); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s gives %v; want %s", text, err, name)
		}
	}
}

// TestMemoryStaysFlat checks many files with constraints that CUE judges.
func TestMemoryStaysFlat(t *testing.T) {
	s := compile(t, map[string]string{"values.cue": crossed})
	root := parse(t, strings.Replace(crossedSample, `"min": 1`, `"min": 9`, 1))
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	run := func(n int) {
		for range n {
			s.Check(root, cuecheck.Options{Whole: true})
		}
	}
	run(20)
	before := heap()
	run(200)
	if after := heap(); after > before+1<<20 {
		t.Errorf("200 files left %d kB on the heap", (after-before)>>10)
	}
}
