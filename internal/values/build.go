package values

import (
	"encoding/base64"
	"fmt"
	"math"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"go.yaml.in/yaml/v4"
)

// builder turns the tree of the YAML library into Nodes typed as Helm types
// them (sigs.k8s.io/yaml over go.yaml.in/yaml/v2: YAML 1.1 scalars, keys made
// strings, `<<` applied where it stands).
type builder struct {
	doc      *Document
	limits   Limits
	problems []Problem
	aliased  int                            // nodes built below an alias
	inAlias  int                            // how many aliases we are below
	open     map[*yaml.Node]bool            // anchors being built, to find cycles
	place    func(line, col int) (int, int) // maps an embedded place to the file
}

func (b *builder) problem(n *yaml.Node, format string, args ...any) {
	b.problems = append(b.problems, Problem{Span: b.pointSpan(n), Message: fmt.Sprintf(format, args...)})
}

func (b *builder) at(line, col int) (int, int) {
	if b.place != nil {
		return b.place(line, col)
	}
	return line, col
}

func (b *builder) pointSpan(n *yaml.Node) lint.Span {
	line, col := b.at(n.Line, n.Column)
	return b.doc.span(line, col, line, col+1)
}

func (b *builder) build(y *yaml.Node, depth int) *Node {
	if depth > b.limits.Depth {
		b.problem(y, "values are nested deeper than %d levels", b.limits.Depth)
		return &Node{Kind: Null, Span: b.pointSpan(y)}
	}
	if b.inAlias > 0 {
		b.aliased++
		if b.aliased > b.limits.Aliases {
			if b.aliased == b.limits.Aliases+1 {
				b.problem(y, "aliases expand to more than %d values; Helm refuses such a document", b.limits.Aliases)
			}
			return &Node{Kind: Null, Span: b.pointSpan(y)}
		}
	}
	switch y.Kind {
	case yaml.DocumentNode:
		if len(y.Content) == 0 {
			return &Node{Kind: Null, Span: b.pointSpan(y)}
		}
		return b.build(y.Content[0], depth)
	case yaml.AliasNode:
		return b.alias(y, depth)
	case yaml.MappingNode:
		return b.mapping(y, depth)
	case yaml.SequenceNode:
		n := &Node{Kind: List, Span: b.pointSpan(y), Items: make([]*Node, 0, len(y.Content))}
		b.enter(y)
		for _, c := range y.Content {
			it := b.build(c, depth+1)
			n.Items = append(n.Items, it)
			n.Span.EndLine, n.Span.EndCol = endOf(n.Span, it.Span)
		}
		b.leave(y)
		return n
	case yaml.ScalarNode:
		return b.scalar(y)
	}
	return &Node{Kind: Null, Span: b.pointSpan(y)}
}

func endOf(a, b lint.Span) (int, int) {
	if b.EndLine > a.EndLine || b.EndLine == a.EndLine && b.EndCol > a.EndCol {
		return b.EndLine, b.EndCol
	}
	return a.EndLine, a.EndCol
}

func (b *builder) enter(y *yaml.Node) {
	if y.Anchor != "" {
		if b.open == nil {
			b.open = map[*yaml.Node]bool{}
		}
		b.open[y] = true
	}
}

func (b *builder) leave(y *yaml.Node) {
	if y.Anchor != "" {
		delete(b.open, y)
	}
}

func (b *builder) alias(y *yaml.Node, depth int) *Node {
	span := b.pointSpan(y)
	span.EndCol = span.Column + 1 + runeLen(y.Value)
	if b.open[y.Alias] {
		b.problem(y, "anchor %q contains itself; Helm refuses such a document", y.Value)
		return &Node{Kind: Null, Span: span}
	}
	b.inAlias++
	n := b.build(y.Alias, depth)
	b.inAlias--
	c := *n
	c.Span, c.Alias = span, true
	return &c
}

