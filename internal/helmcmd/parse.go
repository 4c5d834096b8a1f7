package helmcmd

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
	"mvdan.cc/sh/v3/syntax"
)

// Parse returns the calls of helm in a shell text, in its order, with spans that
// count from its first line. Text without a call gives none. When the text is no
// shell, the error says where, and what was read before that place is returned
// with it.
func Parse(text string) ([]Command, error) {
	if !strings.Contains(text, "helm") {
		return nil, nil
	}
	return parse(text, false)
}

// ParseAll is Parse for every command of the text, whatever program it runs,
// and for its assignments of variables.
func ParseAll(text string) ([]Command, error) { return parse(text, true) }

func parse(text string, all bool) ([]Command, error) {
	p := &parser{text: text, lines: []int{0}, all: all}
	for i := range len(text) {
		if text[i] == '\n' {
			p.lines = append(p.lines, i+1)
		}
	}
	// The shell does not know line ends of two characters.
	text = strings.ReplaceAll(text, "\\\r\n", " \\\n")
	text = strings.ReplaceAll(text, "\r\n", " \n")
	err := p.shell(p.hide(text), 0)
	return p.commands, err
}

// mask stands for a part of a word that is not known. It is a private character
// that nobody types.
const (
	mask       = '\uF8FF'
	maskString = string(mask)
)

type parser struct {
	text      string
	lines     []int // offsets of the lines
	hidden    []hidden
	commands  []Command
	namespace *Value // HELM_NAMESPACE as the script exports it
	all       bool   // other programs than helm are wanted, too
}

// hidden is a range of the text that is no shell, though it stands in words.
type hidden struct {
	from, to int
	blank    bool
}

