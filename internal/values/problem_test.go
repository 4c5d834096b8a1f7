package values_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/helmvet/helmvet/internal/values"
)

// TestProblems asks for the first problem of a text: where, what, and where
// else to look.
func TestProblems(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text        string
		at, message string // at is what the span covers
		line, col   int
		related     string // what the related span covers
	}{
		{"a:\n\tb: 1\n", "\t", "tab in the indentation", 2, 1, ""},
		{"a:\n  b: 1\n\t\n", "\t", "tab in the indentation", 3, 1, ""},
		{"a:\n  b: 1\n\t# c\nd: 1\n", "\t", "tab in the indentation", 3, 1, ""},
		{"a:\n  \t- b\n", "\t", "tab in the indentation", 2, 3, ""},
		{"a:\n  - \t# c\n    b\n", "\t", "tab", 2, 5, ""},
		{"host: a: b\n", ":", "second `: ` on the line, inside the unquoted value of \"host\"; quote the value", 1, 8, ""},
		{"é: 'b': c\n", ":", "colon after the closing quote of the value of \"é\"", 1, 7, ""},
		{"a: 1\n  b: 2\n", "b", "\"b\" is indented deeper than the line above, which has a value already", 2, 3, "a"},
		{"- a: 1\n   b: 2\n", "b", "\"b\" is indented deeper than the line above", 2, 4, "-"},
		{"a: 1\nb\n# c\nd: 2\n", "b", "line is neither `key: value` nor a list item; is a colon missing?", 2, 1, ""},
		{"a\n# c\nb: 1\n", "a", "line is neither `key: value` nor a list item; is a colon missing?", 1, 1, "b: 1"},
		{"a: 1\n-b\nc: 1\n", "-b", "is a blank missing after the dash?", 2, 1, ""},
		{"a: 1\nb:2\nc: 1\n", "b:2", "is a blank missing after the colon?", 2, 1, ""},
		{"a:\n  b: 1\n c: 2\n", "c:", "line is indented by 1, which matches no line above", 3, 2, "a"},
		{"a: 1\n- b\n", "-", "list item where a key was expected", 2, 1, "a"},
		{"a:\n  - b\n  c: 1\n", "c:", "key where the next item of a list was expected", 3, 3, "-"},
		{"a: 'it's'\n", "s'", "text after the closing quote of a value; write `''` for a quote inside single quotes", 1, 8, "'"},
		{"a: \"b\" c\n", "c", "text after the closing quote of a value; write `\\\"`", 1, 8, "\""},
		{"a: 1\nb: \"x\nc: 2\n", "\"", "quote is never closed; add the closing \"", 2, 4, ""},
		{"a: 'x\n", "'", "quote is never closed; add the closing '", 1, 4, ""},
		{"a: \"x\n---\nb: 1\n", "\"", "quote is never closed", 1, 4, ""},
		{"a: [1,\n  2\nb: 3\n", "[", "`[` is not closed before line 3; add the `]`", 1, 4, ":"},
		{"a: {b: 1\n", "{", "`{` is not closed before the end of the file", 1, 4, ""},
		{"a: {b: c d: e}\n", ":", "`,` or `}` expected inside `{`", 1, 11, "{"},
		{"a:\n  b: {\n", "{", "`{` is never closed", 2, 6, ""},
		{"a: ]\n", "]", "`]` closes no bracket", 1, 4, ""},
		{"a: *nope\n", "*nope", "the alias names an anchor that is not above it", 1, 4, ""},
		{"cron: * * * * *\n", "*", "value begins with `*`, which makes it an alias; quote the value", 1, 7, ""},
		{"a: & b\n", "&", "value begins with `&`", 1, 4, ""},
		{"a: @b\n", "@", "value begins with `@`, which YAML reserves; quote the value", 1, 4, ""},
		{"a: %b%\n", "%", "value begins with `%`, which YAML reserves", 1, 4, ""},
		{"a: \"C:\\path\"\n", "\\p", "`\\p` is no escape inside double quotes; write `\\\\`", 1, 7, ""},
		{"a: |x\n  y\n", "x", "text after the `|` of a block string", 1, 5, ""},
		{"a: - b\n", "-", "list item on the line of its key", 1, 4, ""},
		{"%YAML 1.2\n---\na: 1\n", "%YAML 1.2", "%YAML directive of a version that Helm does not read; delete the line", 1, 1, ""},
		{"a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", "<<<<<<< HEAD", "line is a conflict marker of a merge", 2, 1, ""},
		{"a: 1\n{{- if .x }}\nb: 1\n{{- end }}\n", "{{- if .x }}", "template action on a line of its own", 2, 1, ""},
		{"a: |\n  {{ .x }}\n  y\nb: 1\n-c\n", "-c", "is a blank missing after the dash?", 5, 1, ""},
		{"a: {{ .x }\n", "{", "template expression that begins a value and is not closed", 1, 4, ""},
		{"~: 1\n", "~", "key is null; Helm refuses it", 1, 1, ""},
		{"{a: b}: 1\n", "{", "key is a mapping; Helm accepts only scalar keys", 1, 1, ""},
		{"12345678901234567890: 1\n", "1", "key 12345678901234567890 is too large a number", 1, 1, ""},
		{"a: .inf\n", ".", ".inf is no number for JSON; Helm refuses the file, quote it", 1, 4, ""},
		{"a: !!int x\n", "!", "value is a string and cannot be tagged !!int", 1, 4, ""},
		{"a: {<<: 1}\n", "1", "`<<` needs a mapping", 1, 9, ""},
		{"a: &x [*x]\n", "*", "anchor \"x\" contains itself", 1, 8, ""},
		{"- a\n", "- a", "file holds a list, but values must be a mapping", 1, 1, ""},
		{"a:b\nc:d\n", "a:b\nc:d", "file holds a string, but values must be a mapping; is a blank missing after the colon?", 1, 1, ""},
		{"# c\ntext\n", "text", "file holds a string, but values must be a mapping", 2, 1, ""},
		{"{}\nb: 1\n", "b: 1", "text after the end of the values", 2, 1, ""},
		{"é: \x01\n", "\x01", "control character U+0001 is not allowed in YAML; delete it, or write it as \"\\x01\"", 1, 4, ""},
		{"a: \xff\n", "\xff", "byte 0xff is not valid UTF-8; save the file as UTF-8", 1, 4, ""},
		{"a\x00", "\x00", "file holds a NUL byte", 1, 2, ""},
	} {
		d := values.Parse("v.yaml", []byte(tc.text), values.DefaultLimits)
		if len(d.Problems) == 0 {
			t.Errorf("%q: no problem", tc.text)
			continue
		}
		p := d.Problems[0]
		if !strings.Contains(p.Message, tc.message) {
			t.Errorf("%q:\n got %q\nwant %q", tc.text, p.Message, tc.message)
		}
		if p.Span.Line != tc.line || p.Span.Column != tc.col || source(d, p.Span) != tc.at {
			t.Errorf("%q: placed at %d:%d %q, want %d:%d %q", tc.text, p.Span.Line, p.Span.Column, source(d, p.Span), tc.line, tc.col, tc.at)
		}
		if tc.related != "" && (len(p.Related) == 0 || source(d, p.Related[0].Span) != tc.related) {
			t.Errorf("%q: related is %+v, want %q", tc.text, p.Related, tc.related)
		}
		if strings.ToLower(p.Message[:1]) != p.Message[:1] || strings.HasSuffix(p.Message, ".") {
			t.Errorf("%q: message %q is not in the form of the others", tc.text, p.Message)
		}
	}
}

