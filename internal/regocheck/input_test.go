package regocheck

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/open-policy-agent/opa/v1/ast"
)

const sample = `
null: ~
"null": ~
flag: yes
int: 5
neg: -17
big: 12345678901234567890
float: 1.10
small: 1e-9
mid: 5000000000
text: "a\nb"
empty: {}
none: []
list: [1, two, {three: 3}]
nested: {a: {b: {c: d}}}
block: |
  - name: x
    inner: |
      k: v
      l: w
prose: |
  this is
  no yaml: really: not
`

// What rules see is what JSON would carry.
func TestValuesAreJSON(t *testing.T) {
	t.Parallel()
	tr := tree(t, strings.Replace(sample, "null: ~\n", "", 1))
	want := ast.MustInterfaceToValue(tr.Node.Any())
	if got := tr.term(false, 0).Value; got.Compare(want) != 0 {
		t.Errorf("got %v\nwant %v", got, want)
	}
	again := NewTree(tr.Node)
	again.term(true, 0)
	if got := again.term(false, 0).Value; got.Compare(want) != 0 {
		t.Errorf("after expansion: got %v\nwant %v", got, want)
	}
	for _, n := range []*values.Node{nil, {Kind: values.Null}} {
		if got := NewTree(n).term(true, 0); got.Value.Compare(ast.NullValue) != 0 {
			t.Errorf("nil node is %v", got)
		}
	}
}

func TestExpandedValues(t *testing.T) {
	t.Parallel()
	tr := tree(t, "block: |\n  - name: x\n    inner: |\n      k: v\n      l: w\nlist: [a, \"- b\"]\nplain: {a: 1}\nprose: |\n  two\n  lines\n")
	expanded := tr.term(true, 0)
	got, err := ast.JSON(expanded.Value)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"block": []any{map[string]any{"name": "x", "inner": map[string]any{"k": "v", "l": "w"}}},
		"list":  []any{"a", []any{"b"}},
		"plain": map[string]any{"a": ast.MustJSON(ast.IntNumberTerm(1).Value)},
		"prose": "two\nlines\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	plain := tr.term(false, 0)
	key := ast.StringTerm("plain")
	if plain.Value.(ast.Object).Get(key) != expanded.Value.(ast.Object).Get(key) {
		t.Error("unchanged subtrees are not shared")
	}
	if tr.term(true, 0) != expanded {
		t.Error("the tree was converted twice")
	}
	if same := tree(t, "a: {b: [c]}"); same.term(true, 0) != same.term(false, 0) {
		t.Error("a tree without block strings was built twice")
	}
}

// The whole document, key by key, as docs/architecture.md has it.
func TestInputDocument(t *testing.T) {
	t.Parallel()
	in := &Input{
		Values:            tree(t, "v: 1"),
		Release:           Release{Name: "web", Namespace: "ns", Location: "west", Chart: Chart{Name: "c", Version: "1"}, Command: "upgrade"},
		Layers:            []Layer{{Kind: KindName(values.ChartDefaults), Name: "values.yaml", Values: tree(t, "l: 1")}},
		Manifests:         []*Tree{tree(t, "kind: Secret")},
		ManifestsComplete: true, Whole: true, FleetDeclared: true,
		Context:  map[string]any{"acme": map[string]any{"platform": "gke"}, "other": 1},
		Releases: []FleetRelease{{Release: Release{Name: "r"}, Values: tree(t, "b: |\n  x: 1\n  z: 2"), Context: map[string]any{"acme": "c"}, Packs: []string{"acme"}, Whole: true, Previous: &FleetRelease{Values: tree(t, "b: 0")}}},
		Previous: &Input{Values: tree(t, "old: 1"), Release: Release{Chart: Chart{Version: "0"}}},
		Commands: []Command{{Value: map[string]any{"argv": []any{"helm", "install"}}}, {Value: "helm version"}},
	}
	doc, err := in.document("acme", allKeys)
	if err != nil {
		t.Fatal(err)
	}
	empty := `"commands": [], "context": {}, "final": false, "fleet_declared": false, "layers": [], "manifests": [], "manifests_complete": false, "releases": [], "whole": false`
	want := ast.MustParseTerm(`{
	"values": {"v": 1}, "expanded": {"v": 1}, "final": false, "whole": true, "fleet_declared": true,
	"release": {"name": "web", "namespace": "ns", "location": "west", "chart": {"name": "c", "version": "1"}, "command": "upgrade"},
	"layers": [{"kind": "chart", "name": "values.yaml", "values": {"l": 1}}],
	"manifests": [{"kind": "Secret"}], "manifests_complete": true,
	"context": {"platform": "gke"},
	"releases": [{"release": {"name": "r"}, "values": {"b": "x: 1\nz: 2"}, "expanded": {"b": {"x": 1, "z": 2}}, "context": "c", "packs": ["acme"], "whole": true,
		"previous": {"values": {"b": 0}, "expanded": {"b": 0}, "release": {}, "context": {}, "packs": [], "whole": false}}],
	"previous": {"values": {"old": 1}, "expanded": {"old": 1}, "release": {"chart": {"version": "0"}}, ` + empty + `},
	"commands": [{"argv": ["helm", "install"]}, "helm version"],
}`)
	if doc.Value.Compare(want.Value) != 0 {
		t.Errorf("got %v\nwant %v", doc, want)
	}
}

// Only what rules ask for is converted; asking in any way is enough.
func TestInputOnDemand(t *testing.T) {
	t.Parallel()
	tests := []struct {
		body string
		want inputKeys
	}{
		{`input.values.a`, keyValues},
		{`input["expanded"].a`, keyExpanded},
		{`input.whole; input.layers[_].name`, keyFlags | keyLayers},
		{`object.get(input, "values", 1)`, allKeys},
		{`some k; input[k]`, allKeys},
		{`x := input; x.values`, allKeys},
		{`input.releases[_].values`, keyReleases | keyValues | keyExpanded | keyRelease | keyContext},
		{`true`, 0},
	}
	for _, tt := range tests {
		p := compile(t, oneRule(`findings contains {"path": [], "message": "m"} if { `+tt.body+` }`), Options{})
		if p.inputs != tt.want {
			t.Errorf("%s: %b, want %b", tt.body, p.inputs, tt.want)
		}
	}
	p := compile(t, oneRule(`import input.manifests as ms
findings contains {"path": [], "message": "m"} if ms[_]`), Options{})
	if p.inputs != keyManifests {
		t.Errorf("import: %b", p.inputs)
	}
}

func TestKindName(t *testing.T) {
	t.Parallel()
	want := []string{"subchart", "chart", "file", "set-json", "set", "set-string", "set-file", "set-literal"}
	for i, w := range want {
		if got := KindName(values.LayerKind(i)); got != w {
			t.Errorf("%d: %q, want %q", i, got, w)
		}
	}
}
