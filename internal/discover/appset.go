package discover

import (
	"fmt"

	"github.com/helmvet/helmvet/internal/values"
)

// maxElements bounds what matrix generators may multiply to.
const maxElements = 10_000

// applicationSet expands the generators that are written out, lists and
// matrices of lists. For the others, which ask a cluster or a repository, the
// template is read once as it stands.
func (t *Tree) applicationSet(o *object) []Release {
	spec := get(o.node, "spec")
	template := get(spec, "template")
	gotmpl := isTrue(get(spec, "goTemplate"))
	patched := get(spec, "templatePatch")
	var out []Release
	add := func(p *params, notes ...Note) {
		for _, r := range t.application(o, template, p) {
			r.Notes, r.Many = append(r.Notes, notes...), p == nil
			if patched != nil {
				r.note(keySpan(spec, "templatePatch"), "templatePatch of the ApplicationSet is not applied")
			}
			out = append(out, r)
		}
	}
	var open []Note
	for _, g := range items(get(spec, "generators")) {
		elements, notes := generate(g, gotmpl, nil)
		open = append(open, notes...)
		for _, p := range elements {
			add(p)
		}
	}
	if len(open) > 0 {
		add(nil, open...)
	}
	return out
}

// generate returns the parameter sets of one generator, or notes why it is not
// read. outer are those of the matrix around it.
func generate(g *values.Node, gotmpl bool, outer *params) ([]*params, []Note) {
	if f := g.Get("selector"); f != nil {
		return nil, []Note{{f.KeySpan, "the selector of the generator is not applied"}}
	}
	for _, f := range fields(g) {
		if own := get(f.Value, "template"); own != nil {
			return nil, []Note{{own.Span, fmt.Sprintf("the template of the %s generator is not merged", f.Key)}}
		}
		switch f.Key {
		case "list":
			return list(f, gotmpl, outer)
		case "matrix":
			return matrix(f, gotmpl, outer)
		default:
			return nil, []Note{{f.KeySpan, fmt.Sprintf("the %s generator is not read, for its elements are not written here", f.Key)}}
		}
	}
	return nil, nil
}

func fields(n *values.Node) []*values.Field {
	if n == nil || n.Kind != values.Map {
		return nil
	}
	return n.Fields
}

func list(f *values.Field, gotmpl bool, outer *params) ([]*params, []Note) {
	elements := get(f.Value, "elements")
	var notes []Note
	if y := get(f.Value, "elementsYaml"); y != nil {
		if e := y.Embedded(); e != nil && !templated(text(y)) {
			elements = e
		} else {
			notes = append(notes, Note{span(y), "elementsYaml of the list generator is not read"})
		}
	}
	var out []*params
	for _, e := range items(elements) {
		m, ok := outer.tree(e, false).Any().(map[string]any)
		if !ok {
			continue
		}
		out = append(out, &params{values: m, gotmpl: gotmpl})
	}
	return out, notes
}

func matrix(f *values.Field, gotmpl bool, outer *params) ([]*params, []Note) {
	gens := items(get(f.Value, "generators"))
	if len(gens) != 2 {
		return nil, []Note{{f.KeySpan, fmt.Sprintf("the matrix generator has %d generators, but takes two", len(gens))}}
	}
	first, notes := generate(gens[0], gotmpl, outer)
	if len(notes) > 0 {
		return nil, notes
	}
	var out []*params
	for _, a := range first {
		scope := a
		if outer != nil {
			scope = a.merged(outer)
		}
		second, notes := generate(gens[1], gotmpl, scope)
		if len(notes) > 0 {
			return nil, notes
		}
		for _, b := range second {
			out = append(out, b.merged(a))
		}
		if len(out) > maxElements {
			return nil, []Note{{f.KeySpan, fmt.Sprintf("the matrix generator makes more than %d applications", maxElements)}}
		}
	}
	return out, nil
}
