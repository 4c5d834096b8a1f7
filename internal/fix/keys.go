package fix

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Remove deletes the key at the path, with its value and the comments directly
// above it. A mapping that becomes empty goes, too, because an empty key would
// be null, and null deletes the chart's default; where keep is true of its path
// an empty mapping stays. The error says why no edit can be made.
func Remove(d *values.Document, p lint.Path, keep func(lint.Path) bool) ([]lint.Edit, error) {
	chain, err := find(d, p)
	if err != nil {
		return nil, err
	}
	want := without(d.Values().Any(), p)
	i := len(chain) - 1
	for i > 0 && len(chain[i].in.Fields) == 1 {
		i--
		want = without(want, p[:i+1])
		if keep != nil && keep(p[:i+1]) {
			want = with(want, p[:i+1], map[string]any{})
			return checked(d, want, emptied(d, chain[i].field))
		}
	}
	at, err := blockOf(d, chain[i])
	if err != nil {
		return nil, err
	}
	return checked(d, want, at.edit(d, ""))
}

// Rename gives the key at the path another name; it stays where it is.
func Rename(d *values.Document, p lint.Path, name string) ([]lint.Edit, error) {
	chain, err := find(d, p)
	if err != nil {
		return nil, err
	}
	last := chain[len(chain)-1]
	if last.in.Get(name) != nil {
		return nil, fmt.Errorf("%s is set, too", p.Parent().Key(name))
	}
	text := keyText(name)
	if last.field.Quoted {
		text = jsonText(name)
	}
	old := d.Values().Any()
	want := with(without(old, p), p.Parent().Key(name), last.field.Value.Any())
	return checked(d, want, lint.Edit{Span: last.field.KeySpan, Text: text})
}

// Move puts the key at one path with its value and comments to another path.
// Mappings that are missing there are made, those that become empty removed as
// by Remove.
func Move(d *values.Document, from, to lint.Path, keep func(lint.Path) bool) ([]lint.Edit, error) {
	if from.Parent().Equal(to.Parent()) && !to.Last().IsIndex {
		return Rename(d, from, to.Last().Key)
	}
	if to.HasPrefix(from) || from.HasPrefix(to) {
		return nil, fmt.Errorf("%s and %s lie within each other", from, to)
	}
	chain, err := find(d, from)
	if err != nil {
		return nil, err
	}
	if d.Values().Lookup(to) != nil {
		return nil, fmt.Errorf("%s is set, too", to)
	}
	moved, err := blockOf(d, chain[len(chain)-1])
	if err != nil {
		return nil, err
	}
	insert, err := moved.at(d, to)
	if err != nil {
		return nil, err
	}
	value := chain[len(chain)-1].field.Value.Any()
	if _, err := checked(d, with(d.Values().Any(), to, value), insert); err != nil {
		return nil, err
	}
	between, err := Apply(d.Data, []lint.Edit{insert})
	if err != nil {
		return nil, err
	}
	d2 := values.Parse(d.Name, between, values.DefaultLimits)
	remove, err := Remove(d2, from, keep)
	if err != nil {
		return nil, err
	}
	after, err := Apply(between, remove)
	if err != nil {
		return nil, err
	}
	return []lint.Edit{lines(d, after)}, nil
}

// link is one step to a key: the mapping and its field.
type link struct {
	in    *values.Node
	field *values.Field
}

// find goes down to the key through block mappings that are written once.
func find(d *values.Document, p lint.Path) ([]link, error) {
	if len(p) == 0 {
		return nil, errors.New("the root is no key")
	}
	if len(d.Problems) > 0 {
		return nil, errors.New("the file has to be mended first")
	}
	if d.Replaced > 0 || d.Templated {
		return nil, errors.New("the file holds placeholders that were replaced")
	}
	n := d.Values()
	var out []link
	for i, s := range p {
		here := p[:i+1]
		switch {
		case n == nil || s.IsIndex:
			return nil, fmt.Errorf("%s stands in a list", p)
		case n.Alias:
			return nil, fmt.Errorf("%s is written elsewhere, under an anchor", here.Parent())
		case n.Kind != values.Map:
			return nil, fmt.Errorf("%s is %s", here.Parent(), n.Kind)
		}
		f := n.Get(s.Key)
		switch {
		case f == nil:
			return nil, fmt.Errorf("%s is not set in the file", here)
		case f.Merged:
			return nil, fmt.Errorf("%s comes in by <<", here)
		case len(f.Earlier) > 0 || f.Lost != nil:
			return nil, fmt.Errorf("%s is written twice", here)
		}
		if k := n.Fields[0].KeySpan; k.Line == n.Span.Line && k.Column != n.Span.Column && !n.Fields[0].Merged {
			return nil, fmt.Errorf("%s is written in braces", here)
		}
		out = append(out, link{n, f})
		n = f.Value
	}
	return out, nil
}

