package core

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// syntax reports why the file is not what Helm can read, and whether some part
// of it has no tree.
func (c *checker) syntax() (broken bool) {
	for _, p := range c.doc.Problems {
		if !isSyntax(c.doc, p) {
			f := c.report("yaml-syntax", lint.Error, p.Span, "%s", p.Message)
			f.Related = p.Related
			continue
		}
		if p.Doc > 0 && !c.opt.Manifest {
			c.second = &p // Helm 3 never reads that far
			continue
		}
		broken = true
		whole := file{lines: sourceLines(c.doc), span: func(s lint.Span) lint.Span { s.File = c.doc.Name; return s }}
		for _, x := range whole.diagnose(p) {
			c.reportDefect(x)
		}
	}
	return broken
}

func (c *checker) reportDefect(x defect) {
	f := c.report("yaml-syntax", lint.Error, x.span, "not valid YAML: %s", x.cause)
	f.Related, f.Fix = x.related, x.fix
}

// isSyntax tells the YAML reader's complaints from those about text that is no
// text, and about YAML that is no values; these explain themselves. Where the
// reader gives up there is no tree.
func isSyntax(d *values.Document, p values.Problem) bool {
	if p.Doc < len(d.Roots) {
		return false
	}
	for _, s := range [...]string{"file ", "byte ", "control character "} {
		if strings.HasPrefix(p.Message, s) {
			return false
		}
	}
	return true
}

