package cuecheck

import (
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
)

// Known is what a schema knows of one place, as editors show it.
type Known struct {
	Name       string // of the key, "" for an item of a list and the root
	Doc        string
	Expect     string   // what is expected, in words
	Kinds      []string // as JSON Schema calls them
	Enum       []any    // the only values there are; none: others fit, too
	Literals   []any    // values that the schema names, whatever else fits
	Default    any      // what CUE takes when nothing is given
	HasDefault bool
	Examples   []string
	Facts      []string
	Deprecated string // what to use instead
	Secret     bool
	YAML       bool // a string there holds YAML
	Required   bool
}

// Mapping reports whether a mapping fits and no scalar does.
func (k *Known) Mapping() bool { return k.only("object") }

// List reports whether a list fits and no scalar does.
func (k *Known) List() bool { return k.only("array") }

func (k *Known) only(kind string) bool {
	return slices.Contains(k.Kinds, kind) &&
		!slices.ContainsFunc(k.Kinds, func(o string) bool { return o != kind && o != "null" })
}

// Known returns what the schema says of the value at the path; false when it
// does not name it.
func (s *Schema) Known(p lint.Path) (Known, bool) {
	fields, hidden := s.fieldsAt(p)
	if len(fields) == 0 {
		return Known{Secret: hidden}, false
	}
	k := known(fields[0])
	for _, f := range fields[1:] {
		k.join(known(f))
	}
	k.Secret = k.Secret || hidden
	return k, true
}

// Keys returns the keys that the schema names for the mapping at the path, in
// its order. Keys of which it knows a pattern only are not among them.
func (s *Schema) Keys(p lint.Path) []Known {
	fields, _ := s.fieldsAt(p)
	var out []Known
	at := map[string]int{}
	for _, f := range fields {
		for _, a := range f.shape().alts {
			if a.kinds&kMap == 0 {
				continue
			}
			v := a.view()
			for _, in := range v.order {
				if _, fits := v.get(in.name); !fits {
					continue
				}
				k := known(in)
				if i, seen := at[in.name]; seen {
					out[i].join(k)
					continue
				}
				at[in.name] = len(out)
				out = append(out, k)
			}
		}
	}
	return out
}

func known(f *field) Known {
	a, sh := f.attrs(), f.shape()
	k := Known{
		Doc: f.doc, Expect: a.expect, Examples: a.examples, Facts: a.facts,
		Deprecated: a.deprecated, Secret: a.secret, YAML: a.yaml, Required: f.need == required,
	}
	if !f.pattern && f.name != "[]" {
		k.Name = f.name
	}
	switch t := types(sh.kinds()).(type) {
	case string:
		k.Kinds = []string{t}
	case []any:
		for _, name := range t {
			k.Kinds = append(k.Kinds, name.(string))
		}
	}
	closed := len(sh.alts) > 0
	for _, alt := range sh.alts {
		if len(alt.tests) == 1 && alt.tests[0].op == opLit {
			if v := alt.tests[0].lit.plain(); !slices.Contains(k.Literals, v) {
				k.Literals = append(k.Literals, v)
			}
			continue
		}
		closed = closed && alt.kinds == kNull
	}
	if closed {
		k.Enum = k.Literals
	}
	k.Default, k.HasDefault = defaultOf(sh)
	return k
}

// join adds what another alternative says of the same place.
func (k *Known) join(o Known) {
	if k.Doc == "" {
		k.Doc = o.Doc
	}
	if k.Expect == "" {
		k.Expect = o.Expect
	}
	k.Kinds, k.Examples, k.Facts = union(k.Kinds, o.Kinds), union(k.Examples, o.Examples), union(k.Facts, o.Facts)
	merged := func(a, b []any) []any {
		for _, v := range b {
			if !slices.Contains(a, v) {
				a = append(slices.Clip(a), v)
			}
		}
		return a
	}
	if k.Enum != nil && o.Enum != nil {
		k.Enum = merged(k.Enum, o.Enum)
	} else {
		k.Enum = nil
	}
	k.Literals = merged(k.Literals, o.Literals)
	if !k.HasDefault {
		k.Default, k.HasDefault = o.Default, o.HasDefault
	}
	k.Secret, k.YAML, k.Required = k.Secret || o.Secret, k.YAML || o.YAML, k.Required && o.Required
	if k.Deprecated == "" || o.Deprecated == "" {
		k.Deprecated = "" // one of the two is not
	}
}