func (b *builder) mapping(y *yaml.Node, depth int) *Node {
	n := &Node{Kind: Map, Span: b.pointSpan(y), Fields: make([]*Field, 0, len(y.Content)/2)}
	b.enter(y)
	byKey := make(map[string]int, len(y.Content)/2)
	put := func(f *Field) {
		if i, ok := byKey[f.Key]; ok {
			old := n.Fields[i]
			if !f.Merged && !old.Merged {
				f.Earlier = append(append([]*Field{}, old.Earlier...), old)
			}
			n.Fields[i] = f
			return
		}
		byKey[f.Key] = len(n.Fields)
		n.Fields = append(n.Fields, f)
	}
	for i := 0; i+1 < len(y.Content); i += 2 {
		ky, vy := y.Content[i], y.Content[i+1]
		if isMerge(ky) {
			for _, f := range b.merged(vy, depth) {
				put(f)
			}
			continue
		}
		f, ok := b.key(ky)
		if !ok {
			continue
		}
		f.Value = b.build(vy, depth+1)
		if f.Value.Kind == Null && f.Value.Text == "" {
			f.Value.Span = f.KeySpan
		}
		n.Span.EndLine, n.Span.EndCol = endOf(n.Span, f.Value.Span)
		put(f)
	}
	b.leave(y)
	n.buildIndex()
	return n
}

func isMerge(k *yaml.Node) bool {
	return k.Kind == yaml.ScalarNode && k.Value == "<<" && (k.Tag == "!!merge" || k.Tag == "" || k.Tag == "!") && k.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0
}

// merged returns the fields that a `<<` brings in. Of several mappings the
// first one wins.
func (b *builder) merged(v *yaml.Node, depth int) []*Field {
	sources := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		sources = sources[:0]
		for i := len(v.Content) - 1; i >= 0; i-- {
			sources = append(sources, v.Content[i])
		}
	}
	var out []*Field
	for _, s := range sources {
		m := b.build(s, depth+1)
		if m.Kind != Map {
			b.problem(s, "`<<` needs a mapping or a list of mappings, not %s", m.Kind)
			continue
		}
		for _, f := range m.Fields {
			c := *f
			c.Merged = true
			c.Earlier = nil
			out = append(out, &c)
		}
	}
	return out
}

func (b *builder) key(k *yaml.Node) (*Field, bool) {
	if k.Kind == yaml.AliasNode && k.Alias != nil && k.Alias.Kind == yaml.ScalarNode {
		c := *k.Alias
		c.Line, c.Column = k.Line, k.Column
		k = &c
	}
	if k.Kind != yaml.ScalarNode {
		b.problem(k, "key is a mapping or a list; Helm accepts only scalar keys")
		return nil, false
	}
	n := b.scalar(k)
	f := &Field{KeyText: k.Value, KeySpan: n.Span, Quoted: n.Style != Plain}
	switch n.Kind {
	case String:
		f.Key = n.Str
	case Bool:
		f.Key = fmt.Sprint(n.Bool)
	case Number:
		f.Key = numberKey(n)
	default:
		b.problem(k, "key is null; Helm refuses it, write a name or quote it")
		return nil, false
	}
	return f, true
}

func (b *builder) scalar(y *yaml.Node) *Node {
	n := &Node{Text: y.Value, Style: styleOf(y)}
	n.Span = b.scalarSpan(y, n.Style)
	tag := ""
	if y.Style&yaml.TaggedStyle != 0 {
		tag = y.Tag
	}
	switch {
	case tag == "!!str":
		n.Kind, n.Str = String, y.Value
	case tag == "!!binary":
		raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(y.Value), ""))
		if err != nil {
			b.problem(y, "!!binary value is not valid base64; Helm refuses it")
		}
		n.Kind, n.Str = String, string(raw)
	case n.Style != Plain && tag == "":
		n.Kind, n.Str = String, y.Value
	default:
		b.resolve(y, n, tag)
	}
	if n.Kind == String && looksLikeYAML(n.Str) {
		n.embedded = &embedded{doc: b.doc, limits: b.limits}
	}
	return n
}