// TestSecretsStayUnsaid asks that no message quotes a value.
func TestSecretsStayUnsaid(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"password: !!int hunter2\n", "password: hunter2: x\n", "password: \"hunter2\n", "password: 'it'hunter2'\n", "password: [hunter2\n", "a: 1\nhunter2\nb: 2\n", "password: |\n  x\n hunter2\n",
		"password: @hunter2\n", "password: \"\\hunter2\"\n", "hunter2\n",
	} {
		for _, p := range values.Parse("v.yaml", []byte(text), values.DefaultLimits).Problems {
			if strings.Contains(p.Message, "hunter2") {
				t.Errorf("%q: %s", text, p.Message)
			}
		}
	}
	for _, arg := range []string{"password=a,hunter2", "password.x=hunter2", "a[hunter2]=1"} {
		_, problems, err := values.Loader{Read: one("password: 1\n")}.Release(values.Options{ValueFiles: []string{"v.yaml"}, Values: []string{arg}})
		if err != nil || len(problems) != 1 {
			t.Fatalf("%s: %v %v", arg, problems, err)
		}
		if m := problems[0].Message; strings.Contains(m, "hunter2") && !strings.Contains(arg, "[") {
			t.Errorf("%q: %s", arg, m)
		}
	}
}

func one(text string) func(string) ([]byte, error) {
	return func(string) ([]byte, error) { return []byte(text), nil }
}

