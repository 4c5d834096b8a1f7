package values_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

func parse(t *testing.T, text string) *values.Document {
	t.Helper()
	d := values.Parse("v.yaml", []byte(text), values.DefaultLimits)
	for _, p := range d.Problems {
		t.Fatalf("%q: %+v", text, p)
	}
	return d
}

func path(t *testing.T, s string) lint.Path {
	t.Helper()
	p, err := lint.ParsePath(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// source returns what the file says between the ends of a span.
func source(d *values.Document, s lint.Span) string {
	return string(d.Data[d.Offset(s.Line, s.Column):d.Offset(s.EndLine, s.EndCol)])
}

// TestSpans asks that the place of a value is what was written for it.
func TestSpans(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, path, key, value string }{
		{"a: b\n", "a", "a", "b"},
		{"a: b # c\n", "a", "a", "b"},
		{"é: ü€ # c\n", "é", "é", "ü€"},
		{"a: one\n  two\n\n  three\nb: 1\n", "a", "a", "one\n  two\n\n  three"},
		{"a:\n  one\n  two # c\nb: 1\n", "a", "a", "one\n  two"},
		{"a: 'it''s' # c\n", "a", "a", "'it''s'"},
		{"a: \"x\\\"y\"\n", "a", "a", `"x\"y"`},
		{"a: 'x\n  y'\nb: 1\n", "a", "a", "'x\n  y'"},
		{"a: \"x\\\n  y\n\n  z\"\nb: 1\n", "a", "a", "\"x\\\n  y\n\n  z\""},
		{"a: |\n  x\n  y\nb: 1\n", "a", "a", "|\n  x\n  y"},
		{"a: |-\n  x\n\n\nb: 1\n", "a", "a", "|-\n  x"},
		{"a: |+ # c\n  x\n\n# d\nb: 1\n", "a", "a", "|+ # c\n  x"},
		{"a: |2-\n    x\n  y\nb: 1\n", "a", "a", "|2-\n    x\n  y"},
		{"a: |\n\n  x\n    y\n\n  z\n# c\nb: 1\n", "a", "a", "|\n\n  x\n    y\n\n  z"},
		{"a: |\nb: 1\n", "a", "a", "|"},
		{"a: >-\n  x\n  y\n\n    z\nb: 1\n", "a", "a", ">-\n  x\n  y\n\n    z"},
		{"a: >1\n  x\n y\n# c\nb: 1\n", "a", "a", ">1\n  x\n y"},
		{"l:\n- - |\n    x\n  - y\n", "l[0][0]", "", "|\n    x"},
		{"l:\n- - |\n    x\n  - y\n", "l[0][1]", "", "y"},
		{"l:\n- a: >\n    x\n  b: y\n", "l[0].a", "a", ">\n    x"},
		{"l:\n- |\n x\n- y\n", "l[0]", "", "|\n x"},
		{"a: [b, 'c', {d: e f, g}, *x]\nx: 1\n", "", "", ""},
		{"x: &x 1\na: [b, 'c', {d: e f, 'g': h}, *x]\n", "a", "a", "[b, 'c', {d: e f, 'g': h}, *x]"},
		{"x: &x 1\na: [b, 'c', {d: e f, 'g': h}, *x]\n", "a[2]", "", "{d: e f, 'g': h}"},
		{"x: &x 1\na: [b, 'c', {d: e f, 'g': h}, *x]\n", "a[2].d", "d", "e f"},
		{"x: &x 1\na: [b, 'c', {d: e f, 'g': h}, *x]\n", "a[2].g", "'g'", "h"},
		{"x: &x 1\na: [b, 'c', {d: e f, 'g': h}, *x]\n", "a[3]", "", "*x"},
		{"x: &x 1\nz: *x\n", "x", "x", "1"},
		{"x: &x 1\nz: *x\n", "z", "z", "*x"},
		{"a: {\n  b: 1, # }\n  c: [], }\nd: 1\n", "a", "a", "{\n  b: 1, # }\n  c: [], }"},
		{"a: {\n  b: 1, # }\n  c: [ ], }\nd: 1\n", "a.c", "c", "[ ]"},
		{"a: {b: , c: }\nd: 1\n", "a", "a", "{b: , c: }"},
		{"a: !!str &x 12\n", "a", "a", "12"},
		{"a: !!str\n  # c\n  12\n", "a", "a", "12"},
		{"a: &x\n  b: 1\n  c: 2\nd: 1\n", "a", "a", "b: 1\n  c: 2"},
		{"a: &x !t\n- 1\n- 2\nd: 1\n", "a", "a", "- 1\n- 2"},
		{"a: &x {b: 1}\n", "a", "a", "{b: 1}"},
		{"a: !t |\n  x\n", "a", "a", "|\n  x"},
		{"\"a\\tb\": 1\n", "a\tb", `"a\tb"`, "1"},
		{"? a\n: b\n", "a", "a", "b"},
		{"? >\n  a\n: b\n", "a\n", ">\n  a", "b"},
		{"&k a: b\n", "a", "a", "b"},
		{"\ufeffa: b\r\nc: |\r\n  x\r\n  y\r\nd: e\r\n", "a", "a", "b"},
		{"\ufeffa: b\r\nc: |\r\n  x\r\n  y\r\nd: e\r\n", "c", "c", "|\r\n  x\r\n  y"},
		{"\ufeffa: b\r\nc: |\r\n  x\r\n  y\r\nd: e\r\n", "d", "d", "e"},
		{"a: x\u2028\nb: y\n", "b", "b", "y"},
		{"a: \"x\u2028y\"\nb: [y, z]\n", "b[1]", "", "z"},
		{"a: x\rb: y\r", "b", "b", "y"},
		{"a: https://x/?a=b#c # d\n", "a", "a", "https://x/?a=b#c"},
		{"a: - 1\n", "", "", ""},
		{"a: {{ .x | quote }} # c\nb: [{{ .y }}, z]\n", "a", "a", "{{ .x | quote }}"},
		{"a: {{ .x | quote }} # c\nb: [{{ .y }}, z]\n", "b[0]", "", "{{ .y }}"},
		{"a: {{ .x | quote }} # c\nb: [{{ .y }}, z]\n", "b[1]", "", "z"},
		{"a: {{ \"é\" }}-é\nb: \"{{ printf \"x\" }}\"\n", "b", "b", `"{{ printf "x" }}"`},
		// inside block strings
		{"v: |\n  a:\n    b: [x, y]\n", "v.a.b[1]", "", "y"},
		{"v: |2\n    a: x\n    b: y\n", "v.b", "b", "y"},
		{"l:\n- - |-\n    a: x\n    é: ü\n", "l[0][0].é", "é", "ü"},
		{"l:\n  - |+\n    - a: 'x'\n\n", "l[0][0].a", "a", "'x'"},
		{"v: |\n  a: |\n    b: x\n", "v.a.b", "b", "x"},
		{"v: >\n  a: x\n\n  b: y\n", "v.b", ">\n  a: x\n\n  b: y", ">\n  a: x\n\n  b: y"},
		{"v: \"a: x\\nb: y\"\n", "v.b", "\"a: x\\nb: y\"", "\"a: x\\nb: y\""},
		{"v: |\r\n  a: x\r\n  b: y\r\n", "v.b", "b", "y"},
		{"v: |\n  a: {{ .x }}\n  b: y\n", "v.b", "b", "y"},
	} {
		if tc.path == "" {
			continue
		}
		d := parse(t, tc.text)
		root := d.Values()
		p := lint.Keys(tc.path)
		if root.Get(tc.path) == nil {
			p = path(t, tc.path)
		}
		n := root.Lookup(p)
		if n == nil {
			t.Errorf("%q: no %s", tc.text, tc.path)
			continue
		}
		if got := source(d, n.Span); got != tc.value {
			t.Errorf("%q: %s is placed at %q, want %q (%+v)", tc.text, tc.path, got, tc.value, n.Span)
		}
		if tc.key != "" {
			if got := source(d, root.LocateKey(p)); got != tc.key {
				t.Errorf("%q: the key of %s is placed at %q, want %q", tc.text, tc.path, got, tc.key)
			}
		}
	}
}

// writer writes random documents and remembers what it wrote for each scalar.
type writer struct {
	*rand.Rand
	strings.Builder
	want []string // key and value sources, in order
	eol  string
}

func (w *writer) scalar(indent string, flow bool) {
	plain := []string{"x", "a b", "ü-€", "1.5", "true", "http://h:80/p#q", "it's", "-1"}
	quoted := []string{"'x'", "\"y\\\"z\"", "'it''s: #'", "\"\\u00e9 ü\"", "''"}
	s := ""
	switch n := w.Intn(10); {
	case n < 4:
		s = plain[w.Intn(len(plain))]
	case n < 7:
		s = quoted[w.Intn(len(quoted))]
	case n == 7:
		s = "\"one" + w.eol + indent + "  two\""
	case flow:
		s = "z"
	case n == 8:
		s = []string{"|", "|-", "|+", ">", ">-"}[w.Intn(5)] + w.eol + indent + "  line: ü" + w.eol + w.eol + indent + "    more # no comment" + w.eol + indent + "  end"
	default:
		s = "plain" + w.eol + indent + "  goes on"
	}
	w.want = append(w.want, s)
	w.WriteString([]string{"", "", "", "!!str ", "&n ", "!t &m "}[w.Intn(6)] + s)
}

func (w *writer) mapping(indent string, depth int) {
	for i := range 1 + w.Intn(4) {
		if i > 0 {
			w.WriteString(indent)
		}
		key := fmt.Sprintf([]string{"k%d", "'q %d'", "\"é%d\"", "ü%d"}[w.Intn(4)], i)
		w.want = append(w.want, key)
		w.WriteString(key + ":")
		w.value(indent, depth)
	}
}

func (w *writer) value(indent string, depth int) {
	switch n := w.Intn(6); {
	case depth > 0 && n == 0:
		w.WriteString(w.eol + indent + "  ")
		w.mapping(indent+"  ", depth-1)
		return
	case depth > 0 && n == 1:
		w.WriteString(w.eol)
		for range 1 + w.Intn(3) {
			w.WriteString(indent + "  -")
			w.value(indent+"  ", depth-1)
		}
		return
	case n == 2:
		w.WriteString(" [ ")
		for range 1 + w.Intn(3) {
			w.scalar(indent, true)
			w.WriteString(" ,")
		}
		w.WriteString("]")
	default:
		w.WriteString(" ")
		w.scalar(indent, false)
	}
	w.WriteString(w.eol)
	if w.Intn(4) == 0 {
		w.WriteString(indent + "# comment: 'ü" + w.eol)
	}
}

// TestSpansOfGenerated writes documents and asks for the place of each scalar.
func TestSpansOfGenerated(t *testing.T) {
	t.Parallel()
	for seed := range int64(1500) {
		w := writer{Rand: rand.New(rand.NewSource(seed)), eol: "\n"}
		if w.Intn(3) == 0 {
			w.eol = "\r\n"
		}
		if w.Intn(5) == 0 {
			w.WriteString("\ufeff")
		}
		w.mapping("", 3)
		text := w.String()
		d := values.Parse("v.yaml", []byte(text), values.DefaultLimits)
		if len(d.Problems) > 0 {
			t.Fatalf("seed %d: %q: %+v", seed, text, d.Problems)
		}
		var got []string
		var walk func(n *values.Node)
		walk = func(n *values.Node) {
			for _, f := range n.Fields {
				got = append(got, source(d, f.KeySpan))
				walk(f.Value)
			}
			for _, it := range n.Items {
				walk(it)
			}
			if n.Kind != values.Map && n.Kind != values.List {
				got = append(got, source(d, n.Span))
			}
		}
		walk(d.Values())
		for i := range w.want {
			if i >= len(got) || got[i] != w.want[i] {
				t.Fatalf("seed %d: %q: scalar %d is placed at %q, want %q", seed, text, i, got[i:], w.want[i:])
			}
		}
	}
}