// unquotedTemplate reports a value that begins with a template expression, which
// YAML takes for a mapping. The file was read as if the expressions were replaced.
func (c *checker) unquotedTemplate(n *values.Node) {
	if !c.doc.Templated || c.inText || len(c.path) == 0 || n.Style != values.Plain || !strings.HasPrefix(n.Text, "{{") || isTemplateFile(c.doc.Name) {
		return
	}
	sev := lint.Warning
	if c.opt.Final {
		sev = lint.Error
	}
	f := c.report("yaml-syntax", sev, n.Span, "a value that begins with {{ is a mapping in YAML, and Helm refuses the file; put the template expression in quotation marks")
	if src := c.source(n.Span); src == n.Text && n.Span.Line == n.Span.EndLine {
		q := `"`
		if strings.Contains(src, q) || strings.Contains(src, `\`) {
			q, src = "'", strings.ReplaceAll(src, "'", "''")
		}
		f.Fix = &lint.Fix{Description: "quote the expression", Unsafe: true, Edits: []lint.Edit{{Span: n.Span, Text: q + src + q}}}
	}
}

// isTemplateFile reports whether the file's name says that a tool such as
// helmfile replaces the expressions before Helm reads it.
func isTemplateFile(name string) bool {
	return strings.HasSuffix(name, ".gotmpl") || strings.HasSuffix(name, ".tmpl") || strings.HasSuffix(name, ".tpl")
}

func sourceLines(d *values.Document) []string {
	lines := make([]string, d.Lines())
	for i := range lines {
		lines[i] = d.Line(i + 1)
	}
	return lines
}

// textSyntax reports broken YAML inside a block string that is surely meant as
// YAML.
func (c *checker) textSyntax(n *values.Node) {
	if n.Style != values.Literal {
		return
	}
	inner := values.Parse("", []byte(n.Str), values.DefaultLimits)
	place := func(line, col int) (int, int) {
		outer := n.Span.Line + line
		text := inner.Line(line)
		return outer, utf8.RuneCountInString(c.doc.Line(outer)) - utf8.RuneCountInString(text) + col
	}
	f := file{lines: sourceLines(inner), part: true, span: func(s lint.Span) lint.Span {
		s.File = c.doc.Name
		s.Line, s.Column = place(s.Line, s.Column)
		s.EndLine, s.EndCol = place(s.EndLine, s.EndCol)
		return s
	}}
	for _, p := range inner.Problems {
		if !isSyntax(inner, p) {
			continue
		}
		for _, x := range f.diagnose(p) {
			found := c.report("yaml-syntax", lint.Error, x.span, "the text of %s is not valid YAML: %s", nameFor(c.path, nil), x.cause)
			found.Related, found.Fix = x.related, x.fix
		}
	}
}

// defect is one explained mistake of the syntax.
type defect struct {
	span    lint.Span
	cause   string
	related []lint.Related
	fix     *lint.Fix
	told    bool // another rule reports the same
}

// file is a text under diagnosis. span places what was found in it.
type file struct {
	lines []string
	span  func(lint.Span) lint.Span
	part  bool // a text inside a string, which may be a list
	spent int  // bytes parsed so far
}

// repair is a guess at a mistake: what the lines should have been. A guess is
// believed when the text parses further with it than without.
type repair struct {
	cause   string
	line    int // where the mistake is
	col     int
	endCol  int
	change  map[int]string // new text by line number
	safe    bool           // the change is what the author must have meant
	fixText string         // what the fix does
	told    bool           // another rule reports the same
}

const (
	maxDefects = 5       // reported in one file
	maxParsed  = 4 << 20 // bytes that guessing may parse
)

// diagnose finds the mistakes behind a complaint of the YAML reader. Those that
// another rule reports are left out unless there is nothing else to say.
func (f *file) diagnose(first values.Problem) []defect {
	all := f.defects(first)
	if rest := slices.DeleteFunc(slices.Clone(all), func(x defect) bool { return x.told }); len(rest) > 0 {
		return rest
	}
	return all[:1]
}

func (f *file) defects(first values.Problem) []defect {
	var out []defect
	problem := first
	if _, ok := f.try(nil, values.Problem{Span: lint.Span{Line: len(f.lines) + 1}}); ok {
		return []defect{f.unexplained(first)} // broken only after placeholders were replaced
	}
	for len(out) < maxDefects {
		r, next, ok := f.explain(problem)
		if !ok {
			if len(out) == 0 {
				out = append(out, f.unexplained(problem))
			}
			return out
		}
		x := defect{cause: r.cause, told: r.told, span: f.span(lint.Span{Line: r.line, Column: r.col, EndLine: r.line, EndCol: r.endCol})}
		if problem.Span.Line != r.line && problem.Span.Line <= len(f.lines) {
			s := problem.Span
			x.related = []lint.Related{{Span: f.span(s), Message: "the YAML reader stumbles here"}}
		}
		if r.safe {
			x.fix = &lint.Fix{Description: r.fixText}
			for _, l := range slices.Sorted(maps.Keys(r.change)) {
				text := r.change[l]
				x.fix.Edits = append(x.fix.Edits, lint.Edit{Span: f.span(wholeLine("", l, f.lines[l-1])), Text: text})
			}
		}
		out = append(out, x)
		for l, text := range r.change {
			f.lines[l-1] = text // numbers of lines stay
		}
		if next == nil {
			return out
		}
		problem = *next
	}
	return out
}

func wholeLine(name string, n int, text string) lint.Span {
	return lint.Span{File: name, Line: n, Column: 1, EndLine: n, EndCol: utf8.RuneCountInString(text) + 1}
}

func (f *file) unexplained(p values.Problem) defect {
	s := p.Span
	if s.Line > len(f.lines) {
		s.Line, s.EndLine = len(f.lines), len(f.lines)
		s.Column, s.EndCol = 1, 2
	}
	x := defect{span: f.span(s), cause: p.Message}
	if strings.Contains(p.Message, "anchor") {
		x.cause = "there is no anchor of that name above it; quote the value if it is text" // which may be a password
	}
	for _, r := range p.Related {
		x.related = append(x.related, lint.Related{Span: f.span(r.Span), Message: r.Message})
	}
	return x
}

// explain returns the first repair that lets the reader go on, and what it
// complains about then, if anything. Dots and tabs are mistakes for certain, so
// guesses are also made as if those were mended. Indentation comes last: moving
// a line mends much that has another cause.
func (f *file) explain(p values.Problem) (repair, *values.Problem, bool) {
	wholesale := f.wholesale(p)
	certain := map[int]string{}
	for _, r := range wholesale {
		maps.Copy(certain, r.change)
	}
	for _, guesses := range [...][]repair{append(wholesale, f.guesses(p)...), f.indentations(p.Span.Line)} {
		for _, r := range guesses {
			if next, ok := f.try(r.change, p); ok {
				return r, next, true
			}
		}
		if len(certain) == 0 {
			continue
		}
		for _, r := range guesses {
			both := maps.Clone(certain)
			maps.Copy(both, r.change)
			if next, ok := f.try(both, p); ok {
				r.change, r.safe = both, false
				return r, next, true
			}
		}
	}
	return repair{}, nil, false
}

// try parses the text with a change and reports whether it gets further than
// the problem.
func (f *file) try(change map[int]string, p values.Problem) (*values.Problem, bool) {
	var b strings.Builder
	for i, line := range f.lines {
		if t, ok := change[i+1]; ok {
			line = t
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	if f.spent += b.Len(); f.spent > maxParsed {
		return nil, false
	}
	d := values.Parse("", []byte(b.String()), values.DefaultLimits)
	var next *values.Problem
	for i := range d.Problems {
		if isSyntax(d, d.Problems[i]) {
			next = &d.Problems[i]
		} else if strings.Contains(d.Problems[i].Message, "key is a") || !f.part && strings.Contains(d.Problems[i].Message, "must be a mapping") {
			return nil, false // the repair made other nonsense
		}
	}
	if next == nil {
		return nil, true
	}
	return next, next.Span.Line > p.Span.Line
}

// wholesale guesses at mistakes that are usually all over a file: marks of a
// merge conflict, lines of dots, tabs, template code.
func (f *file) wholesale(p values.Problem) []repair {
	type kind struct {
		is    func(string) bool
		mend  func(string) string
		cause string
		told  bool
	}
	blank := func(string) string { return "" }
	kinds := [...]kind{
		{isConflictMark, blank, "a mark of an unfinished merge; decide for one side and delete the marks", false},
		{func(s string) bool { return isDots([]byte(strings.TrimLeft(s, " \t"))) }, blank, "a line of dots stands for text that was left out; put it in or delete the line", true},
		{hasTabIndent, func(s string) string {
			t := strings.TrimLeft(s, " \t")
			return strings.ReplaceAll(s[:len(s)-len(t)], "\t", "  ") + t
		}, "a tab in the indentation; indent with blanks", true},
		{isTemplateLine, blank, "a line of template code; Helm runs templates, not values files, so write the values themselves", false},
	}
	var out []repair
	for _, k := range kinds {
		r := repair{cause: k.cause, told: k.told, change: map[int]string{}}
		scan := blockScanner{}
		for i, line := range f.lines {
			if scan.next([]byte(line)) && !isConflictMark(line) || !k.is(line) {
				continue
			}
			r.change[i+1] = k.mend(line)
			if r.line == 0 {
				r.line = i + 1
			}
		}
		if r.line == 0 || r.line > p.Span.Line+1 {
			continue
		}
		r.mark(f.lines[r.line-1])
		out = append(out, r)
	}
	return out
}

// mark spans the text of the repair's line.
func (r *repair) mark(line string) {
	t := strings.TrimRight(line, " \t")
	r.col = utf8.RuneCountInString(t) - utf8.RuneCountInString(strings.TrimLeft(t, " \t")) + 1
	r.endCol = utf8.RuneCountInString(t) + 1
}

func isConflictMark(s string) bool {
	return strings.HasPrefix(s, "<<<<<<< ") || strings.HasPrefix(s, ">>>>>>> ") || s == "=======" || strings.HasPrefix(s, "||||||| ")
}

func hasTabIndent(s string) bool {
	t := strings.TrimLeft(s, " \t")
	return t != "" && t[0] != '#' && strings.ContainsRune(s[:len(s)-len(t)], '\t')
}

func isTemplateLine(s string) bool {
	t := strings.TrimSpace(s)
	return strings.HasPrefix(t, "{{") && strings.HasSuffix(t, "}}") && !strings.Contains(t, "}}:")
}

// guesses are about single lines around the place where the reader stopped.
func (f *file) guesses(p values.Problem) []repair {
	var window []int
	add := func(l int) {
		if l < 1 || l > len(f.lines) {
			return
		}
		for _, w := range window {
			if w == l {
				return
			}
		}
		window = append(window, l)
	}
	at := p.Span.Line
	for _, r := range p.Related {
		add(r.Span.Line)
	}
	for l, n := at, 0; l >= 1 && n < 3; l-- { // the line itself and the two before it that say something
		add(l)
		if t := strings.TrimSpace(f.line(l)); t != "" && t[0] != '#' {
			n++
		}
	}
	add(at + 1)
	var out []repair
	for _, guess := range [...]func(int) (repair, bool){
		f.wrappedComment, f.missingColon, f.missingBlank, f.openQuote, f.badEscape, f.brokenExpression,
		f.unquotedValue, f.textAfterQuote, f.openFlow, f.openBracket, f.shallowText, f.wrappedLine,
	} {
		for _, l := range window {
			if r, ok := guess(l); ok {
				if r.line == 0 {
					r.line = l
				}
				if r.endCol == 0 {
					r.mark(f.line(r.line))
				}
				out = append(out, r)
			}
		}
	}
	return out
}

func (f *file) line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	return f.lines[n-1]
}

// before returns the nearest line above with something on it, comments too.
func (f *file) before(n int) int {
	for l := n - 1; l >= 1; l-- {
		if strings.TrimSpace(f.line(l)) != "" {
			return l
		}
	}
	return 0
}

func (f *file) wrappedComment(l int) (repair, bool) {
	line := f.line(l)
	t := strings.TrimSpace(line)
	prev := f.line(l - 1)
	if t == "" || t[0] == '#' || t[0] == '-' || strings.Contains(t, ": ") || strings.HasSuffix(t, ":") {
		return repair{}, false
	}
	if !strings.HasPrefix(strings.TrimSpace(prev), "#") && !strings.Contains(prev, " #") {
		return repair{}, false
	}
	if bare := isBareWord(t); bare && indentation(line) > 0 {
		return repair{}, false // rather a key without its colon
	}
	in := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	return repair{
		cause: fmt.Sprintf("%q looks like the rest of the comment above; put # before it", shorten(t)), change: map[int]string{l: in + "# " + t},
		safe: true, fixText: "put # before the wrapped comment",
	}, true
}

func isBareWord(t string) bool {
	if i := strings.Index(t, " #"); i >= 0 {
		t = strings.TrimRight(t[:i], " ")
	}
	if t == "" || t[0] == '.' || t[0] == '-' {
		return false
	}
	for i := range len(t) {
		if !isKeyByte(t[i]) {
			return false
		}
	}
	return true
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

func (f *file) missingColon(l int) (repair, bool) {
	line := f.line(l)
	t := strings.TrimLeft(line, " ")
	t = strings.TrimPrefix(t, "- ")
	if !isBareWord(strings.TrimRight(t, " \t")) {
		return repair{}, false
	}
	word, comment := strings.TrimRight(t, " \t"), ""
	if i := strings.Index(word, " #"); i >= 0 {
		word, comment = strings.TrimRight(word[:i], " "), " "+strings.TrimLeft(word[i:], " ")
	}
	head := line[:len(line)-len(t)]
	return repair{
		cause:  fmt.Sprintf("the key %s has no colon; write %s:", word, word),
		change: map[int]string{l: head + word + ":" + comment}, safe: true, fixText: "add the colon",
		col: len(head) + 1, endCol: len(head) + len(word) + 1,
	}, true
}

func (f *file) missingBlank(l int) (repair, bool) {
	line := f.line(l)
	t := strings.TrimLeft(line, " ")
	t = strings.TrimPrefix(t, "- ")
	i := 0
	for i < len(t) && isKeyByte(t[i]) {
		i++
	}
	if i == 0 || i+1 >= len(t) || t[i] != ':' || t[i+1] == ' ' || t[i+1] == '/' || t[i+1] == ':' {
		return repair{}, false
	}
	head := line[:len(line)-len(t)]
	return repair{
		cause:  fmt.Sprintf("no blank after the colon of %s; write %s: and then the value", t[:i], t[:i]),
		change: map[int]string{l: head + t[:i] + ": " + t[i+1:]}, safe: true, fixText: "add the blank",
		col: len(head) + i + 1, endCol: len(head) + i + 2,
	}, true
}

// splitField returns what stands before the value of a line, the value, and a
// comment after it. The value begins after the first colon with a blank, or
// after the dash of an item.
func splitField(line string) (head, value, comment string) {
	t := strings.TrimLeft(line, " ")
	at := len(line) - len(t)
	for strings.HasPrefix(t, "- ") {
		n := 2 + len(t[2:]) - len(strings.TrimLeft(t[2:], " "))
		at += n
		t = t[n:]
	}
	if key := bareKey(t); key != "" {
		n := len(key) + 1
		n += len(t[n:]) - len(strings.TrimLeft(t[n:], " \t"))
		at += n
		t = t[n:]
	} else if at == len(line)-len(strings.TrimLeft(line, " ")) {
		return line, "", ""
	}
	if i := strings.Index(t, " #"); i >= 0 && strings.Count(t[:i], `"`)%2 == 0 && strings.Count(t[:i], `'`)%2 == 0 {
		t, comment = strings.TrimRight(t[:i], " "), t[len(strings.TrimRight(t[:i], " ")):]
	}
	return line[:at], strings.TrimRight(t, " \t"), comment
}

// cut moves a span of bytes of a line into the repair's columns.
func (r *repair) cut(line string, from, to int) {
	r.col = utf8.RuneCountInString(line[:from]) + 1
	r.endCol = utf8.RuneCountInString(line[:to]) + 1
}

func (f *file) openQuote(l int) (repair, bool) {
	line := f.line(l)
	head, value, comment := splitField(line)
	if len(value) == 0 || value[0] != '"' && value[0] != '\'' {
		return repair{}, false
	}
	q := value[:1]
	if strings.Count(strings.ReplaceAll(value, `\"`, ""), q)%2 == 0 {
		return repair{}, false
	}
	if i := strings.Index(value, " #"); i > 0 { // the comment was taken for text
		value, comment = strings.TrimRight(value[:i], " "), value[len(strings.TrimRight(value[:i], " ")):]
	}
	r := repair{cause: fmt.Sprintf("the quotation mark %s is never closed; add one at the end of the value", q), change: map[int]string{l: head + value + q + comment}, safe: true, fixText: "close the quotation"}
	r.cut(line, len(head), len(head)+1)
	return r, true
}

func (f *file) badEscape(l int) (repair, bool) {
	line := f.line(l)
	head, value, comment := splitField(line)
	if len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' || !strings.Contains(value, `\`) || strings.Contains(value, "'") {
		return repair{}, false
	}
	r := repair{
		cause: `a backslash in double quotes begins an escape, and YAML does not know this one; write it twice or use single quotes`, change: map[int]string{l: head + "'" + value[1:len(value)-1] + "'" + comment},
		safe: !strings.Contains(value, `\\`) && !strings.Contains(value, `\"`), fixText: "use single quotes",
	}
	i := strings.Index(value, `\`)
	r.cut(line, len(head)+i, min(len(head)+i+2, len(line)))
	return r, true
}

// brokenExpression guesses that a line was broken inside {{ }}.
func (f *file) brokenExpression(l int) (repair, bool) {
	prev := f.before(l)
	if prev == 0 || strings.Count(f.line(prev), "{{") <= strings.Count(f.line(prev), "}}") {
		return repair{}, false
	}
	r := f.join(prev, l)
	r.cause = "the line is broken inside {{ }}; put both halves on one line" + f.strayQuote(r.change[prev])
	return r, true
}

// wrappedLine guesses that a line is the rest of the value before it.
func (f *file) wrappedLine(l int) (repair, bool) {
	prev := f.before(l)
	t := strings.TrimSpace(f.line(l))
	if prev == 0 || strings.Trim(t, "[]{},") == "" || t[0] == '#' || t[0] == '-' || bareKey(t) != "" || strings.HasPrefix(strings.TrimSpace(f.line(prev)), "#") {
		return repair{}, false
	}
	r := f.join(prev, l)
	r.cause = "this looks like the rest of the line above; put both on one line" + f.strayQuote(r.change[prev])
	return r, true
}

func (f *file) join(prev, l int) repair {
	joined := strings.TrimRight(f.line(prev), " \t") + " " + strings.TrimSpace(f.line(l))
	return repair{line: l, change: map[int]string{prev: joined, l: ""}}
}

// strayQuote adds what is wrong with the quotation marks of a joined line.
func (f *file) strayQuote(joined string) string {
	_, value, _ := splitField(joined)
	if n := len(value); n > 1 && value[0] != '"' && value[n-1] == '"' && strings.Count(value, `"`) == 1 {
		return `, and put a quotation mark " before the value to match the one after it`
	}
	return ""
}