// block is the lines that a key stands on.
type block struct {
	from, key, to int // lines, all inclusive: with comments, of the key, the last
	indent        int
	field         *values.Field
}

var commentLine = lazyregexp.New(`^[ \t]*#`)

func blockOf(d *values.Document, l link) (block, error) {
	k := l.field.KeySpan
	b := block{from: k.Line, key: k.Line, to: k.EndLine, indent: k.Column - 1, field: l.field}
	if strings.Trim(prefix(d.Line(k.Line), k.Column), " ") != "" {
		return b, fmt.Errorf("another value stands on the line of %s", l.field.Key)
	}
	end := k.EndCol
	if v := l.field.Value.Span; v.File == d.Name && (v.EndLine > b.to || v.EndLine == b.to && v.EndCol > end) {
		b.to, end = v.EndLine, v.EndCol
	}
	if rest := strings.TrimLeft(strings.TrimPrefix(suffix(d.Line(b.to), end), ":"), " \t"); rest != "" && rest[0] != '#' {
		// A null with tag or anchor, or what else has no place of its own.
		if b.to != k.EndLine || l.field.Value.Kind != values.Null {
			return b, fmt.Errorf("another value stands on the last line of %s", l.field.Key)
		}
	}
	// Comments that are indented more belong to what lies below the key.
	for n := b.to + 1; n <= d.Lines(); n++ {
		line := d.Line(n)
		if strings.TrimSpace(line) == "" {
			continue
		}
		if !commentLine.MatchString(line) || indentOf(line) <= b.indent {
			break
		}
		b.to = n
	}
	for b.from > 1 && commentLine.MatchString(d.Line(b.from-1)) && indentOf(d.Line(b.from-1)) == b.indent {
		b.from--
	}
	if b.from == 1 {
		b.from = b.key // the head of the file
	}
	return b, nil
}

// edit replaces the lines.
func (b block) edit(d *values.Document, text string) lint.Edit {
	s := lint.Span{File: d.Name, Line: b.from, Column: 1, EndLine: b.to + 1, EndCol: 1}
	if b.to == d.Lines() {
		s.EndLine, s.EndCol = b.to, utf8.RuneCountInString(d.Line(b.to))+1
	}
	return lint.Edit{Span: s, Text: text}
}

// emptied leaves an empty mapping under a key.
func emptied(d *values.Document, f *values.Field) lint.Edit {
	s := f.Value.Span
	return lint.Edit{Span: lint.Span{File: d.Name, Line: f.KeySpan.EndLine, Column: f.KeySpan.EndCol, EndLine: s.EndLine, EndCol: s.EndCol}, Text: ": {}"}
}

// at writes the lines once more, as the key of another path.
func (b block) at(d *values.Document, to lint.Path) (lint.Edit, error) {
	n := d.Values()
	depth := 0
	var last *values.Field // of the mapping that the key goes into
	for ; depth < len(to)-1; depth++ {
		f := n.Get(to[depth].Key)
		if f == nil {
			break
		}
		if _, err := find(d, to[:depth+1]); err != nil {
			return lint.Edit{}, err
		}
		n = f.Value
		if n.Kind != values.Map || n.Alias || len(n.Fields) == 0 {
			return lint.Edit{}, fmt.Errorf("%s is no mapping in the file that takes another key", to[:depth+1])
		}
	}
	last = n.Fields[len(n.Fields)-1]
	if k := n.Fields[0].KeySpan; k.Column != n.Span.Column || k.Line != n.Span.Line || last.Merged {
		return lint.Edit{}, fmt.Errorf("%s is written in braces", to[:depth])
	}
	above, err := blockOf(d, link{n, last})
	if err != nil {
		return lint.Edit{}, err
	}
	nl := "\n"
	if strings.HasSuffix(string(rawLine(d, b.key)), "\r\n") {
		nl = "\r\n"
	}
	var out strings.Builder
	if !bytes.HasSuffix(rawLine(d, above.to), []byte("\n")) {
		out.WriteString(nl)
	}
	indent := n.Fields[0].KeySpan.Column - 1
	for _, s := range to[depth : len(to)-1] {
		if s.IsIndex {
			return lint.Edit{}, fmt.Errorf("%s stands in a list", to)
		}
		out.WriteString(strings.Repeat(" ", indent) + keyText(s.Key) + ":" + nl)
		indent += 2
	}
	for l := b.from; l <= b.to; l++ {
		line := d.Line(l)
		if l == b.key {
			line = strings.Repeat(" ", b.indent) + keyText(to.Last().Key) + suffix(line, b.field.KeySpan.EndCol)
		}
		out.WriteString(shift(line, indent-b.indent) + nl)
	}
	span := lint.Span{File: d.Name, Line: above.to + 1, Column: 1, EndLine: above.to + 1, EndCol: 1}
	return lint.Edit{Span: span, Text: out.String()}, nil
}

