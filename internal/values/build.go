package values

import (
	"fmt"
	"math"

	"github.com/helmvet/helmvet/internal/lint"
	"go.yaml.in/yaml/v3"
)

// builder turns the tree of the YAML library into Nodes typed as Helm types
// them (sigs.k8s.io/yaml over go.yaml.in/yaml/v2: YAML 1.1 scalars, keys made
// strings, `<<` applied where it stands).
type builder struct {
	doc      *Document
	text     *text
	limits   Limits
	number   int // of the YAML document in the file
	problems []Problem

	// Helm's reader counts every value it decodes, and those below aliases
	// apart, and gives up when the share of the latter is too large.
	decoded, aliased int
	aliasDepth       int
	peak             int // deepest level so far
	stopped          bool
	end              int // where in the text the last value read ends

	anchors map[*yaml.Node]*anchored
	nodes   []Node // not yet used
	fields  []Field
	slab    int
	scratch Node // for keys, which need no Node of their own
}

// anchored is an anchor's value, built once for all its aliases.
type anchored struct {
	node   *Node // nil while it is being built
	size   int
	height int
}

func (b *builder) problem(y *yaml.Node, format string, args ...any) {
	b.problems = append(b.problems, Problem{Span: b.pointSpan(y), Message: fmt.Sprintf(format, args...), Doc: b.number})
}

func (b *builder) pointSpan(y *yaml.Node) lint.Span {
	start := b.text.offset(y.Line, y.Column)
	return b.text.spanFrom(b.doc, y.Line, y.Column, start, b.text.next(start))
}

func (b *builder) node() *Node {
	if len(b.nodes) == 0 {
		b.slab = min(max(2*b.slab, 8), 32)
		b.nodes = make([]Node, b.slab)
	}
	n := &b.nodes[0]
	b.nodes = b.nodes[1:]
	return n
}

func (b *builder) field() *Field {
	if len(b.fields) == 0 {
		b.fields = make([]Field, min(max(b.slab, 8), 32))
	}
	f := &b.fields[0]
	b.fields = b.fields[1:]
	return f
}

// count counts a value as Helm's reader does.
func (b *builder) count(y *yaml.Node, n int) {
	b.decoded += n
	if b.aliasDepth > 0 {
		b.aliased += n
		switch {
		case b.stopped:
		case excessive(b.aliased, b.decoded):
			b.stopped = true
			b.problem(y, "aliases expand to %d values, too many for Helm, which refuses the file; write the values out", b.aliased)
		case b.aliased > b.limits.Aliases:
			b.stopped = true
			b.problem(y, "aliases expand to more than %d values; write the values out", b.limits.Aliases)
		}
	}
}

// excessive is the limit of Helm's reader: 99 % of the values may come from
// aliases in a document of up to 400,000 values, 10 % in one of 4,000,000.
func excessive(aliased, decoded int) bool {
	const low, high = 400_000, 4_000_000
	if aliased <= 100 || decoded <= 1000 {
		return false
	}
	share := 0.99
	if decoded >= high {
		share = 0.10
	} else if decoded > low {
		share = 0.99 - 0.89*(float64(decoded-low)/(high-low))
	}
	return float64(aliased)/float64(decoded) > share
}

// tooDeep reports a value below the allowed depth, once.
func (b *builder) tooDeep(y *yaml.Node, depth int) bool {
	b.peak = max(b.peak, depth)
	if depth <= b.limits.Depth {
		return false
	}
	if !b.stopped {
		b.stopped = true
		b.problem(y, "values are nested deeper than %d levels; no chart reads such values, is the file generated?", b.limits.Depth)
	}
	return true
}

// build returns the value of y. Once the document was found to be too much it
// returns nulls.
func (b *builder) build(y *yaml.Node, depth int) *Node {
	if y.Kind == yaml.DocumentNode && len(y.Content) > 0 {
		b.count(y, 1)
		return b.build(y.Content[0], depth)
	}
	if y.Kind == yaml.AliasNode {
		return b.alias(y, depth)
	}
	if y.Anchor == "" {
		return b.value(y, depth)
	}
	if a := b.anchors[y]; a != nil { // an alias came first, or it is in a key
		if a.node == nil {
			return b.null(y)
		}
		return a.node
	}
	if b.anchors == nil {
		b.anchors = map[*yaml.Node]*anchored{}
	}
	a := &anchored{}
	b.anchors[y] = a
	before, peak := b.decoded, b.peak
	b.peak = depth
	n := b.value(y, depth)
	a.node, a.size, a.height = n, b.decoded-before, b.peak-depth
	b.peak = max(peak, b.peak)
	return n
}

