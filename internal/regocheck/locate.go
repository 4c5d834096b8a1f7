package regocheck

import (
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Locate turns paths into places: it gives every finding and related place its
// span, writes fixes as edits, and names the release. Findings that only an
// unresolved placeholder decides are dropped, unless the rule says that they
// hold. in is the input that Eval was given.
func (in *Input) Locate(findings []Finding) []lint.Finding {
	out := make([]lint.Finding, 0, len(findings))
	for _, f := range findings {
		if !f.Holds && in.undecided(f) {
			continue
		}
		lf := lint.Finding{
			Rule: f.Rule, Severity: f.Severity, Message: f.Message,
			Path: f.Path, Span: in.span(f.Place),
			Facts: f.Facts, Source: f.Source,
		}
		about := in.Release
		switch f.Target {
		case FleetValues:
			about = in.fleetRelease(f.Place).Release
		case Manifest:
			// An object is no release's own. Beside each of them it is judged
			// alike, and said once.
			about = Release{}
		}
		lf.Release, lf.Location, lf.Chart = about.Name, about.Location, about.Chart.Name
		for _, r := range f.Related {
			lf.Related = append(lf.Related, lint.Related{Path: r.Path, Span: in.span(r.Place), Message: r.Message})
		}
		if f.Fix != nil {
			if e, ok := edit(in.root(f.Fix.Place), f.Fix.Path, f.Fix.Value); ok {
				lf.Fix = &lint.Fix{Description: f.Fix.Description, Edits: []lint.Edit{e}, Unsafe: f.Fix.Unsafe}
			}
		}
		out = append(out, lf)
	}
	return out
}

// at is the input that a place speaks of.
func (in *Input) at(p Place) *Input {
	if p.Previous {
		return in.Previous
	}
	return in
}

// fleetRelease is the release of the fleet that a place speaks of.
func (in *Input) fleetRelease(p Place) *FleetRelease {
	r := &in.Releases[p.Index]
	if p.Previous {
		return r.Previous
	}
	return r
}

// root is the tree that the path of a place leads into, or nil.
func (in *Input) root(p Place) *values.Node {
	var t *Tree
	switch p.Target {
	case Values:
		t = in.at(p).Values
	case Manifest:
		t = in.at(p).Manifests[p.Index]
	case LayerValues:
		t = in.at(p).Layers[p.Index].Values
	case FleetValues:
		t = in.fleetRelease(p).Values
	}
	if t == nil {
		return nil
	}
	return t.Node
}

func (in *Input) span(p Place) lint.Span {
	if p.Target == CommandLine {
		c := in.at(p).Commands[p.Index]
		if p.Word >= 0 {
			return c.Words[p.Word]
		}
		return c.Span
	}
	if p.Target == ContextValue {
		return in.told(p)
	}
	root := in.root(p)
	switch {
	case root == nil:
		return lint.Span{}
	case p.Key:
		return root.LocateKey(p.Path)
	}
	span, _ := root.Locate(p.Path)
	return span
}

// told is where the configuration tells a value of the context: at the most
// specific place that has it. Where nothing is known of the configuration, the
// values have to do.
func (in *Input) told(p Place) lint.Span {
	path := append(lint.Keys(p.Pack), p.Path...)
	var near lint.Span
	for _, n := range in.Told {
		span, found := n.Locate(path)
		if found {
			if p.Key {
				return n.LocateKey(path)
			}
			return span
		}
		if near.IsZero() && n.Get(p.Pack) != nil {
			near = span
		}
	}
	if near.IsZero() {
		p.Path, p.Target = nil, Values
		if in.Values == nil && len(in.Releases) > 0 {
			p.Target, p.Index = FleetValues, 0
		}
		return in.span(p)
	}
	return near
}

func (in *Input) undecided(f Finding) bool {
	if waits(in.root(f.Place), f.Path) {
		return true
	}
	for _, r := range f.Related {
		if waits(in.root(r.Place), r.Path) {
			return true
		}
	}
	return false
}

// waits reports whether the value at the path is not known yet: it holds a
// placeholder, or it would lie in what a placeholder stands for.
func waits(n *values.Node, p lint.Path) bool {
	if n == nil {
		return false
	}
	for i := range p {
		next := n.Lookup(p[i : i+1])
		if next == nil {
			// A block string may hold placeholders that have nothing to do
			// with the key that is missing from its content.
			return n.Embedded() == nil && n.Unknown()
		}
		n = next
	}
	return n.Unknown()
}
