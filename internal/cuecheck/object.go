package cuecheck

import (
	"maps"
	"slices"

	"cuelang.org/go/cue/ast"
	"github.com/helmvet/helmvet/internal/lint"
)

// manifests is the definition that holds the schemas of Kubernetes objects, by
// kind.
const manifests = "#Manifests"

// objects compiles #Manifests: a schema for each kind of objects.
func (c *compiler) objects(s *Schema) map[string]*Schema {
	c.cross = false
	d := c.definition(manifests)
	if d == nil {
		if near := misspelt(c.defs, manifests); near != "" {
			c.errorf(c.defs[near].decls[0].Pos(), "definition %s is not read; the schemas of Kubernetes objects are in %s", near, manifests)
		}
		return nil
	}
	all := &field{name: manifests, own: d.attrs, parts: []boundExpr{{expr: &expr{op: opRef, kinds: kAll, def: d}}}}
	alts := all.shape().alts
	if len(alts) != 1 || alts[0].kinds != kMap || len(alts[0].structs) == 0 {
		c.errorf(d.decls[0].Pos(), "%s is no plain struct; write a field for each kind, such as `%s: {Deployment: {...}}`", manifests, manifests)
		return nil
	}
	out := map[string]*Schema{}
	for _, f := range alts[0].view().order {
		if f.shape().kinds()&kMap == 0 {
			c.errorf(f.pos, "%s.%s is no struct; an object is always a mapping", manifests, f.name)
			continue
		}
		c.leaves = append(c.leaves, &ast.SelectorExpr{X: ast.NewIdent(manifests), Sel: ast.NewIdent(f.name)})
		out[f.name] = &Schema{name: s.name, root: f, object: true, cross: c.cross, rootLeaf: len(c.leaves) - 1, pkg: s.pkg}
	}
	return out
}

// Object returns the schema of the objects of a kind, or nil when the pack has
// none. Whether a kind is meant that has the same name in another API group is
// for the caller to know.
func (s *Schema) Object(kind string) *Schema {
	if s == nil {
		return nil
	}
	return s.objects[kind]
}

// Objects lists the kinds that have a schema, sorted.
func (s *Schema) Objects() []string { return slices.Sorted(maps.Keys(s.objects)) }

// unknownFacts are the facts that unknown keys stand for.
func (s *Schema) unknownFacts() []string {
	var out []string
	add := func(f *field) {
		if u := f.attrs().unknown; u != nil {
			out = union(out, u.facts)
		}
	}
	if s.root != nil {
		add(s.root)
	}
	for _, kind := range s.Objects() {
		add(s.objects[kind].root)
	}
	s.everyField(func(_ lint.Path, f *field) { add(f) })
	return out
}

// what names the document that the schema is about.
func (s *Schema) what() string {
	if s.object {
		return "object"
	}
	return "values"
}

// consumer is who reads the document.
func (s *Schema) consumer() string {
	if s.object {
		return "Kubernetes"
	}
	return "Helm"
}

// reads says who makes another number of a number.
func (s *Schema) reads() string {
	if s.object {
		return "YAML reads"
	}
	return "Helm prints"
}
