package listing_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/listing"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// FuzzScalar wants every string to be read again as it was.
func FuzzScalar(f *testing.F) {
	for _, s := range []string{
		"", "a", "false", "False", "yes", "off", "null", "~", "1.10", "1e3", "0x1f", "abcdef", "a - b - c", "registry.example.com/a/b", "abcdef ", " abcdef", "abc: def", "abcde #f", "abcdef:",
		"key-1_2", "letter/", "2026-01-01", "infinity", "a\tb", "a\nb", "'quoted'", "${VAR}x", "{{ x }}", "é", "abcdefé", "<<", "?", "- a", "abcdef\x00",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := listing.Scalar(s)
		read := values.Parse("f", []byte("k: "+text+"\n"), values.DefaultLimits).Values().Get("k")
		if !strings.Contains(s, "\ufffd") && strings.ToValidUTF8(s, "") == s && (read == nil || read.Value.Kind != values.String || read.Value.Str != s) {
			t.Errorf("%q is written as %s", s, text)
		}
	})
}

// TestLines wants each line to know its value, and secrets to be masked.
func TestLines(t *testing.T) {
	root := values.Parse("f", []byte("a:\n  b: [1, {c: x}]\n  password: hunter2hunter2\nt: |\n  one\n  two\ne: {}\n"), values.DefaultLimits).Values()
	var got []string
	for _, l := range listing.Lines(root, redact.Nodes(root, nil)) {
		if (l.Node == nil) != (len(l.Path) == 0) || l.Node != nil && root.Lookup(l.Path) != l.Node {
			t.Errorf("line %q has the path %s, which is another value", l.Text, l.Path)
		}
		got = append(got, fmt.Sprintf("%s | %s | %t", l.Text, l.Path, l.Placed))
	}
	want := `a: | a | false
  b: | a.b | true
    - 1 | a.b[0] | false
    - c: x | a.b[1].c | true
  password: "********" | a.password | true
t: | | t | true
  one |  | false
  two |  | false
e: {} | e | true`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
}

// BenchmarkLines lists a values file of 300 lines.
func BenchmarkLines(b *testing.B) {
	var text strings.Builder
	for i := range 300 {
		fmt.Fprintf(&text, "key%d: some value number %d\n", i, i)
	}
	root := values.Parse("f", []byte(text.String()), values.DefaultLimits).Values()
	for b.Loop() {
		listing.Lines(root, nil)
	}
}