func (b *builder) resolve(y *yaml.Node, n *Node, tag string) {
	k, f, bl := resolvePlain(y.Value)
	switch tag {
	case "!!float", "!!int":
		if k != Number {
			b.problem(y, "%s value %q is not a number; Helm refuses it", tag, y.Value)
		}
	case "!!bool":
		if k != Bool {
			b.problem(y, "!!bool value %q is not a boolean; Helm refuses it", y.Value)
		}
	case "", "!!null", "!!timestamp":
	default: // Helm drops tags that it does not know
	}
	if k == Number && (math.IsInf(f, 0) || math.IsNaN(f)) {
		b.problem(y, "%s is not a number that JSON knows; Helm refuses the file, quote it", y.Value)
		k = Null
	}
	n.Kind, n.Number, n.Bool = k, f, bl
	if k == String {
		n.Str = y.Value
	}
}

func styleOf(y *yaml.Node) Style {
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		return DoubleQuoted
	case y.Style&yaml.SingleQuotedStyle != 0:
		return SingleQuoted
	case y.Style&yaml.LiteralStyle != 0:
		return Literal
	case y.Style&yaml.FoldedStyle != 0:
		return Folded
	}
	return Plain
}

// scalarSpan finds where a scalar ends, which the library does not tell.
func (b *builder) scalarSpan(y *yaml.Node, st Style) lint.Span {
	line, col := b.at(y.Line, y.Column)
	span := b.doc.span(line, col, line, col)
	off := b.doc.Offset(line, col)
	src := b.doc.Data[off:]
	skip := skipProperties(src)
	if skip > 0 { // the value comes after its tag and anchor
		src = src[skip:]
		off += skip
		span.Line, span.Column = b.doc.position(off)
	}
	end := off
	switch st {
	case DoubleQuoted, SingleQuoted:
		end += quotedLen(src)
	case Literal, Folded:
		end += b.blockLen(off)
	default:
		end += plainLen(src, y.Value)
	}
	span.EndLine, span.EndCol = b.doc.position(end)
	return span
}

// skipProperties returns the length of tag, anchor and the blanks after them.
func skipProperties(src []byte) int {
	i := 0
	for i < len(src) && (src[i] == '!' || src[i] == '&') {
		j := i
		for j < len(src) && !isBlank(src[j]) && src[j] != '\n' {
			j++
		}
		for j < len(src) && isBlank(src[j]) {
			j++
		}
		if j < len(src) && (src[j] == '\n' || src[j] == '\r') {
			return 0
		}
		i = j
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func quotedLen(src []byte) int {
	if len(src) == 0 || src[0] != '"' && src[0] != '\'' {
		return 0
	}
	q := src[0]
	for i := 1; i < len(src); i++ {
		switch {
		case q == '"' && src[i] == '\\':
			i++
		case src[i] == q && q == '\'' && i+1 < len(src) && src[i+1] == q:
			i++
		case src[i] == q:
			return i + 1
		}
	}
	return len(src)
}

// plainLen matches the value against its source. A plain scalar of several
// lines is folded in the value, so a blank of it may stand for line breaks.
func plainLen(src []byte, value string) int {
	i := 0
	for j := 0; j < len(value); {
		if i >= len(src) {
			return len(src)
		}
		if value[j] == src[i] && src[i] != '\n' {
			i++
			j++
			continue
		}
		k := i
		for k < len(src) && (isBlank(src[k]) || src[k] == '\n' || src[k] == '\r') {
			k++
		}
		if k == i {
			return i
		}
		for j < len(value) && (value[j] == ' ' || value[j] == '\n') {
			j++
		}
		i = k
	}
	return i
}

// blockLen returns the length of a block scalar from its indicator to the end
// of its last line.
func (b *builder) blockLen(off int) int {
	line, _ := b.doc.position(off)
	parent := indentOf(b.doc.Line(line))
	if t := strings.TrimLeft(b.doc.Line(line), " "); strings.HasPrefix(t, "- ") {
		parent++
	}
	last := line
	for l := line + 1; l <= b.doc.Lines(); l++ {
		text := b.doc.Line(l)
		if strings.TrimSpace(text) == "" {
			continue
		}
		if indentOf(text) <= parent && !(parent == 0 && indentOf(text) > 0) {
			break
		}
		last = l
	}
	return b.doc.Offset(last, runeLen(b.doc.Line(last))+1) - off
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