// quoteValue puts the value of a line in double quotes.
func quoteValue(line string) (string, bool) {
	head, value, comment := splitField(line)
	if value == "" || value[0] == '"' || value[0] == '\'' || value[0] == '|' || value[0] == '>' {
		return "", false
	}
	if !strings.ContainsAny(value, `"\`) {
		return head + `"` + value + `"` + comment, true
	}
	return head + "'" + strings.ReplaceAll(value, "'", "''") + "'" + comment, true
}

func (f *file) unquotedValue(l int) (repair, bool) {
	line := f.line(l)
	fixed, ok := quoteValue(line)
	if !ok {
		return repair{}, false
	}
	head, value, _ := splitField(line)
	r := repair{change: map[int]string{l: fixed}, safe: true, fixText: "quote the value"}
	r.cut(line, len(head), len(head)+len(value))
	switch c := value[0]; {
	case strings.HasPrefix(value, "{{"):
		r.cause = "the value begins with {{, which is a mapping in YAML; put the template expression in quotation marks"
	case c == '*':
		anchor := "such anchor"
		if key := bareKey(strings.TrimLeft(head, " -")); key != "" && !redact.IsSecretKey(key) {
			anchor = "&" + shorten(value[1:])
		}
		r.cause = fmt.Sprintf("a value that begins with * refers to an anchor, and there is no %s; quote it if it is text", anchor)
	case strings.IndexByte("@%`&!", c) >= 0:
		r.cause = fmt.Sprintf("a value must not begin with %c unless it is quoted", c)
	case c == '[' || c == '{':
		if strings.Count(value, "[") != strings.Count(value, "]") || strings.Count(value, "{") != strings.Count(value, "}") {
			return repair{}, false
		}
		r.cause = fmt.Sprintf("a value that begins with %c is a list or mapping, but there is more after its end; quote it if it is text", c)
	case strings.Contains(value, ": ") || strings.HasSuffix(value, ":"):
		r.cause = "a value that holds a colon and a blank must be quoted"
	default:
		return repair{}, false
	}
	return r, true
}

