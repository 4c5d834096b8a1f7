package values

import (
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

// Placeholder is something in the values that is still to be filled in.
type Placeholder struct {
	Name     string // of the variable, or the text of the expression
	Template bool   // a {{ }} expression
	Path     lint.Path
	Span     lint.Span // of the placeholder itself, or of its value
}

// Placeholders returns what the document still waits for, in its values and
// keys, in order. Comments do not count, and a value that aliases repeat counts
// once.
func (d *Document) Placeholders() []Placeholder {
	var out []Placeholder
	for _, root := range d.Roots {
		collect(root, nil, func(*Node) *Document { return d }, &out)
	}
	return out
}

// Placeholders returns what the merged values still wait for. What other layers
// replaced does not count.
func (v *Values) Placeholders() []Placeholder {
	var out []Placeholder
	collect(v.Root, nil, func(n *Node) *Document {
		if n.Layer == nil {
			return nil
		}
		return n.Layer.Doc
	}, &out)
	return out
}

func collect(n *Node, p lint.Path, doc func(*Node) *Document, out *[]Placeholder) {
	if n.Alias {
		return
	}
	if n.Kind == String {
		waiting(n.Str, n.Span, p, doc(n), out)
	}
	for _, f := range n.Fields {
		if f.Merged {
			continue
		}
		at := p.Key(f.Key)
		waiting(f.Key, f.KeySpan, at, doc(n), out)
		collect(f.Value, at, doc, out)
	}
	for i, it := range n.Items {
		collect(it, p.Index(i), doc, out)
	}
}

// waiting adds the placeholders of one scalar. They are looked for in the file,
// where those that were replaced still stand.
func waiting(s string, span lint.Span, p lint.Path, d *Document, out *[]Placeholder) {
	if !strings.ContainsAny(s, "${") {
		return
	}
	var refs []reference
	eachPlaceholder(s, func(r reference) { refs = append(refs, r) })
	if len(refs) == 0 {
		return
	}
	var written []reference
	start := 0
	if d != nil && span.File == d.Name && span.EndLine > 0 {
		start = d.Offset(span.Line, span.Column)
		end := d.Offset(span.EndLine, span.EndCol)
		eachPlaceholder(string(d.Data[start:max(start, end)]), func(r reference) {
			if slices.ContainsFunc(refs, func(o reference) bool { return o.name == r.name && o.template == r.template }) {
				written = append(written, r)
			}
		})
	}
	for i, r := range refs {
		at := span
		if len(written) == len(refs) {
			line, col := d.position(start + written[i].start)
			endLine, endCol := d.position(start + written[i].end)
			at = d.span(line, col, endLine, endCol)
		}
		*out = append(*out, Placeholder{Name: r.name, Template: r.template, Path: p, Span: at})
	}
}

// Placeholders lists what a string still waits for: NAME for each $NAME and
// ${NAME...}, and the text between the braces for each {{ expression }}. A
// dollar before anything but a name does not count.
func Placeholders(s string) []string {
	if !strings.ContainsAny(s, "${") {
		return nil
	}
	var out []string
	eachPlaceholder(s, func(p reference) { out = append(out, p.name) })
	return out
}

// reference is one placeholder in a string.
type reference struct {
	name       string
	start, end int
	plain      bool // $NAME or ${NAME}, which envsubst knows
	template   bool // {{ }}
}

func eachPlaceholder(s string, f func(reference)) {
	brace, braces := strings.LastIndexByte(s, '}'), strings.LastIndex(s, "}}")
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '$':
			if name, n, plain := variable(s[i:], i < brace); n > 0 {
				f(reference{name: name, start: i, end: i + n, plain: plain})
				i += n - 1
			}
		case i < braces && strings.HasPrefix(s[i:], "{{"):
			n := strings.Index(s[i:], "}}")
			if n < 0 {
				continue
			}
			name := strings.TrimSpace(strings.Trim(s[i+2:i+n], "-"))
			f(reference{name: name, start: i, end: i + n + 2, template: true})
			i += n + 1
		}
	}
}

// variable reads $NAME or ${NAME...} at the start of s and returns the name and
// the length of the whole reference, or 0. It is plain when envsubst knows the
// form; ${NAME:-default} it does not. closed tells that there is a closing brace
// somewhere, so that it is not looked for in vain all over a long text.
func variable(s string, closed bool) (name string, length int, plain bool) {
	start, braced := 1, false
	if len(s) > 1 && s[1] == '{' {
		start, braced = 2, true
	}
	i := start
	for i < len(s) && (s[i] == '_' || s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || i > start && s[i] >= '0' && s[i] <= '9') {
		i++
	}
	if i == start {
		return "", 0, false
	}
	name = s[start:i]
	if !braced {
		return name, i, true
	}
	end := -1
	if closed {
		end = strings.IndexByte(s[i:], '}')
	}
	if end < 0 {
		return "", 0, false
	}
	return name, i + end + 1, end == 0
}
