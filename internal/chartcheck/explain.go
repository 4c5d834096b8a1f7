package chartcheck

import (
	"slices"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/templates"
	"github.com/helmvet/helmvet/internal/values"
)

// Explanation is what the chart has to do with one value.
type Explanation struct {
	// Reads are the first places of templates that read the value, or something
	// that it is a part of. Reached tells whether Helm gets to one of them.
	Reads   []templates.Site
	Reached bool
	// Guards are the conditions that keep Helm from it, when nothing is reached.
	Guards []templates.Guard
	// Schema are the places where schemas speak of the value.
	Schema []lint.Span
}

// Explain tells what reads the value at a path and which schemas speak of it.
func (v *Verdict) Explain(p lint.Path) Explanation {
	var e Explanation
	if v.Reads != nil {
		nodes, whole := v.Reads.Root.Lookup(p)
		for _, n := range slices.Concat(nodes, whole) {
			for _, s := range n.Sites {
				if !slices.Contains(e.Reads, s) {
					e.Reads = append(e.Reads, s)
				}
			}
			e.Reached = e.Reached || n.Live()
			e.Guards = append(e.Guards, n.Guards...)
		}
	}
	for _, h := range v.top.holders(p) {
		if s, ok := schemaPlace(h.schema, h.schema, h.rest, 0); ok && !slices.Contains(e.Schema, s) {
			e.Schema = append(e.Schema, s)
		}
	}
	return e
}

// schemaPlace is where a schema tells of the path.
func schemaPlace(root, n *values.Node, p lint.Path, depth int) (lint.Span, bool) {
	if n == nil || n.Kind != values.Map || depth > chart.MaxRefs {
		return lint.Span{}, false
	}
	if n = chart.Resolve(root, n); n == nil {
		return lint.Span{}, false
	}
	if len(p) == 0 {
		return n.Span, depth > 0
	}
	key := "properties"
	if p[0].IsIndex {
		key = "items"
	}
	if f := n.Get(key); f != nil {
		if p[0].IsIndex {
			return schemaPlace(root, f.Value, p[1:], depth+1)
		}
		if g := f.Value.Get(p[0].Key); g != nil {
			return schemaPlace(root, g.Value, p[1:], depth+1)
		}
	}
	for _, part := range schemaParts(n) {
		if s, ok := schemaPlace(root, part, p, depth+1); ok {
			return s, true
		}
	}
	return lint.Span{}, false
}
