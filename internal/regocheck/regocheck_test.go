package regocheck

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

const metadata = `# METADATA
# title: Test rule
# description: For tests.
# custom:
#   severity: error
#   remediation: Mend it.
#   facts: [T-1, T-2]
#   source: {document: The Guide, section: One}
`

// rules makes the folder of a pack: names to the text after the package clause.
func rules(pack string, texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name+"/rule.rego"] = &fstest.MapFile{Data: fmt.Appendf(nil, "%spackage policies[%q][%q]\n\n%s\n", metadata, pack, name, text)}
	}
	return out
}

func oneRule(text string) []Source {
	return []Source{{Pack: "acme", FS: rules("acme", map[string]string{"probe": text})}}
}

func compile(t testing.TB, sources []Source, o Options) *Policies {
	t.Helper()
	p, err := Compile(t.Context(), sources, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func tree(t testing.TB, text string) *Tree {
	t.Helper()
	d := values.Parse("v.yaml", []byte(text), values.DefaultLimits)
	if len(d.Problems) > 0 {
		t.Fatal(d.Problems)
	}
	return NewTree(d.Roots[0])
}

func run(t testing.TB, p *Policies, in *Input) []lint.Finding {
	t.Helper()
	fs, err := p.Eval(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return in.Locate(fs)
}

// brief writes findings so that a test can compare them at a glance.
func brief(fs []lint.Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, fmt.Sprintf("%d:%d: %s: %s %s [%s]", f.Span.Line, f.Span.Column, f.Severity, f.Path, f.Message, f.Rule))
	}
	return out
}

func TestFindingOfRule(t *testing.T) {
	t.Parallel()
	p := compile(t, oneRule(`findings contains {"path": ["image", "tag"], "message": msg} if {
	input.values.image.tag == "latest"
	msg := sprintf("image tag %q is mutable", [input.values.image.tag])
}`), Options{Strict: true})
	in := &Input{Values: tree(t, "image:\n  tag: latest\n"), Release: Release{Name: "web", Location: "west"}}
	want := []lint.Finding{{
		Rule: "acme/probe", Severity: lint.Error, Message: `image tag "latest" is mutable`,
		Path: lint.Keys("image", "tag"), Span: lint.Span{File: "v.yaml", Line: 2, Column: 8, EndLine: 2, EndCol: 14},
		Release: "web", Location: "west", Facts: []string{"T-1", "T-2"},
		Source: &lint.Source{Document: "The Guide", Section: "One"},
	}}
	if diff := cmp.Diff(want, run(t, p, in)); diff != "" {
		t.Error(diff)
	}
	if got := run(t, p, &Input{Values: tree(t, "image: {tag: v1}\n")}); len(got) != 0 {
		t.Errorf("good values: %v", brief(got))
	}
}

func TestEveryKeyOfFinding(t *testing.T) {
	t.Parallel()
	p := compile(t, oneRule(`findings contains {
	"path": ["a", 0, "b"], "message": "m", "severity": "info", "facts": ["T-2"], "key": true, "holds": true,
	"related": [{"path": ["c"], "message": "see this"}, {"path": ["d"], "message": "and this", "layer": 1, "key": true}],
	"fix": {"description": "set it", "path": ["c"], "value": "yes"},
} if input.whole`), Options{})
	in := &Input{Values: tree(t, "a:\n  - b: $X\nc: \"1\"\n"), Whole: true, Layers: []Layer{{Values: tree(t, "x: 1")}, {Values: tree(t, "d: 1")}}}
	want := []lint.Finding{{
		Rule: "acme/probe", Severity: lint.Info, Message: "m", Facts: []string{"T-2"},
		Path: lint.Keys("a").Index(0).Key("b"), Span: span(2, 5, 6),
		Source: &lint.Source{Document: "The Guide", Section: "One"},
		Related: []lint.Related{
			{Path: lint.Keys("c"), Span: span(3, 4, 7), Message: "see this"},
			{Path: lint.Keys("d"), Span: span(1, 1, 2), Message: "and this"},
		},
		Fix: &lint.Fix{Description: "set it", Edits: []lint.Edit{{Span: span(3, 4, 7), Text: `"yes"`}}},
	}}
	if diff := cmp.Diff(want, run(t, p, in)); diff != "" {
		t.Error(diff)
	}
}

func span(line, col, end int) lint.Span {
	return lint.Span{File: "v.yaml", Line: line, Column: col, EndLine: line, EndCol: end}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	in := &Input{
		Values:    tree(t, "k: 1"),
		Manifests: []*Tree{tree(t, "kind: A"), tree(t, "\nkind: B")},
		Layers:    []Layer{{Kind: "file", Name: "l.yaml", Values: tree(t, "\n\nk: 1")}},
		Releases:  []FleetRelease{{Values: tree(t, "k: 1")}, {Release: Release{Name: "r1", Location: "east"}, Values: tree(t, "\n\n\nk: 1")}},
		Commands:  []Command{{Value: "helm install x", Span: span(7, 1, 15), Words: []lint.Span{span(7, 1, 5), span(7, 6, 13)}}},
		Previous:  &Input{Values: tree(t, "\n\n\n\nk: 1"), Manifests: []*Tree{tree(t, "\n\n\n\n\nk: 1")}},
	}
	tests := []struct{ keys, want string }{
		{`"path": ["k"]`, "1:4 "},
		{`"path": ["kind"], "manifest": 1`, "2:7 "},
		{`"path": ["k"], "layer": 0`, "3:4 "},
		{`"path": ["k"], "release": 1`, "4:4 r1"},
		{`"command": 0`, "7:1 "},
		{`"command": 0, "word": 1`, "7:6 "},
		{`"path": ["k"], "previous": true`, "5:4 "},
		{`"path": ["k"], "previous": true, "manifest": 0`, "6:4 "},
		{`"path": []`, "1:1 "},
		{`"path": ["absent", "x"]`, "1:1 "},
	}
	for _, tt := range tests {
		p := compile(t, oneRule(`findings contains {"message": "m", `+tt.keys+`}`), Options{})
		fs := run(t, p, in)
		if len(fs) != 1 {
			t.Errorf("%s: %v", tt.keys, brief(fs))
			continue
		}
		if got := fmt.Sprintf("%d:%d %s", fs[0].Span.Line, fs[0].Span.Column, fs[0].Release); got != tt.want {
			t.Errorf("%s: place %q, want %q", tt.keys, got, tt.want)
		}
	}
}

func TestMalformedFindings(t *testing.T) {
	t.Parallel()
	tests := []struct{ finding, want string }{
		{`5`, `it is a number; want an object with path and message`},
		{`{"message": "m"}`, `"m": path is missing; want a list`},
		{`{"path": []}`, `message is missing`},
		{`{"path": [], "message": ""}`, `message is missing`},
		{`{"path": [], "message": 5}`, `message is a number; want a string`},
		{`{"path": "a.b", "message": "m"}`, `path is a string; want a list of keys and indexes`},
		{`{"path": [-1], "message": "m"}`, `path holds -1; an index is a whole number from 0`},
		{`{"path": [1.5], "message": "m"}`, `path holds 1.5`},
		{`{"path": [null], "message": "m"}`, `path holds null; want keys and indexes`},
		{`{"path": [], "message": "m", "severity": "fatal"}`, `severity is "fatal"; want error, warning or info`},
		{`{"path": [], "message": "m", "severity": "off"}`, `severity is "off"`},
		{`{"path": [], "message": "m", "facts": ["T-9"]}`, `fact "T-9" is not in custom.facts of the METADATA`},
		{`{"path": [], "message": "m", "facts": "T-1"}`, `facts is a string; want a list`},
		{`{"path": [], "message": "m", "msg": "m"}`, `key "msg" is unknown`},
		{`{"path": [], "message": "m", 5: "m"}`, `key 5 is unknown`},
		{`{"path": [], "message": "m", "holds": "yes"}`, `holds is a string; want true or false`},
		{`{"path": [], "message": "m", "manifest": 0}`, `manifest is 0, but the input has 0 of them`},
		{`{"path": [], "message": "m", "layer": "x"}`, `layer is a string; want an index`},
		{`{"path": [], "message": "m", "layer": 0, "release": 0}`, `layer is 0, but the input has 0`},
		{`{"path": [], "message": "m", "word": 0}`, `word is given without command`},
		{`{"path": [], "message": "m", "previous": true}`, `the input has no previous release`},
		{`{"path": [], "message": "m", "related": [5]}`, `related holds a number`},
		{`{"path": [], "message": "m", "related": [{"path": []}]}`, `related has no message`},
		{`{"path": [], "message": "m", "related": [{"message": "r"}]}`, `path is missing`},
		{`{"path": [], "message": "m", "related": [{"path": [], "message": "r", "facts": []}]}`, `key "facts" of related is unknown`},
		{`{"path": [], "message": "m", "fix": {"path": [], "value": 1}}`, `fix has no description`},
		{`{"path": [], "message": "m", "fix": true}`, `fix is a boolean`},
	}
	for _, tt := range tests {
		p := compile(t, oneRule("findings contains "+tt.finding), Options{})
		_, err := p.Eval(t.Context(), &Input{Values: tree(t, "a: 1")})
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "policies/acme/probe/rule.rego:11: rule acme/probe reports a malformed finding") {
			t.Errorf("%s:\n got %v\nwant %s", tt.finding, err, tt.want)
		}
	}
}