// textAfterQuote guesses that quotation marks in the middle of a value were
// meant as text.
func (f *file) textAfterQuote(l int) (repair, bool) {
	line := f.line(l)
	head, value, comment := splitField(line)
	if len(value) < 3 || value[0] != '"' && value[0] != '\'' {
		return repair{}, false
	}
	q := value[0]
	end := strings.IndexByte(value[1:], q)
	if end < 0 || end+2 >= len(value) {
		return repair{}, false
	}
	r := repair{
		cause:  fmt.Sprintf("there is text after the closing %c; quote the value as a whole", q),
		change: map[int]string{l: head + "'" + strings.ReplaceAll(value, "'", "''") + "'" + comment},
	}
	r.cut(line, len(head)+end+2, len(head)+len(value))
	return r, true
}

// openFlow guesses that a list or mapping in brackets that goes on over the
// deeper lines below is not closed at its end.
func (f *file) openFlow(l int) (repair, bool) {
	last := l
	for n := l + 1; n <= len(f.lines) && (strings.TrimSpace(f.line(n)) == "" || indentation(f.line(n)) > indentation(f.line(l))); n++ {
		if strings.TrimSpace(f.line(n)) != "" {
			last = n
		}
	}
	r, closing := openBracket(f.line(l))
	if closing == "" || last == l {
		return repair{}, false
	}
	r.change = map[int]string{last: strings.TrimRight(f.line(last), " \t") + closing}
	return r, true
}