// TestHostile feeds what a careless or evil author could write: one clear
// problem or none, little time, little memory.
func TestHostile(t *testing.T) {
	deepBlock := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Repeat(" ", i) + "a:\n")
		}
		return b.String()
	}
	bomb := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for i := 'b'; i < 'z'; i++ {
		bomb += string(i) + ": &" + string(i) + " [" + strings.Repeat("*"+string(i-1)+",", 10) + "]\n"
	}
	chain := "a0: &a0 [x]\n" + strings.Repeat("b: 1\n", 3000)
	for i := range 150 {
		chain += fmt.Sprintf("a%d: &a%d [[[[[[[[*a%d]]]]]]]]\n", i+1, i+1, i)
	}
	for _, tc := range []struct{ name, text, message string }{
		{"large", strings.Repeat("a: 0123456789abcdef\n", 50<<20/20), "more than the limit"},
		{"many", "a: [" + strings.Repeat("a,", 4<<20) + "]\n", "about 4194306 values"},
		{"lines", strings.Repeat("- a\n", 2<<20), "values, more than the limit"},
		{"flow", "a: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "\n", "nested deeper"},
		{"open flow", "a: " + strings.Repeat("[", 500_000), "nested deeper"},
		{"open flow mappings", "a: " + strings.Repeat("{", 500_000), "nested deeper"},
		{"flow mappings", "a: " + strings.Repeat("{a: ", 10_000) + strings.Repeat("}", 10_000) + "\n", "nested deeper"},
		{"block", deepBlock(1200), "nested deeper"},
		{"dashes", strings.Repeat("- ", 12_000) + "a\n", "nested deeper"},
		{"bomb", bomb, "too many for Helm"},
		{"chain of aliases", chain, "nested deeper"},
		{"invalid UTF-8", "a: " + strings.Repeat("x", 1<<20) + "\xff", "not valid UTF-8"},
		{"zeros", strings.Repeat("\x00", 1<<20), "NUL byte"},
		{"one line", "a: " + strings.Repeat("x ", 1<<20) + "\n", ""},
		{"quoted", "a: \"" + strings.Repeat("\\n", 1<<20) + "\"\n", ""},
		{"open quote", "a: \"" + strings.Repeat("x\n", 300<<10), "never closed"},
		{"comments", strings.Repeat("# c\n", 200<<10), ""},
		{"keys", strings.Repeat("? ", 5000) + "a\n", "key is a mapping"},
		{"anchors", strings.Repeat("&a ", 100_000) + "b\n", ""},
		{"duplicates", "a: {" + strings.Repeat("b: 1, ", 2000) + "}\n", ""},
		{"blanks", strings.Repeat(" ", 4<<20), ""},
		{"empty", "", ""},
		{"comment", "# c", ""},
		{"templates", strings.Repeat("{{ .x }}", 20_000), ""},
		{"open templates", strings.Repeat("{{", 500), "never closed"},
		{"documents", "a: 1\n" + strings.Repeat("---\na: 1\n", 20_000), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			d := values.Parse("v.yaml", []byte(tc.text), values.DefaultLimits)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if tc.message == "" {
				return
			}
			if len(d.Problems) != 1 {
				t.Fatalf("%d problems, want one", len(d.Problems))
			}
			if !strings.Contains(d.Problems[0].Message, tc.message) {
				t.Errorf("got %q, want %q", d.Problems[0].Message, tc.message)
			}
			if took > 20*time.Second {
				t.Errorf("took %s", took)
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<30 {
				t.Errorf("took %d MiB", grown>>20)
			}
			t.Logf("%s, %d MiB", took, (after.TotalAlloc-before.TotalAlloc)>>20)
		})
	}
}
