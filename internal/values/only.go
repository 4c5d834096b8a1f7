package values

import "github.com/helmvet/helmvet/internal/lint"

// Only returns a copy of a mapping that holds nothing but the values at the
// paths, with their places, and keeps no document alive. Rules about a whole
// fleet look at few values of each release, and memory must not grow with the
// rest.
func (n *Node) Only(paths []lint.Path) *Node {
	out := &Node{Kind: Map, Span: n.Span}
	for _, p := range paths {
		out.graft(n, p)
	}
	return out
}

// graft copies what lies at the path below from. Where the path ends early, the
// nearest parent is copied as an empty mapping, so that what is missing is
// placed there.
func (n *Node) graft(from *Node, p lint.Path) {
	if len(p) == 0 || p[0].IsIndex {
		return
	}
	f := from.Get(p[0].Key)
	if f == nil {
		return
	}
	if len(p) > 1 && f.Value.Kind == Map {
		have := n.Get(f.Key)
		if have == nil {
			have = detachedField(f)
			have.Value = &Node{Kind: Map, Span: f.Value.Span}
			n.add(have)
		}
		have.Value.graft(f.Value, p[1:])
		return
	}
	if n.Get(f.Key) == nil {
		c := detachedField(f)
		c.Value = detached(f.Value)
		n.add(c)
	}
}

func detachedField(f *Field) *Field {
	return &Field{Key: f.Key, KeyText: f.KeyText, KeySpan: f.KeySpan, Quoted: f.Quoted}
}

// detached copies a tree without what leads back to its document.
func detached(n *Node) *Node {
	c := &Node{
		Kind: n.Kind, Style: n.Style, Bool: n.Bool, IsInt: n.IsInt, Number: n.Number, Int: n.Int,
		Str: n.Str, Text: n.Text, Span: n.Span, Alias: n.Alias, Replaced: n.Replaced,
	}
	for _, f := range n.Fields {
		d := detachedField(f)
		d.Value = detached(f.Value)
		c.add(d)
	}
	for _, it := range n.Items {
		c.Items = append(c.Items, detached(it))
	}
	if in := n.Embedded(); in != nil {
		c.embedded = &embedded{root: detached(in)}
		c.embedded.once.Do(func() {})
	}
	return c
}
