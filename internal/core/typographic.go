package core

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// odd names the characters that word processors put in place of those that
// YAML and machines mean, with what to type instead.
func odd(r rune) (name, instead string) {
	switch r {
	case '“', '”', '„', '‟', '″':
		return "typographic quotation mark", `"`
	case '‘', '’', '‚', '‛', '′':
		return "typographic quotation mark", "'"
	case '\u00a0', '\u2007', '\u202f', '\u2009', '\u3000':
		return "non-breaking blank", " "
	case '\u2010', '\u2011', '\u2012', '–', '—', '\u2212':
		return "typographic dash", "-"
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad':
		return "invisible character", ""
	}
	return "", ""
}

// firstOdd returns the first such character and where it is, in characters.
func firstOdd(s string) (r rune, at int, ok bool) {
	for _, r := range s {
		if name, _ := odd(r); name != "" {
			return r, at, true
		}
		at++
	}
	return 0, 0, false
}

// describe names the character with its article.
func describe(r rune) string {
	name, instead := odd(r)
	switch instead {
	case "":
		return fmt.Sprintf("an %s U+%04X; delete it", name, r)
	case " ":
		return fmt.Sprintf("a %s U+%04X; type a plain blank", name, r)
	}
	return fmt.Sprintf("a %s %c (U+%04X); type %s", name, r, r, instead)
}

func (c *checker) typographicKey(f *values.Field) {
	r, at, ok := firstOdd(f.KeyText)
	if !ok {
		return
	}
	found := c.report("typographic-quote", lint.Error, c.oddSpan(f.KeySpan, f.KeyText, at), "key %q holds %s", f.Key, describe(r))
	found.Fix = c.plainFix(f.KeySpan, f.KeyText)
}

func (c *checker) typographicValue(n *values.Node) {
	if strings.IndexByte(n.Str, '\n') >= 0 || n.Style == values.Literal || n.Style == values.Folded {
		return // prose or a text of its own; YAML inside is judged value by value
	}
	r, at, ok := firstOdd(n.Str)
	if !ok || isProse(n.Str) || isProseKey(c.path.Last().Key) {
		return
	}
	sev := lint.Warning
	if c.opt.Known != nil && c.opt.Known(c.path) {
		sev = lint.Error
	}
	what := "the value"
	if !c.isSecret(n, nil) {
		what = fmt.Sprintf("%q", shorten(n.Str))
	}
	found := c.report("typographic-quote", sev, c.oddSpan(n.Span, n.Str, at), "%s holds %s", what, describe(r))
	if n.Style == values.Plain {
		found.Fix = guess(c.plainFix(n.Span, n.Text))
	}
}

// oddSpan narrows the span of a scalar to one character of it, if the scalar
// stands in the file as it is.
func (c *checker) oddSpan(s lint.Span, text string, at int) lint.Span {
	if s.Line != s.EndLine {
		return s
	}
	src := c.source(s)
	if src != text {
		if len(src) < 2 || src[1:len(src)-1] != text {
			return s
		}
		at++
	}
	s.Column += at
	s.EndCol = s.Column + 1
	return s
}

// plainFix returns the edit that types the scalar anew in plain characters.
func (c *checker) plainFix(s lint.Span, text string) *lint.Fix {
	if s.Line != s.EndLine || c.source(s) != text {
		return nil
	}
	var b strings.Builder
	for _, r := range text {
		if name, instead := odd(r); name != "" {
			b.WriteString(instead)
		} else {
			b.WriteRune(r)
		}
	}
	plain := strings.TrimSpace(b.String())
	if inner := strings.Trim(plain, `"'`); strings.ContainsAny(inner, `"'\`) || plain == "" || plain != inner && (len(plain) != len(inner)+2 || plain[0] != plain[len(plain)-1]) {
		return nil
	}
	return &lint.Fix{Description: "type plain characters", Edits: []lint.Edit{{Span: s, Text: plain}}}
}

// typographicLine looks at a line of a file that is no valid YAML.
func (c *checker) typographicLine(n int, line string) {
	body := line
	if i := strings.Index(line, " #"); i >= 0 {
		body = line[:i]
	}
	r, at, ok := firstOdd(body)
	if !ok {
		return
	}
	key, value, isField := strings.Cut(body, ":")
	sev := lint.Warning
	if isField && at < utf8.RuneCountInString(key) {
		sev = lint.Error
	} else if !isField || isProse(value) {
		return
	}
	f := c.report("typographic-quote", sev, lint.Span{File: c.doc.Name, Line: n, Column: at + 1, EndLine: n, EndCol: at + 2}, "the line holds %s", describe(r))
	f.Path = nil
}

// isProse tells sentences, where a typographic apostrophe is good style, from
// names, addresses and numbers. A text wrapped in typographic quotation marks
// as a whole is not spared: those were meant for YAML.
func isProse(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return false
	}
	words := len(strings.Fields(s))
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	_, a := odd(first)
	_, b := odd(last)
	if isQuote(a) && isQuote(b) && words < 8 {
		return false
	}
	return words >= 3
}

func isQuote(s string) bool { return s == `"` || s == "'" }

func isProseKey(key string) bool {
	low := strings.ToLower(key)
	for _, w := range [...]string{"description", "title", "message", "summary", "comment", "text", "label", "notes", "help", "banner", "displayname", "greeting"} {
		if strings.HasSuffix(low, w) {
			return true
		}
	}
	return false
}