func (b *builder) null(y *yaml.Node) *Node {
	n := b.node()
	n.Span = b.pointSpan(y)
	return n
}

func (b *builder) value(y *yaml.Node, depth int) *Node {
	b.count(y, 1)
	if b.tooDeep(y, depth) || b.stopped {
		return b.null(y)
	}
	switch y.Kind {
	case yaml.MappingNode:
		return b.mapping(y, depth)
	case yaml.SequenceNode:
		return b.sequence(y, depth)
	case yaml.ScalarNode:
		n := b.node()
		b.scalar(n, y)
		b.finite(n, y)
		return n
	}
	return b.null(y)
}

func (b *builder) alias(y *yaml.Node, depth int) *Node {
	b.count(y, 1)
	start := b.text.offset(y.Line, y.Column)
	end := start + 1 + len(y.Value)
	n := b.target(y, depth)
	c := b.node()
	*c = *n
	c.Span, c.Alias = b.text.spanFrom(b.doc, y.Line, y.Column, start, end), true
	b.end = end
	return c
}

func (b *builder) target(y *yaml.Node, depth int) *Node {
	b.aliasDepth++
	defer func() { b.aliasDepth-- }()
	a := b.anchors[y.Alias]
	switch {
	case a == nil:
		return b.build(y.Alias, depth)
	case a.node == nil:
		b.problem(y, "anchor %q contains itself; Helm refuses such a file", y.Value)
		return b.null(y)
	}
	b.count(y, a.size)
	if b.tooDeep(y, depth+a.height) || b.stopped {
		return b.null(y)
	}
	return a.node
}

func (b *builder) sequence(y *yaml.Node, depth int) *Node {
	n := b.node()
	n.Kind, n.Items = List, make([]*Node, 0, len(y.Content))
	start := b.open(y)
	for _, c := range y.Content {
		n.Items = append(n.Items, b.build(c, depth+1))
	}
	b.close(n, y, start)
	return n
}

func (b *builder) mapping(y *yaml.Node, depth int) *Node {
	n := b.node()
	n.Kind, n.Fields = Map, make([]*Field, 0, len(y.Content)/2)
	start := b.open(y)
	for i := 0; i+1 < len(y.Content); i += 2 {
		ky, vy := y.Content[i], y.Content[i+1]
		if b.isMerge(ky) {
			for _, f := range b.merged(vy, depth) {
				n.putMerged(f)
			}
			continue
		}
		f, ok := b.key(ky)
		f.Value = b.build(vy, depth+1)
		if f.Value.Kind == Null && f.Value.Text == "" && !f.Value.Alias {
			f.Value.Span = f.KeySpan
		}
		if ok {
			n.put(f)
		}
	}
	b.close(n, y, start)
	return n
}

// put sets a field that the mapping itself writes.
func (n *Node) put(f *Field) {
	i := n.find(f.Key)
	if i < 0 {
		n.add(f)
		return
	}
	if old := n.Fields[i]; !old.Merged {
		f.Earlier = append(old.Earlier, old) // no other field appends there
	}
	n.Fields[i] = f
}

// putMerged sets a copy of a field that `<<` brings in; it replaces what the
// mapping wrote before.
func (n *Node) putMerged(f *Field) {
	c := *f
	c.Merged, c.Earlier, c.Lost = true, nil, nil
	i := n.find(f.Key)
	if i < 0 {
		n.add(&c)
		return
	}
	if old := n.Fields[i]; !old.Merged {
		c.Lost = old
	} else {
		c.Lost = old.Lost
	}
	n.Fields[i] = &c
}

func (b *builder) isMerge(k *yaml.Node) bool {
	if k.Kind != yaml.ScalarNode || k.Value != "<<" {
		return false
	}
	tag, implicit := b.tagOf(k)
	return implicit || tag == "!!merge"
}

