package regocheck

import (
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

func TestEdit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, doc, path string
		value           any
		want            string // "" when there must be no edit
	}{
		{"plain scalar", "a: 1 # why\nb: 2\n", "a", 5, "a: 5 # why\nb: 2\n"},
		{"string stays a string", "a: x\n", "a", "yes", "a: \"yes\"\n"},
		{"string that looks like a number", "a: x\n", "a", "1.10", "a: \"1.10\"\n"},
		{"plain word", "a: x\n", "a", "y-z", "a: y-z\n"},
		{"double quotes are kept", "a: \"x\"\n", "a", "y", "a: \"y\"\n"},
		{"single quotes are kept", "a: 'x'\n", "a", "it's", "a: 'it''s'\n"},
		{"text with a colon", "a: x\n", "a", "b: c", "a: \"b: c\"\n"},
		{"quoted boolean becomes one", "a: \"true\"\n", "a", true, "a: true\n"},
		{"null", "a: x\n", "a", nil, "a: null\n"},
		{"list for a scalar", "a: x\n", "a", []any{"y"}, "a: [\"y\"]\n"},
		{"in a list", "a: [1, 2]\n", "a[1]", 3, "a: [1, 3]\n"},
		{"in a flow mapping", "a: {b: c, d: e}\n", "a.b", "f", "a: {b: f, d: e}\n"},
		{"in a block string", "a: |\n  - b: c\n    d: e\n", "a[0].d", "f", "a: |\n  - b: c\n    d: f\n"},
		{"block string itself", "a: |\n  x\n  y\nb: 1\n", "a", "z", "a: \"z\"\nb: 1\n"},
		{"new key", "a:\n  b: 1\n", "a.c", "x", "a:\n  c: x\n  b: 1\n"},
		{"new key at the root", "# head\na: 1\n", "c", true, "# head\nc: true\na: 1\n"},
		{"new key in a list item", "l:\n  - a: 1\n    b: 2\n", "l[0].c", 3, "l:\n  - c: 3\n    a: 1\n    b: 2\n"},
		{"new key in a block string", "s: |\n  - a: 1\n    b: 2\n", "s[0].c", 3, "s: |\n  - c: 3\n    a: 1\n    b: 2\n"},
		{"new nested keys", "a:\n  b: 1\n", "a.c.d", "x", "a:\n  c:\n    d: x\n  b: 1\n"},
		{"new key that needs quotes", "a:\n  b: 1\n", "a.on", 1, "a:\n  \"on\": 1\n  b: 1\n"},
		{"below an alias", "x: &x {a: 1}\nk: *x\n", "k.a", 2, ""},
		{"the alias itself", "x: &x 1\nk: *x\n", "k", 2, "x: &x 1\nk: 2\n"},
		{"merged key", "x: &x {a: 1}\nk:\n  <<: *x\n  b: 1\n", "k.a", 2, ""},
		{"folded string", "a: >\n  - b: c\n  - d: e\n", "a[0]", 1, ""},
		{"whole mapping", "a:\n  b: 1\n", "a", 1, ""},
		{"the root", "a: 1\n", "", 1, ""},
		{"new item of a list", "a: [1]\n", "a[1]", 1, ""},
		{"new key below a scalar", "a: 1\n", "a.b", 1, ""},
		{"new key in a flow mapping", "a: {b: 1}\n", "a.c", 1, ""},
		{"empty value", "a:\nb: 1\n", "a", 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := values.Parse("v.yaml", []byte(tt.doc), values.DefaultLimits)
			p, err := lint.ParsePath(tt.path)
			if err != nil {
				t.Fatal(err)
			}
			e, ok := edit(d.Roots[0], p, tt.value)
			got := ""
			if ok {
				got = tt.doc[:d.Offset(e.Span.Line, e.Span.Column)] + e.Text + tt.doc[d.Offset(e.Span.EndLine, e.Span.EndCol):]
			}
			if got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

func TestEditOnlyFiles(t *testing.T) {
	t.Parallel()
	for kind, want := range map[values.LayerKind]bool{values.File: true, values.ChartDefaults: false, values.Set: false} {
		d := values.Parse("v.yaml", []byte("a: 1\n"), values.DefaultLimits)
		v := values.MergeFiles(&values.Layer{Kind: kind, Doc: d, Root: d.Roots[0]})
		if _, ok := edit(v.Root, lint.Keys("a"), 2); ok != want {
			t.Errorf("%s: edit %t, want %t", kind.Flag(), ok, want)
		}
		if _, ok := edit(v.Root, lint.Keys("b"), 2); ok != want {
			t.Errorf("%s: insertion %t, want %t", kind.Flag(), ok, want)
		}
	}
}
