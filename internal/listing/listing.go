// Package listing writes merged values as lines of YAML, secrets masked, and
// tells which value each line shows.
package listing

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// Line is one line of a listing.
type Line struct {
	Text string
	// Path and Node are of the value that begins on the line; Node is nil on
	// lines that go on with one.
	Path lint.Path
	Node *values.Node
	// Placed tells that the place of the value says more than that of its
	// parent: scalars of mappings, and lists as a whole.
	Placed bool
}

// Mask stands for a value that is secret.
const Mask = `"********"`

// Lines lists values. hidden are those that must not be shown; see redact.Nodes.
func Lines(root *values.Node, hidden map[*values.Node]bool) []Line {
	l := &lister{hidden: hidden}
	if len(root.Fields) == 0 {
		return []Line{{Text: "{}", Node: root}}
	}
	l.fields(root, nil, "", "")
	return l.lines
}

type lister struct {
	hidden map[*values.Node]bool
	lines  []Line
}

func (l *lister) add(text string, p lint.Path, n *values.Node, placed bool) {
	l.lines = append(l.lines, Line{text, p, n, placed})
}

// fields lists a mapping. lead stands before its first key: the indentation,
// or the dash of the list item that it is.
func (l *lister) fields(m *values.Node, p lint.Path, lead, indent string) {
	for i, f := range m.Fields {
		at := indent
		if i == 0 && lead != "" {
			at = lead
		}
		l.value(at+Scalar(f.Key)+":", f.Value, p.Key(f.Key), indent)
	}
}

func (l *lister) value(head string, n *values.Node, p lint.Path, indent string) {
	switch {
	case l.hidden[n]:
		l.add(head+" "+Mask, p, n, true)
	case n.Kind == values.Map && len(n.Fields) > 0:
		l.add(head, p, n, false)
		l.fields(n, p, "", indent+"  ")
	case n.Kind == values.List && len(n.Items) > 0:
		l.add(head, p, n, true)
		l.items(n, p, indent+"  ")
	case n.Kind == values.String && strings.Contains(n.Str, "\n") && literal(n.Str):
		l.block(head, n, p, indent+"  ")
	default:
		l.add(head+" "+Inline(n), p, n, true)
	}
}

func (l *lister) items(list *values.Node, p lint.Path, indent string) {
	for i, it := range list.Items {
		at := p.Index(i)
		switch {
		case l.hidden[it]:
			l.add(indent+"- "+Mask, at, it, false)
		case it.Kind == values.Map && len(it.Fields) > 0:
			l.fields(it, at, indent+"- ", indent+"  ")
		case it.Kind == values.List && len(it.Items) > 0:
			l.add(indent+"-", at, it, false)
			l.items(it, at, indent+"  ")
		default:
			l.add(indent+"- "+Inline(it), at, it, false)
		}
	}
}

func (l *lister) block(head string, n *values.Node, p lint.Path, indent string) {
	text, style := n.Str, "|"
	switch {
	case !strings.HasSuffix(text, "\n"):
		style = "|-"
	case strings.HasSuffix(text, "\n\n"):
		style = "|+"
	}
	l.add(head+" "+style, p, n, true)
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		if line != "" {
			line = indent + redact.Text(line)
		}
		l.lines = append(l.lines, Line{Text: line})
	}
}

// literal reports whether a block string can hold the text as it is.
func literal(s string) bool {
	return !strings.HasPrefix(s, " ") && !strings.HasPrefix(s, "\n") && !strings.ContainsAny(s, "\t\r\x00\ufeff")
}

// Inline writes a value on one line, without what a mapping or a list holds.
func Inline(n *values.Node) string {
	switch n.Kind {
	case values.Map:
		return "{}"
	case values.List:
		return "[]"
	case values.String:
		return Scalar(redact.Text(n.Str))
	case values.Number:
		raw, err := json.Marshal(n.Number)
		if err != nil {
			return "null"
		}
		return string(raw)
	}
	raw, err := json.Marshal(n.Any())
	if err != nil {
		return "null"
	}
	return string(raw)
}

// Scalar writes a string so that Helm reads the same string again.
func Scalar(s string) string {
	if isPlain(s) {
		return s
	}
	if s != "" && !strings.ContainsAny(s, "\n\r\t") {
		read := values.Parse("", []byte("k: "+s), values.DefaultLimits).Values()
		if f := read.Get("k"); f != nil && f.Value.Kind == values.String && f.Value.Style == values.Plain && f.Value.Str == s && len(f.Value.Placeholders()) == 0 {
			return s
		}
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""`
	}
	return escapeRest(strings.TrimSuffix(b.String(), "\n"))
}

// escapeRest escapes what JSON lets stand in quotes and YAML does not.
func escapeRest(s string) string {
	if !strings.ContainsFunc(s, unsaid) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unsaid(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unsaid(r rune) bool {
	return r >= 0x7f && r <= 0x9f || r == 0xfeff || r == 0xfffe || r == 0xffff || unicode.Is(unicode.Bidi_Control, r)
}

// isPlain knows, without reading them as YAML, most strings that need no
// quotes: words, hosts, paths.
func isPlain(s string) bool {
	switch strings.ToLower(s) {
	case "", "true", "false", "yes", "no", "on", "off", "y", "n", "null":
		return false
	}
	if !isLetter(s[0]) || s[len(s)-1] == ' ' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' && c != '/' && c != ' ' {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