// tagOf returns the tag that is written at a scalar, and whether the scalar is
// untagged and plain, as the tag `!` makes even a quoted one.
func (b *builder) tagOf(y *yaml.Node) (tag string, implicit bool) {
	if y.Style&yaml.TaggedStyle != 0 {
		return y.Tag, false
	}
	if bareTag(b.text.data, b.text.offset(y.Line, y.Column)) {
		return "!", true
	}
	return "", styleOf(y) == Plain
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
	end := b.end
	for _, s := range sources {
		if k := s.Kind; k != yaml.MappingNode && (k != yaml.AliasNode || s.Alias.Kind != yaml.MappingNode) {
			b.problem(s, "`<<` needs a mapping or a list of mappings, such as `<<: *anchor`; Helm refuses anything else")
			continue
		}
		out = append(out, b.build(s, depth+1).Fields...)
		end = max(end, b.end)
	}
	b.end = end
	return out
}

// key reads a key. It is false when Helm does not take it.
func (b *builder) key(k *yaml.Node) (*Field, bool) {
	b.count(k, 1)
	f := b.field()
	at := k
	if k.Kind == yaml.AliasNode {
		b.aliasDepth++
		b.count(k, 1)
		b.aliasDepth--
		k = k.Alias
	}
	if k.Kind != yaml.ScalarNode {
		f.KeySpan = b.pointSpan(at)
		b.problem(at, "key is %s; Helm accepts only scalar keys, so quote the key%s", kindOf(k), braceHint(k))
		return f, false
	}
	n := &b.scratch
	*n = Node{}
	s := b.scalar(n, k)
	f.KeyText, f.KeySpan, f.Quoted = n.Text, n.Span, n.Style != Plain
	if at != k {
		start := b.text.offset(at.Line, at.Column)
		b.end = start + 1 + len(at.Value)
		f.KeySpan = b.text.spanFrom(b.doc, at.Line, at.Column, start, b.end)
	}
	var ok bool
	f.Key, ok = s.key()
	if !ok && s.form == formNull {
		b.problem(at, "key is null; Helm refuses it, write a name or quote it")
	} else if !ok {
		b.problem(at, "key %s is too large a number; Helm refuses it, quote it", n.Text)
	}
	return f, ok
}

func kindOf(y *yaml.Node) Kind {
	if y.Kind == yaml.SequenceNode {
		return List
	}
	return Map
}

func braceHint(y *yaml.Node) string {
	if y.Kind == yaml.MappingNode && y.Style&yaml.FlowStyle != 0 {
		return "; a value that begins with `{{` needs quotes too"
	}
	return ""
}

// scalar types y into the empty node n.
func (b *builder) scalar(n *Node, y *yaml.Node) scalar {
	n.Text, n.Style = b.text.unmask(y.Value), styleOf(y)
	start, end := b.scalarSpan(n, y)
	tag, implicit := b.tagOf(y)
	s := scalar{form: formString, str: n.Text}
	if implicit || tag != "" {
		var err error
		if s, err = resolve(tag, n.Text); err != nil {
			b.problem(y, "%s", err)
		}
	}
	n.Replaced = b.text.replaced || b.text.edited(start, end)
	switch s.form {
	case formNull:
		n.Kind = Null
	case formBool:
		n.Kind, n.Bool = Bool, s.bool
	case formInt, formUint, formFloat:
		n.Kind, n.Number = Number, s.float
	default:
		n.Kind, n.Str = String, s.str
		if s.form != formBinary && looksLikeYAML(n.Str) {
			n.embedded = &embedded{doc: b.doc, limits: b.limits, text: b.text, start: start, end: end}
		}
	}
	return s
}

// finite refuses the numbers that JSON does not have; as keys they are fine.
func (b *builder) finite(n *Node, y *yaml.Node) {
	if n.Kind == Number && (math.IsInf(n.Number, 0) || math.IsNaN(n.Number)) {
		b.problem(y, "%s is no number for JSON; Helm refuses the file, quote it", n.Text)
		n.Kind, n.Number = Null, 0
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
