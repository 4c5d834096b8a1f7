package fix_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

func parse(text string) *values.Document {
	return values.Parse("v.yaml", []byte(text), values.DefaultLimits)
}

func path(t *testing.T, s string) lint.Path {
	t.Helper()
	p, err := lint.ParsePath(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestKeys(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do, text, want, fails string
		keep                  bool
	}{
		"scalar": {do: "-a", text: "b: 1\na: 2 # two\nc: 3\n", want: "b: 1\nc: 3\n"},
		"subtree with comments": {
			do:   "-a.b",
			text: "# head\n\na:\n  # about b\n  # more\n  b:\n    c: 1 # c\n    # below b\n    d: [1, 2]\n    # last of b\n  # about e\n  e: 2\n",
			want: "# head\n\na:\n  # about e\n  e: 2\n",
		},
		"head of the file stays":     {do: "-a", text: "# owner: us\na: 1\nb: 2\n", want: "# owner: us\nb: 2\n"},
		"the last key takes parents": {do: "-a.b.c", text: "a:\n  b:\n    c: 1\nd: 2\n", want: "d: 2\n"},
		"unless they must stay":      {do: "-a.b.c", text: "a:\n  b: # why\n    c: 1\nd: 2\n", want: "a:\n  b: {}\nd: 2\n", keep: true},
		"block string":               {do: "-a", text: "a: |\n  one\n\n  two\nb: 1\n", want: "b: 1\n"},
		"list at the same indent":    {do: "-a", text: "a:\n- 1\n# two\n- 2\nb: 1\n", want: "b: 1\n"},
		"no line end":                {do: "-b", text: "a: 1\nb: 2", want: "a: 1\n"},
		"CRLF":                       {do: "-a.b", text: "a:\r\n  b: 1\r\n  c: 2\r\n", want: "a:\r\n  c: 2\r\n"},
		"all":                        {do: "-a", text: "---\n# all\na: 1\n", want: "---\n"},
		"null":                       {do: "-a.b", text: "a:\n  b:\n  c: 1\n", want: "a:\n  c: 1\n"},
		"quoted":                     {do: `-a\.b`, text: "\"a.b\": \"x: y\"\nc: 1\n", want: "c: 1\n"},
		"byte order mark":            {do: "-a", text: "\ufeffa: 1\nb: 2\n", want: "\ufeffb: 2\n"},
		"alias as value":             {do: "-b", text: "a: &x 1\nb: *x\n", want: "a: &x 1\n"},
		"flow":                       {do: "-a.b", text: "a: {b: 1, c: 2}\n", fails: "is written in braces"},
		"anchor in use":              {do: "-a", text: "a: &x 1\nb: *x\n", fails: "other values depend on how it is written"},
		"below an alias":             {do: "-b.c", text: "a: &x\n  c: 1\n  d: 2\nb: *x\n", fails: "under an anchor"},
		"merged":                     {do: "-b.c", text: "a: &x {c: 1, d: 2}\nb:\n  <<: *x\n  e: 1\n", fails: "comes in by <<"},
		"twice":                      {do: "-a", text: "a: 1\na: 2\nb: 1\n", fails: "is written twice"},
		"in a list":                  {do: "-a[0].b", text: "a:\n- b: 1\n  c: 2\n", fails: "stands in a list"},
		"absent":                     {do: "-x", text: "a: 1\n", fails: "is not set"},
		"broken":                     {do: "-a", text: "a: 1\nb: [\n", fails: "mended first"},

		"rename":        {do: "a.b=a.c", text: "a:\n  # why\n  b: 1 # one\n", want: "a:\n  # why\n  c: 1 # one\n"},
		"rename quoted": {do: "a=on", text: "a: 1\n", want: "\"on\": 1\n"},
		"rename taken":  {do: "a=b", text: "a: 1\nb: 2\n", fails: "b is set, too"},

		"move down": {
			do:   "a.b=x.w.b",
			text: "a:\n  # why\n  b:\n    c: 1\n    d: |\n      text\n\n      more\n  e: 2\nx:\n  z: 3\n",
			want: "a:\n  e: 2\nx:\n  z: 3\n  w:\n    # why\n    b:\n      c: 1\n      d: |\n        text\n\n        more\n",
		},
		"move up":        {do: "a.b.c=c", text: "a:\n  b:\n    # why\n    c: 1\nd: 2", want: "d: 2\n# why\nc: 1\n"},
		"move to sister": {do: "a.b=a.c.b", text: "a:\n  b: 1\n  c:\n    d: 2\n", want: "a:\n  c:\n    d: 2\n    b: 1\n"},
		"move, parents":  {do: "a.b=x.b", text: "a:\n  b: 1\nc: 1\n", want: "c: 1\nx:\n  b: 1\n"},
		"move into":      {do: "a=a.b", text: "a: 1\n", fails: "lie within each other"},
		"move, taken":    {do: "a.b=x.b", text: "a:\n  b: 1\nx:\n  b: 1\n", fails: "is set, too"},
		"move, scalar":   {do: "a.b=x.b", text: "a:\n  b: 1\nx: 1\n", fails: "is no mapping"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := parse(tc.text)
			keep := func(lint.Path) bool { return tc.keep }
			var edits []lint.Edit
			var err error
			if from, to, ok := strings.Cut(tc.do, "="); ok {
				edits, err = fix.Move(d, path(t, from), path(t, to), keep)
			} else {
				edits, err = fix.Remove(d, path(t, tc.do[1:]), keep)
			}
			if tc.fails != "" {
				if err == nil || !strings.Contains(err.Error(), tc.fails) {
					t.Fatalf("got %v, want %s", err, tc.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := fix.Apply(d.Data, edits)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tc.want, string(got)); d != "" {
				t.Errorf("want -, got +:\n%s", d)
			}
		})
	}
}

// FuzzRemove removes every key of a document: what is left has to be the same
// lines, and the same values without the key.
func FuzzRemove(f *testing.F) {
	for _, s := range []string{
		"# h\na:\n  # c\n  b: 1\n  c: |\n    x\n    # no comment\n\nd: [1,\n 2]\n# end\n",
		"a: &x {b: 1}\nc: *x\nd:\n- e: 1\n  f: 2\n",
		"a: >-\n  folded\n  text\nb: 'x\n  y'\n\"q k\":\n  ? z\n  : 1\n",
		"\ufeffa:\r\n  b: {}\r\n  c:\r\n    - 1\r\n",
		"a: # x\n  - b\n# y\n  # z\nc:\n    d: 1\n   # odd\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := parse(text)
		root := d.Values()
		if root == nil || len(d.Problems) > 0 {
			return
		}
		root.Walk(nil, func(p lint.Path, _ *values.Node) bool {
			if len(p) == 0 {
				return true
			}
			edits, err := fix.Remove(d, p, nil)
			if err != nil {
				return true
			}
			after, err := fix.Apply(d.Data, edits)
			if err != nil {
				t.Fatal(err)
			}
			e := edits[0].Span
			head, tail := d.Data[:d.Offset(e.Line, e.Column)], d.Data[d.Offset(e.EndLine, e.EndCol):]
			if len(edits) != 1 || edits[0].Text != "" || !bytes.Equal(after, append(bytes.Clone(head), tail...)) {
				t.Fatalf("%s: more than the key changed", p)
			}
			left := parse(string(after))
			if left.Values().Lookup(p) != nil || len(left.Problems) > 0 {
				t.Fatalf("%s is still there:\n%s", p, after)
			}
			if again, err := fix.Remove(left, p, nil); err == nil {
				t.Fatalf("%s was removed twice: %v", p, again)
			}
			for i := range root.Fields { // what is beside it stays as it was
				k := root.Fields[i].Key
				if k != p[0].Key && !reflect.DeepEqual(left.Values().Get(k).Value.Any(), root.Fields[i].Value.Any()) {
					t.Fatalf("removing %s changed %s", p, k)
				}
			}
			return true
		})
	})
}

func TestApply(t *testing.T) {
	t.Parallel()
	at := func(l, c, el, ec int, s string) lint.Edit {
		return lint.Edit{Span: lint.Span{Line: l, Column: c, EndLine: el, EndCol: ec}, Text: s}
	}
	got, err := fix.Apply([]byte("aä: 1\nb: 2\n"), []lint.Edit{at(2, 1, 2, 2, "c"), at(1, 2, 1, 3, "o")})
	if err != nil || string(got) != "ao: 1\nc: 2\n" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := fix.Apply([]byte("ab\n"), []lint.Edit{at(1, 1, 1, 3, ""), at(1, 2, 1, 3, "")}); err == nil {
		t.Error("edits that overlap were applied")
	}
	if d := fix.Diff("v.yaml", []byte("a\nb\n"), []byte("a\n")); !bytes.Contains(d, []byte("--- a/v.yaml\n+++ b/v.yaml\n@@ -1,2 +1,1 @@\n a\n-b\n")) {
		t.Errorf("%s", d)
	}
}