func TestPolicyErrors(t *testing.T) {
	t.Parallel()
	const header = metadata + "package policies.acme.probe\n"
	good := &fstest.MapFile{Data: []byte(header + "findings contains {\"path\": [], \"message\": \"m\"}")}
	file := func(text string) fstest.MapFS {
		return fstest.MapFS{"probe/rule.rego": {Data: []byte(text)}}
	}
	tests := []struct {
		name string
		fs   fs.FS
		want string
	}{
		{"syntax", file(header + "findings contains {"), "packs/acme/policies/probe/rule.rego:10: "},
		{"syntax, said once", file(header + "a := {\nsome x in y\n}"), "packs/acme/policies/probe/rule.rego:11: unexpected some keyword: expected rule value term (e.g., a := <VALUE> { ... })"},
		{"old syntax", file(header + "findings[x] { x := 1 }"), "packs/acme/policies/probe/rule.rego:10: `if` keyword is required before rule body"},
		{"wrong package", file("package policies.acme.other\nfindings contains 1"), "packs/acme/policies/probe/rule.rego:1: package policies.acme.other does not match the folder; write package policies.acme.probe"},
		{"no findings", file(header + "finding contains 1"), "packs/acme/policies/probe/rule.rego: rule acme/probe has no findings; add `findings contains"},
		{"findings of wrong kind", file(header + "findings := []"), "packs/acme/policies/probe/rule.rego:10: findings of rule acme/probe is no set"},
		{"unsafe variable", file(header + "findings contains {\"path\": [x], \"message\": \"m\"}"), "packs/acme/policies/probe/rule.rego:10: var x is unsafe"},
		{"type error", file(header + "findings contains {\"path\": [], \"message\": \"m\"} if count(5) > 1"), "packs/acme/policies/probe/rule.rego:10: count: invalid argument(s); have: (number, ???); want: "},
		{"unknown function", file(header + "findings contains {\"path\": [], \"message\": \"m\"} if nope(1)"), "packs/acme/policies/probe/rule.rego:10: undefined function nope"},
		{"network", file(header + "findings contains {\"path\": [], \"message\": m} if m := http.send({}).body"), "packs/acme/policies/probe/rule.rego:10: http.send is not available: policies cannot use the network; pass what the rule must know in through input.context"},
		{"clock", file(header + "findings contains {\"path\": [], \"message\": \"m\"} if time.now_ns() > 1"), "probe/rule.rego:10: time.now_ns is not available: policies cannot read the clock"},
		{"environment", file(header + "findings contains {\"path\": [], \"message\": \"m\"} if opa.runtime().env.HOME"), "probe/rule.rego:10: opa.runtime is not available"},
		{"token", file(header + "findings contains {\"path\": [], \"message\": \"m\"} if io.jwt.decode(\"x\")"), "probe/rule.rego:10: io.jwt.decode is not available"},
		{"misspelt library", file(header + "import data.policies.acme.libs\nfindings contains {\"path\": [], \"message\": \"m\"} if libs.x"), "packs/acme/policies/probe/rule.rego:10: data.policies.acme.libs is not there when rules run; of data a rule sees only data.policies.lib"},
		{"library of another pack", file(header + "findings contains {\"path\": [], \"message\": \"m\"} if data.policies.other.lib.x"), "is not there when rules run"},
		{"stray file", fstest.MapFS{"probe.rego": good}, "packs/acme/policies/probe.rego lies in no rule's folder; move it to packs/acme/policies/probe/rule.rego"},
		{"recursion", file(header + "findings contains x if some x in findings"), "packs/acme/policies/probe/rule.rego:10: rule data.policies.acme.probe.findings is recursive"},
		{"empty file", file(""), "packs/acme/policies/probe/rule.rego:"},
		{"two errors", file(header + "findings contains x\nfindings contains y"), "rule.rego:10: var x is unsafe\npacks/acme/policies/probe/rule.rego:11: var y is unsafe"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Compile(t.Context(), []Source{{Pack: "acme", Dir: "packs/acme/policies", FS: tt.fs}}, nil, Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
			if tt.name == "syntax, said once" && strings.Contains(err.Error(), "\n") {
				t.Errorf("several lines: %v", err)
			}
		})
	}
	for _, name := range []string{"lib", "", "../x", "A"} {
		if _, err := Compile(t.Context(), []Source{{Pack: name, FS: fstest.MapFS{}}}, nil, Options{}); err == nil {
			t.Errorf("pack %q was accepted", name)
		}
	}
	twice := oneRule(`findings contains {"path": [], "message": "m"}`)
	if _, err := Compile(t.Context(), append(twice, twice...), nil, Options{}); err == nil || !strings.Contains(err.Error(), "given twice") {
		t.Errorf("same pack twice: %v", err)
	}
}