// shallowText guesses that a line belongs to the block string above it but is
// indented less than the string begins.
func (f *file) shallowText(l int) (repair, bool) {
	line := f.line(l)
	scan := blockScanner{}
	want := 0
	for n := 1; n < l; n++ {
		s := f.line(n)
		switch inside := scan.next([]byte(s)); {
		case !inside:
			want = 0
		case want == 0:
			want = indentation(s)
		}
	}
	in := indentation(line)
	if want == 0 || in >= want || strings.TrimSpace(line) == "" || !scan.next([]byte(line)) {
		return repair{}, false
	}
	change := map[int]string{}
	for n := l; n <= len(f.lines) && scan.next([]byte(f.line(n))); n++ {
		if body := strings.TrimLeft(f.line(n), " "); body != "" && indentation(f.line(n)) < want {
			change[n] = strings.Repeat(" ", want) + body
		}
	}
	return repair{
		cause:  fmt.Sprintf("the block string above is indented by %d, this line only by %d; indent it like the first line of the string", want, in),
		change: change, safe: true, fixText: "indent the lines like the first",
	}, true
}

func (f *file) openBracket(l int) (repair, bool) {
	line := f.line(l)
	r, closing := openBracket(line)
	if closing == "" {
		return repair{}, false
	}
	_, _, comment := splitField(line)
	r.change = map[int]string{l: strings.TrimRight(strings.TrimSuffix(line, comment), " \t") + closing + comment}
	return r, true
}

