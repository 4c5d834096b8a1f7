package fix_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
)

// wordRules judges a text word by word: each rule wants a word replaced.
type wordRule struct {
	bad, good string
	unsafe    bool
}

func wordLint(text string, rules []wordRule) []lint.Finding {
	var out []lint.Finding
	for n, line := range strings.Split(text, "\n") {
		for _, r := range rules {
			if i := strings.Index(line, r.bad); i >= 0 {
				s := lint.Span{File: "v.yaml", Line: n + 1, Column: i + 1, EndLine: n + 1, EndCol: i + 1 + len(r.bad)}
				f := lint.Finding{Rule: "t/" + r.bad, Severity: lint.Warning, Message: "no " + r.bad, Path: lint.Keys(line[:1]), Span: s}
				if r.good != "" {
					f.Fix = &lint.Fix{Description: "write " + r.good, Unsafe: r.unsafe, Edits: []lint.Edit{{Span: s, Text: r.good}}}
				}
				out = append(out, f)
			}
		}
	}
	return out
}

func TestRun(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		text, want string
		rules      []wordRule
		unsafe     bool
		refused    string // part of the reason
	}{
		"two at once":        {text: "a: x1\nb: x1\n", want: "a: ok\nb: ok\n", rules: []wordRule{{bad: "x1", good: "ok"}}},
		"one leads on":       {text: "a: x1\n", want: "a: ok\n", rules: []wordRule{{bad: "x1", good: "y1"}, {bad: "y1", good: "ok"}}},
		"one leads to worse": {text: "a: x1\nb: z1\n", want: "a: x1\nb: ok\n", rules: []wordRule{{bad: "x1", good: "y1"}, {bad: "y1"}, {bad: "z1", good: "ok"}}, refused: "it would lead to warning: no y1"},
		"round and round":    {text: "a: x1\n", want: "a: x1\n", rules: []wordRule{{bad: "x1", good: "y1"}, {bad: "y1", good: "x1"}}, refused: "it would lead to"},
		"of no use":          {text: "a: x1\n", want: "a: x1\n", rules: []wordRule{{bad: "x1", good: "x1x1"}}, refused: "the finding would stay"},
		"guess":              {text: "a: x1\n", want: "a: x1\n", rules: []wordRule{{bad: "x1", good: "ok", unsafe: true}}},
		"guess on demand":    {text: "a: x1\n", want: "a: ok\n", rules: []wordRule{{bad: "x1", good: "ok", unsafe: true}}, unsafe: true},
		"many bad ones": {
			text: strings.Repeat("a: x1\n", 9) + "b: z1\n", want: strings.Repeat("a: x1\n", 9) + "b: ok\n",
			rules: []wordRule{{bad: "x1", good: "y1"}, {bad: "y1"}, {bad: "z1", good: "ok"}}, refused: "it would lead to",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res, err := fix.Run(t.Context(), fix.Job{
				Findings: wordLint(tc.text, tc.rules), Unsafe: tc.unsafe,
				Key:      func(s string) string { return s },
				Editable: func(string) bool { return true },
				Read:     func(string) ([]byte, error) { return []byte(tc.text), nil },
				Lint: func(_ context.Context, over map[string][]byte) ([]lint.Finding, error) {
					return wordLint(string(over["v.yaml"]), tc.rules), nil
				},
			})
			if err != nil {
				t.Fatal(err)
			}
			got := tc.text
			if len(res.Files) > 0 {
				got = string(res.Files[0].After)
			}
			if got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if (tc.refused != "") != (len(res.Refused) > 0) {
				t.Fatalf("refused %+v", res.Refused)
			}
			for _, r := range res.Refused {
				if !strings.Contains(r.Why, tc.refused) {
					t.Errorf("refused because %s, want %s", r.Why, tc.refused)
				}
			}
		})
	}
}

func TestApplyKeepsEncodings(t *testing.T) {
	t.Parallel()
	at := func(line, col, endCol int) lint.Span {
		return lint.Span{Line: line, Column: col, EndLine: line, EndCol: endCol}
	}
	edits := []lint.Edit{{Span: at(2, 4, 5), Text: "2"}, {Span: at(1, 1, 1), Text: "n: 0\n"}}
	for name, tc := range map[string]struct{ in, want string }{
		"LF":        {"a: ü\nb: 1\n", "n: 0\na: ü\nb: 2\n"},
		"CRLF":      {"a: ü\r\nb: 1\r\n", "n: 0\r\na: ü\r\nb: 2\r\n"},
		"mixed":     {"a: ü\r\nb: 1\n", "n: 0\na: ü\r\nb: 2\n"},
		"BOM":       {"\ufeffa: ü\nb: 1\n", "\ufeffn: 0\na: ü\nb: 2\n"},
		"UTF-16 LE": {"\xff\xfea\x00:\x00 \x00\xfc\x00\n\x00b\x00:\x00 \x001\x00", "\xff\xfen\x00:\x00 \x000\x00\n\x00a\x00:\x00 \x00\xfc\x00\n\x00b\x00:\x00 \x002\x00"},
		"UTF-16 BE": {"\xfe\xff\x00a\x00:\x00 \x00\xfc\x00\n\x00b\x00:\x00 \x001", "\xfe\xff\x00n\x00:\x00 \x000\x00\n\x00a\x00:\x00 \x00\xfc\x00\n\x00b\x00:\x00 \x002"},
	} {
		got, err := fix.Apply([]byte(tc.in), edits)
		if err != nil || string(got) != tc.want {
			t.Errorf("%s: got %q, %v; want %q", name, got, err, tc.want)
		}
	}
}

func TestWriteLosesNothing(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "v.yaml")
	if err := os.WriteFile(name, []byte("a: 1\n"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := fix.Write(fix.File{Name: name, Before: []byte("a: 0\n"), After: []byte("a: 2\n")}); err == nil || !strings.Contains(err.Error(), "changed by someone else") {
		t.Errorf("a file that changed meanwhile: %v", err)
	}
	if data, _ := os.ReadFile(name); string(data) != "a: 1\n" {
		t.Errorf("it holds %q", data)
	}
	if err := fix.Write(fix.File{Name: name, Before: []byte("a: 1\n"), After: []byte("a: 2\n")}); err != nil {
		t.Error(err)
	}
	data, _ := os.ReadFile(name)
	if !bytes.Equal(data, []byte("a: 2\n")) {
		t.Errorf("it holds %q", data)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), "*")); len(left) != 1 {
		t.Errorf("left behind: %q", left)
	}
}