// Everything that OPA itself calls nondeterministic is out of reach.
func TestNoNondeterministicBuiltins(t *testing.T) {
	t.Parallel()
	for _, b := range capabilities().Builtins {
		if b.Nondeterministic || forbidden(b.Name) != "" {
			t.Errorf("%s is available", b.Name)
		}
	}
	if len(capabilities().Builtins) < 150 {
		t.Error("most built-in functions are gone")
	}
}

func TestRunawayRule(t *testing.T) {
	t.Parallel()
	sources := []Source{{Pack: "acme", FS: rules("acme", map[string]string{
		"a-quick": `findings contains {"path": [], "message": "m"}`,
		"b-loop": `findings contains {"path": [], "message": "m"} if {
	some a in numbers.range(1, 100000)
	some b in numbers.range(1, 100000)
	a * b == 0
}`,
	})}}
	p := compile(t, sources, Options{Timeout: 30 * time.Millisecond})
	_, err := p.Eval(t.Context(), &Input{})
	if err == nil || !strings.HasPrefix(err.Error(), "policies/acme/b-loop/rule.rego:11: rule acme/b-loop did not end within 30ms") {
		t.Errorf("got %v", err)
	}
	p = compile(t, sources, Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := p.Eval(ctx, &Input{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("caller's deadline: %v", err)
	}
}

func TestRuleThatFails(t *testing.T) {
	t.Parallel()
	p := compile(t, oneRule(`findings contains {"path": [], "message": f(input.values.a)} if true

f(x) := "one" if x > 0

f(x) := "two" if x > 1`), Options{})
	_, err := p.Eval(t.Context(), &Input{Values: tree(t, "a: 2")})
	const want = `policies/acme/probe/rule.rego:15: rule acme/probe failed: function data.policies.acme.probe.f produced conflicting values for the same inputs: "one" at policies/acme/probe/rule.rego:13, "two" at policies/acme/probe/rule.rego:15`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

func TestPlaceholderRule(t *testing.T) {
	t.Parallel()
	const doc = "a: $X\nb: plain\nblock: |\n  - name: $Y\n    path: /x\nesc: 5$\nlist: [\"${Z}\"]\n"
	tests := []struct {
		keys string
		kept bool
	}{
		{`"path": ["a"]`, false},
		{`"path": ["a"], "holds": true`, true},
		{`"path": ["a", "below"]`, false},
		{`"path": ["b"]`, true},
		{`"path": ["absent"]`, true},
		{`"path": ["b"], "related": [{"path": ["a"], "message": "r"}]`, false},
		{`"path": ["block", 0, "name"]`, false},
		{`"path": ["block", 0, "path"]`, true},
		{`"path": ["block", 0, "absent"]`, true},
		{`"path": ["block", 1]`, true},
		{`"path": ["esc"]`, true},
		{`"path": ["list"]`, true},
		{`"path": ["list", 0]`, false},
	}
	for _, tt := range tests {
		p := compile(t, oneRule(`findings contains {"message": "m", `+tt.keys+`}`), Options{})
		if got := len(run(t, p, &Input{Values: tree(t, doc)})) == 1; got != tt.kept {
			t.Errorf("%s: kept %t, want %t", tt.keys, got, tt.kept)
		}
	}
}

func TestLibraries(t *testing.T) {
	t.Parallel()
	acme := rules("acme", map[string]string{"probe": `import data.policies.acme.lib
import data.policies.lib as shared

findings contains {"path": ["num"], "message": sprintf("%d %d", [lib.double(input.values.num), shared.triple(input.values.num)])}`})
	acme["lib/double.rego"] = &fstest.MapFile{Data: []byte("package policies.acme.lib\n\ndouble(x) := x * 2\n")}
	acme["lib/double_test.rego"] = &fstest.MapFile{Data: []byte("this is no Rego")}
	acme["probe/rule_test.rego"] = &fstest.MapFile{Data: []byte("nor is this")}
	shared := fstest.MapFS{"lib.rego": {Data: []byte("package policies.lib\n\ntriple(x) := x * 3\n")}}
	p, err := Compile(t.Context(), []Source{{Pack: "acme", FS: acme}}, shared, Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := run(t, p, &Input{Values: tree(t, "num: 7")}); len(got) != 1 || got[0].Message != "14 21" {
		t.Errorf("%v", brief(got))
	}
}

// Of a trusted library only what rules reach is compiled: all definitions of a
// name, and what they need in turn.
func TestTrustedLibraries(t *testing.T) {
	t.Parallel()
	const finding = "findings contains {\"path\": [], \"message\": sprintf(\"%v\", [m])} if m := "
	source := func(rule string) ([]Source, fstest.MapFS) {
		acme := rules("acme", map[string]string{"probe": "import data.policies.acme.lib\nimport data.policies.lib as shared\n\n" + rule})
		acme["lib/one.rego"] = &fstest.MapFile{Data: []byte("package policies.acme.lib\n\nimport data.policies.lib as shared\n\nnames contains shared.twice(_first)\n\n_first := \"a\"\n\nunused := 1\n")}
		acme["lib/two.rego"] = &fstest.MapFile{Data: []byte("package policies.acme.lib\n\nnames contains _second[x] if some x, _ in _second\n\n_second := {0: \"b\"}\n")}
		return []Source{{Pack: "acme", FS: acme, Trusted: true}}, fstest.MapFS{"lib.rego": {Data: []byte("package policies.lib\n\ntwice(x) := concat(\"\", [x, x])\n\nother := 2\n")}}
	}
	for rule, want := range map[string]string{
		finding + "concat(\",\", lib.names)":                       "aa,b",
		finding + "count(lib)":                                     "4",
		finding + "[x | some x, _ in data.policies.acme.lib]":      `["_first", "_second", "names", "unused"]`,
		finding + "[x | n := input.values.name; x := shared[n]]":   "[2]",
		finding + "f(lib.unused) + 1\n\nf(lib) := lib if lib == 1": "2",
	} {
		sources, shared := source(rule)
		p, err := Compile(t.Context(), sources, shared, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := run(t, p, &Input{Values: tree(t, "name: other")}); len(got) != 1 || got[0].Message != want {
			t.Errorf("%s: %v, want %s", rule, brief(got), want)
		}
	}
	for _, name := range []string{"lib.nmaes", "data.policies.acme.lib.nmaes", "shared.nmaes"} {
		sources, shared := source(finding + name)
		if _, err := Compile(t.Context(), sources, shared, Options{}); err == nil || !strings.Contains(err.Error(), `the library has no "nmaes"`) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPacksAndContext(t *testing.T) {
	t.Parallel()
	const text = `findings contains {"path": [], "message": input.context.color}`
	sources := []Source{
		{Pack: "zeta", FS: rules("zeta", map[string]string{"tint": text, "off": text}), Trusted: true},
		{Pack: "alpha", FS: rules("alpha", map[string]string{"tint": text}), Trusted: true},
	}
	p := compile(t, sources, Options{Skip: func(id string) bool { return id == "zeta/off" }})
	if diff := cmp.Diff([]string{"zeta/tint", "alpha/tint"}, p.Rules()); diff != "" {
		t.Error(diff)
	}
	in := &Input{Context: map[string]any{"zeta": map[string]any{"color": "red"}, "alpha": tree(t, "color: blue").Node}}
	fs, err := p.Eval(t.Context(), in)
	if err != nil || len(fs) != 2 || fs[0].Message != "red" || fs[1].Message != "blue" {
		t.Errorf("%v %v", fs, err)
	}
	fs, err = p.Eval(t.Context(), in, "alpha")
	if err != nil || len(fs) != 1 || fs[0].Rule != "alpha/tint" {
		t.Errorf("only alpha: %v %v", fs, err)
	}
	if _, err := p.Eval(t.Context(), &Input{Context: map[string]any{"zeta": func() {}}}); err == nil || !strings.Contains(err.Error(), `context of pack "zeta"`) {
		t.Errorf("context that is no data: %v", err)
	}
}

func TestOrderAndConcurrency(t *testing.T) {
	t.Parallel()
	p := compile(t, oneRule(`findings contains {"path": [key], "message": sprintf("%v", [value])} if some key, value in input.values`), Options{})
	in := &Input{Values: tree(t, "c: 1\na: 2\nb: 3\n")}
	want := []string{"1:4: error: c 1 [acme/probe]", "2:4: error: a 2 [acme/probe]", "3:4: error: b 3 [acme/probe]"}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 25 {
				fs, err := p.Eval(t.Context(), in)
				if err != nil {
					t.Error(err)
				}
				if diff := cmp.Diff(want, brief(in.Locate(fs))); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	wg.Wait()
}

// Large packs are compiled in parts; nothing may tell.
func TestManyRules(t *testing.T) {
	t.Parallel()
	texts := map[string]string{}
	var want []string
	for i := range 30 {
		name := fmt.Sprintf("rule-%02d", i)
		texts[name] = `import data.policies.acme.lib

findings contains {"path": [], "message": message} if some message in lib.messages`
		want = append(want, "acme/"+name)
	}
	acme := rules("acme", texts)
	acme["lib/lib.rego"] = &fstest.MapFile{Data: []byte("package policies.acme.lib\n\nmessages contains input.values.text\n")}
	p := compile(t, []Source{{Pack: "acme", FS: acme}}, Options{})
	if diff := cmp.Diff(want, p.Rules()); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{"one", "two"} {
		var got []string
		for _, f := range run(t, p, &Input{Values: tree(t, "text: "+text)}) {
			if f.Message != text {
				t.Errorf("message %q, want %q", f.Message, text)
			}
			got = append(got, f.Rule)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}

	acme["lib/lib.rego"] = &fstest.MapFile{Data: []byte("package policies.acme.lib\n\nmessages contains x\n")}
	_, err := Compile(t.Context(), []Source{{Pack: "acme", FS: acme}}, nil, Options{})
	if err == nil || err.Error() != "policies/acme/lib/lib.rego:3: var x is unsafe" {
		t.Errorf("fault of the library: %v", err)
	}
}

func TestCanceledCompile(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Compile(ctx, oneRule(`findings contains {"path": [], "message": "m"}`), nil, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