// openBracket finds the brackets that a line's value opens and does not close,
// and returns what would close them.
func openBracket(line string) (r repair, closing string) {
	head, value, _ := splitField(line)
	var open []byte
	at := 0
	quote := byte(0)
	for i := range len(value) {
		switch ch := value[i]; {
		case quote != 0:
			if ch == quote {
				quote = 0
			}
		case ch == '"' || ch == '\'':
			quote = ch
		case ch == '[':
			open, at = append(open, ']'), i
		case ch == '{':
			open, at = append(open, '}'), i
		case (ch == ']' || ch == '}') && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return repair{}, ""
	}
	slices.Reverse(open)
	closing = string(open)
	r.cause = fmt.Sprintf("the bracket %c is never closed; add %s", value[at], closing)
	r.cut(line, len(head)+at, len(head)+at+1)
	return r, closing
}

// indentations guesses that a line and what lies below it was indented wrongly.
func (f *file) indentations(l int) []repair {
	line := f.line(l)
	t := strings.TrimLeft(line, " ")
	if t == "" || t[0] == '#' {
		return nil
	}
	own := indentation(line)
	last := l
	for n := l + 1; n <= len(f.lines); n++ {
		if s := f.line(n); strings.TrimSpace(s) != "" {
			if indentation(s) <= own {
				break
			}
			last = n
		}
	}
	var out []repair
	seen := map[int]bool{own: true}
	try := func(n, in int) {
		if seen[in] {
			return
		}
		seen[in] = true
		change := map[int]string{}
		for k := l; k <= last; k++ {
			if body := f.line(k); strings.TrimSpace(body) != "" {
				change[k] = strings.Repeat(" ", max(0, indentation(body)-own+in)) + strings.TrimLeft(body, " ")
			}
		}
		r := repair{line: l, change: change}
		r.mark(line)
		r.cause = fmt.Sprintf("the indentation by %s fits nothing above; indent by %d to line up with line %d", counted(own, "blank"), in, n)
		above := strings.TrimLeft(f.line(n), " ")
		if key := bareKey(above); key != "" && in < own {
			if _, value, _ := splitField(f.line(n)); value != "" {
				r.cause = fmt.Sprintf("this is indented below %s of line %d, which already has a value; indent it like that line", key, n)
			}
		}
		out = append(out, r)
	}
	limit := len(line) + 1
	for n, up := l-1, 0; n >= 1 && up < 40 && limit > 0; n, up = n-1, up+1 {
		s := f.line(n)
		above := strings.TrimSpace(s)
		if above == "" || above[0] == '#' || indentation(s) >= limit {
			continue
		}
		limit = indentation(s)
		if item := strings.TrimLeft(strings.TrimPrefix(above, "-"), " "); len(item) < len(above) && !strings.HasPrefix(t, "-") {
			try(n, limit+len(above)-len(item)) // the first key of an item stands behind the dash
		}
		try(n, limit)
	}
	return out
}