func shift(line string, by int) string {
	switch {
	case strings.TrimSpace(line) == "":
		return line
	case by >= 0:
		return strings.Repeat(" ", by) + line
	}
	return line[min(indentOf(line), -by):]
}

// rawLine is a line with its end.
func rawLine(d *values.Document, n int) []byte {
	end := len(d.Data)
	if n < d.Lines() {
		end = d.Offset(n+1, 1)
	}
	return d.Data[d.Offset(n, 1):end]
}

// checked returns the edits if they leave exactly the wanted values.
func checked(d *values.Document, want any, edits ...lint.Edit) ([]lint.Edit, error) {
	data, err := Apply(d.Data, edits)
	if err != nil {
		return nil, err
	}
	after := values.Parse(d.Name, data, values.DefaultLimits)
	root := after.Values()
	if len(after.Problems) > 0 || root == nil || !reflect.DeepEqual(root.Any(), want) {
		return nil, errors.New("other values depend on how it is written")
	}
	return edits, nil
}

// lines is the change from the document to another text as one edit of whole
// lines.
func lines(d *values.Document, after []byte) lint.Edit {
	a, b := bytes.SplitAfter(d.Data, []byte("\n")), bytes.SplitAfter(after, []byte("\n"))
	from := 0
	for from < len(a) && from < len(b) && bytes.Equal(a[from], b[from]) {
		from++
	}
	same := 0
	for same < len(a)-from && same < len(b)-from && bytes.Equal(a[len(a)-1-same], b[len(b)-1-same]) {
		same++
	}
	text := bytes.Join(b[from:len(b)-same], nil)
	return lint.Edit{Span: lint.Span{File: d.Name, Line: from + 1, Column: 1, EndLine: len(a) - same + 1, EndCol: 1}, Text: string(text)}
}

// without is a tree without the value at the path; the tree is not changed.
func without(v any, p lint.Path) any {
	m, ok := v.(map[string]any)
	if !ok || len(p) == 0 {
		return v
	}
	out := make(map[string]any, len(m))
	for k, x := range m {
		if k != p[0].Key {
			out[k] = x
		} else if len(p) > 1 {
			out[k] = without(x, p[1:])
		}
	}
	return out
}

// with is a tree with another value at the path.
func with(v any, p lint.Path, x any) any {
	if len(p) == 0 {
		return x
	}
	m, _ := v.(map[string]any)
	out := make(map[string]any, len(m)+1)
	for k, y := range m {
		out[k] = y
	}
	out[p[0].Key] = with(out[p[0].Key], p[1:], x)
	return out
}

var plainKey = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_./-]*$`)

// keyText writes a key so that Helm reads that very string.
func keyText(key string) string {
	if plainKey.MatchString(key) {
		r := values.Parse("", []byte(key+": 1"), values.DefaultLimits).Values()
		if r != nil && len(r.Fields) == 1 && r.Fields[0].Key == key {
			return key
		}
	}
	return jsonText(key)
}

func jsonText(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can be written
	return strings.TrimSuffix(b.String(), "\n")
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// prefix and suffix part a line at a column.
func prefix(line string, col int) string { return line[:bytesTo(line, col)] }
func suffix(line string, col int) string { return line[bytesTo(line, col):] }

func bytesTo(line string, col int) int {
	at := 0
	for ; col > 1 && at < len(line); col-- {
		_, n := utf8.DecodeRuneInString(line[at:])
		at += n
	}
	return at
}