// foreign matches what templates and people leave in shell text: `${{ x }}` and
// `{{ x }}`, and names in angle brackets, which a shell takes for redirections.
var foreign = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\$?\{\{(?s:.*?)\}\}|(?:^|[^<0-9])<[A-Za-z](?:[\w ./-]*\w)?>`)
})

// hide replaces what is no shell by as many plain characters.
func (p *parser) hide(text string) string {
	if !strings.Contains(text, "{{") && !strings.Contains(text, "<") {
		return text
	}
	b := []byte(text)
	for _, m := range foreign().FindAllStringIndex(text, -1) {
		h := hidden{from: m[0], to: m[1]}
		if text[m[1]-1] == '>' {
			h.blank = true
			h.from += strings.IndexByte(text[m[0]:m[1]], '<')
		}
		p.hidden = append(p.hidden, h)
		for i := h.from; i < h.to; i++ {
			b[i] = 'x'
		}
	}
	return string(b)
}

// shell reads shell text that begins at offset base of the whole.
func (p *parser) shell(text string, base int) error {
	sh := syntax.NewParser(syntax.Variant(syntax.LangBash))
	var first error
	for stmt, err := range sh.StmtsSeq(strings.NewReader(text)) {
		// After an error the sequence may go on, and must not be left.
		if first = cmp.Or(first, err); first != nil {
			continue
		}
		var here []*syntax.Redirect // of the statement that is looked at
		syntax.Walk(stmt, func(n syntax.Node) bool {
			switch n := n.(type) {
			case *syntax.Stmt:
				here = n.Redirs
			case *syntax.CallExpr:
				from := len(p.commands)
				p.call(n, base)
				p.hereDocument(from, here, base)
				here = nil
			case *syntax.DeclClause:
				if n.Variant.Value == "export" {
					p.export(n.Args, base)
				}
				p.assignments(n, n.Args, base)
			}
			return true
		})
	}
	if first != nil {
		return p.fault(first, base)
	}
	return nil
}

func (p *parser) fault(err error, base int) error {
	pe, ok := err.(syntax.ParseError)
	if !ok {
		return fmt.Errorf("commands cannot be read: %w", err)
	}
	line, col := p.place(base + int(pe.Pos.Offset()))
	return fmt.Errorf("commands cannot be read: line %d, column %d: %s", line, col, pe.Text)
}

// place turns an offset into line and column.
func (p *parser) place(offset int) (line, col int) {
	offset = min(offset, len(p.text))
	line = sort.SearchInts(p.lines, offset+1)
	return line, utf8.RuneCountInString(p.text[p.lines[line-1]:offset]) + 1
}

func (p *parser) span(from, to int) lint.Span {
	var s lint.Span
	s.Line, s.Column = p.place(from)
	s.EndLine, s.EndCol = p.place(to)
	return s
}

func (p *parser) export(assigns []*syntax.Assign, base int) {
	if v := p.helmNamespace(assigns, base); v != nil {
		p.namespace = v
	}
}

func (p *parser) helmNamespace(assigns []*syntax.Assign, base int) *Value {
	var v *Value
	for _, a := range assigns {
		if a.Name == nil || a.Name.Value != "HELM_NAMESPACE" || a.Naked && a.Value == nil {
			continue
		}
		v = &Value{Word: -1, Known: a.Array == nil}
		if a.Value != nil {
			w := p.word(a.Value, base)
			v.Text, v.Known, v.masked = w.Text, w.Known, w.masked
		}
		if v.Known && v.Text == "" {
			v = nil
		}
	}
	return v
}

// call reads a simple command, which may have helm in it.
func (p *parser) call(c *syntax.CallExpr, base int) {
	if len(c.Args) == 0 {
		if p.namespace != nil { // assigning to an exported variable
			p.export(c.Assigns, base)
		}
		p.assignments(c, c.Assigns, base)
		return
	}
	words := make([]Word, len(c.Args))
	for i, a := range c.Args {
		words[i] = p.word(a, base)
	}
	at, open := findHelm(words)
	if at < 0 {
		if i := scriptOf(words); i > 0 {
			p.nested(c.Args[i], base)
		} else if p.all {
			p.other(c, words)
		}
		return
	}
	cmd := Command{Tool: "helm", Words: words[at:], Open: open, Namespace: p.namespace}
	if p.all {
		cmd.Uses = uses(c)
	}
	for _, w := range words[:at] { // env HELM_NAMESPACE=voice helm
		if ns, ok := strings.CutPrefix(w.Text, "HELM_NAMESPACE="); ok {
			_, m, _ := strings.Cut(w.masked, "=")
			cmd.Namespace = &Value{Text: ns, Known: w.Known, Word: -1, masked: m}
		}
	}
	if v := p.helmNamespace(c.Assigns, base); v != nil {
		cmd.Namespace = v
	}
	last := words[len(words)-1].Span
	cmd.Span = cmd.Words[0].Span
	cmd.Span.EndLine, cmd.Span.EndCol = last.EndLine, last.EndCol
	if cmd.read() {
		p.commands = append(p.commands, cmd)
	}
}

// nested reads the script of `sh -c`, where its quotes leave every character in
// its place.
func (p *parser) nested(w *syntax.Word, base int) {
	if len(w.Parts) != 1 {
		return
	}
	switch q := w.Parts[0].(type) {
	case *syntax.SglQuoted:
		if !q.Dollar {
			_ = p.shell(q.Value, base+int(q.Left.Offset())+1) // a broken script is its author's business
		}
	case *syntax.DblQuoted:
		if len(q.Parts) == 1 {
			if l, ok := q.Parts[0].(*syntax.Lit); ok && !strings.Contains(l.Value, "\\") {
				_ = p.shell(l.Value, base+int(l.ValuePos.Offset()))
			}
		}
	}
}

const shells = "sh bash dash ash zsh ksh"

// scriptOf returns the index of the script in `bash -ec SCRIPT`, or 0.
func scriptOf(words []Word) int {
	if !in(shells, path.Base(words[0].Text)) {
		return 0
	}
	for i, w := range words[:len(words)-1] {
		if strings.HasPrefix(w.Text, "-") && strings.HasSuffix(w.Text, "c") && !strings.HasPrefix(w.Text, "--") {
			return i + 1
		}
	}
	return 0
}

// wrappers run the command that their arguments name.
const wrappers = "$ sudo doas env time nice ionice nohup command exec timeout retry xargs stdbuf setsid eval watch flock " +
	"chronic ts aws-vault dotenv " + containers

const containers = "docker podman nerdctl"

// findHelm returns the index of the word that runs helm, or -1. open says that
// the wrapper adds words.
func findHelm(words []Word) (at int, open bool) {
	if isHelm(words[0]) {
		return 0, false
	}
	first := path.Base(words[0].Text)
	if !words[0].Known || !in(wrappers, first) {
		return -1, false
	}
	container := in(containers, first)
	for i, w := range words[1:] {
		if container && isHelmImage(w) || !container && isHelm(w) {
			return i + 1, slices.ContainsFunc(words[:i+1], func(w Word) bool { return w.Text == "xargs" })
		}
	}
	return -1, false
}

func isHelm(w Word) bool {
	switch strings.TrimSuffix(path.Base(w.Text), ".exe") {
	case "helm", "helm3", "helm4":
		return w.Known && !strings.HasSuffix(w.Text, "/")
	}
	return false
}

// isHelmImage knows images that are called helm: alpine/helm:3.19.0.
func isHelmImage(w Word) bool {
	image, _, _ := strings.Cut(w.Text, "@")
	name, tag, tagged := strings.Cut(path.Base(image), ":")
	return name == "helm" && (tagged && tag != "" || strings.Contains(image, "/")) && !strings.HasPrefix(w.Text, "-") &&
		!strings.HasPrefix(w.Text, "/") && !strings.HasPrefix(w.Text, ".")
}

// word reads a word of the shell.
func (p *parser) word(w *syntax.Word, base int) Word {
	from, to := base+int(w.Pos().Offset()), base+int(w.End().Offset())
	r := &wordReader{p: p, base: base}
	r.parts(w.Parts, false)
	out := Word{
		Text: r.text.String(), masked: r.masked.String(), Span: p.span(from, to),
		Known: !r.unknown, Blank: r.blank, split: r.split, always: r.always,
	}
	return out
}

type wordReader struct {
	p                             *parser
	base                          int
	text, masked                  strings.Builder
	unknown, blank, split, always bool
}

func (r *wordReader) parts(parts []syntax.WordPart, quoted bool) {
	for _, part := range parts {
		from := r.base + int(part.Pos().Offset())
		switch part := part.(type) {
		case *syntax.Lit:
			r.literal(part.Value, from, quoted)
		case *syntax.SglQuoted:
			if part.Dollar && strings.Contains(part.Value, "\\") {
				if s, ok := unescape(part.Value); ok {
					r.text.WriteString(s)
					r.masked.WriteString(s)
				} else {
					r.replaced(part)
				}
				continue
			}
			r.plain(part.Value, from+len("'"))
		case *syntax.DblQuoted:
			r.parts(part.Parts, true)
		case *syntax.ParamExp:
			r.replaced(part)
			list := part.Param != nil && part.Param.Value == "@" || strings.Contains(r.source(part), "[@]")
			r.always = r.always || list || !quoted && part.Exp != nil
			r.split = r.split || list || !quoted
		default:
			r.replaced(part)
			r.split = r.split || !quoted
		}
	}
}

func (r *wordReader) source(n syntax.Node) string {
	return r.p.text[r.base+int(n.Pos().Offset()) : min(r.base+int(n.End().Offset()), len(r.p.text))]
}

// replaced adds a part that the shell replaces.
func (r *wordReader) replaced(n syntax.Node) {
	r.text.WriteString(r.source(n))
	r.masked.WriteRune(mask)
	r.unknown = true
}

// plain adds text that stands for itself, but for what was hidden in it.
func (r *wordReader) plain(s string, from int) {
	for _, h := range r.p.hidden {
		if h.to <= from || h.from >= from+len(s) {
			continue
		}
		cut := max(h.from-from, 0)
		r.text.WriteString(s[:cut])
		r.masked.WriteString(s[:cut])
		r.text.WriteString(r.p.text[max(h.from, from):min(h.to, from+len(s))])
		r.masked.WriteRune(mask)
		r.unknown = true
		r.blank = r.blank || h.blank
		s, from = s[min(h.to-from, len(s)):], h.to
	}
	r.text.WriteString(s)
	r.masked.WriteString(s)
}

// literal adds text with the escapes of the shell.
func (r *wordReader) literal(s string, from int, quoted bool) {
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 || i == len(s)-1 {
			break
		}
		r.unquoted(s[:i], from, quoted)
		next, size := utf8.DecodeRuneInString(s[i+1:])
		switch {
		case next == '\n':
		case quoted && !strings.ContainsRune("$`\"\\", next):
			r.plain(s[i:i+1+size], from+i)
		default:
			r.plain(s[i+1:i+1+size], from+i+1)
		}
		s, from = s[i+1+size:], from+i+1+size
	}
	r.unquoted(s, from, quoted)
}

// unquoted adds text in which * matches files. A question mark does so, too, but
// is nearly always part of a URL.
func (r *wordReader) unquoted(s string, from int, quoted bool) {
	for i := 0; !quoted; {
		j := strings.IndexByte(s[i:], '*')
		if j < 0 {
			r.plain(s[i:], from+i)
			return
		}
		r.plain(s[i:i+j], from+i)
		r.text.WriteByte(s[i+j])
		r.masked.WriteRune(mask)
		r.unknown = true
		i += j + 1
	}
	r.plain(s, from)
}
