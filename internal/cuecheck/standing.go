package cuecheck

import (
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
)

// Standing is what a schema says of one place.
type Standing struct {
	Named    bool     // it has the key by this very name, or the place is an item of a list
	Free     bool     // any key may stand there, or the schema leaves the place to CUE
	Required bool     // the key has to be there
	Words    []string // the strings that it has to be one of
	Near     string   // for a key that may not be there: the nearest that may
}

// At tells what the schema says of a path. Of a path that it refuses, it says
// nothing: neither Named nor Free. An index stands for any item of the list.
func (s *Schema) At(p lint.Path) Standing {
	if s == nil || s.root == nil {
		return Standing{Free: true}
	}
	fields := []*field{s.root}
	out := Standing{Named: true}
	for _, step := range p {
		out = Standing{}
		var next []*field
		var names []string
		for _, f := range fields {
			for _, a := range f.shape().alts {
				in := a.stand(step, &out)
				if in != nil && !slices.Contains(next, in) {
					next = append(next, in)
				}
				if a.kinds&kMap != 0 && !step.IsIndex {
					for _, o := range a.view().order {
						names = append(names, o.name)
					}
				}
			}
		}
		fields = next
		if len(next) == 0 {
			if !out.Free {
				out.Near = nearestKey(step.Key, names)
			}
			return out
		}
	}
	for _, f := range fields {
		out.Required = out.Required || f.need == required
		for _, a := range f.shape().alts {
			for _, t := range a.tests {
				if t.op == opLit && t.kinds&kString != 0 && !slices.Contains(out.Words, t.lit.s) {
					out.Words = append(out.Words, t.lit.s)
				}
			}
			if a.kinds&kString != 0 && !slices.ContainsFunc(a.tests, func(t *expr) bool { return t.op == opLit }) {
				out.Words = nil
				break
			}
		}
	}
	return out
}

// stand takes one step and notes what the alternative says of it.
func (a *alt) stand(step lint.Step, out *Standing) *field {
	if a.cross {
		out.Free = true
	}
	if step.IsIndex {
		if a.kinds&kList == 0 {
			return nil
		}
		if l := a.list(); !l.free {
			if in := l.item(step.Index); in != nil {
				out.Named = true
				return in
			}
			return nil
		}
		out.Free = true
		return nil
	}
	if a.kinds&kMap == 0 {
		return nil
	}
	v := a.view()
	in, may := v.get(step.Key)
	switch {
	case in == nil && may || v.dynamic:
		out.Free = true
	case in == nil:
	case in.pattern:
		out.Free = true
	case may:
		out.Named = true
	}
	return in
}

// Refuses reports whether the schema knows for certain that a path of the values
// cannot be there, and the nearest key that can. Paths that the pack lists as
// misplaced are known to be wrong, and so may be asked for.
func (s *Schema) Refuses(p lint.Path) (near string, refused bool) {
	for _, m := range s.misplaced {
		if p.HasPrefix(m.wrong) {
			return "", false
		}
	}
	for i := range p {
		k := s.At(p[:i+1])
		if k.Free {
			return "", false
		}
		if !k.Named {
			return k.Near, true
		}
	}
	return "", false
}
