package upgrade

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/jsonschema"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// broken is a value that breaks the schema of a chart.
type broken struct {
	jsonschema.Violation
	path lint.Path // from the root of the release's values
}

// violations judges the values by the schemas of the chart and its enabled
// subcharts, as Helm does.
func (k *checker) violations(s *side, v *values.Values) []broken {
	if !slices.ContainsFunc(s.parts, func(q part) bool { return q.chart.Schema != nil }) {
		return nil
	}
	all := k.coalesced(s, v)
	if all.Values.Root == nil {
		return nil
	}
	var out []broken
	var visit func(a *values.Active)
	visit = func(a *values.Active) {
		at := lint.Keys(a.Path...)
		if c, ok := a.Chart.Origin.(*chart.Chart); ok && c.Schema != nil {
			n := all.Values.Root.Lookup(at)
			schema := s.compiled(c, k.profile)
			if n != nil && schema != nil {
				for _, b := range schema.Check(n) {
					out = append(out, broken{b, slices.Concat(at, b.Path)})
				}
			}
		}
		for _, sub := range a.Charts {
			visit(sub)
		}
	}
	visit(all.Top)
	return out
}

// compiled is the schema of a chart of the side, nil when Helm refuses it. It is
// compiled once for all releases.
func (s *side) compiled(c *chart.Chart, p values.Profile) *jsonschema.Schema {
	get, _ := s.schemas.LoadOrStore(c, sync.OnceValue(func() *jsonschema.Schema {
		schema, _ := jsonschema.Compile(c.Schema.Name, c.Schema.Data, p)
		return schema
	}))
	return get.(func() *jsonschema.Schema)()
}

// schema reports what the new schema refuses and the old one did not.
func (k *checker) schema(now, before *values.Values) {
	if k.new == nil {
		return
	}
	found := k.violations(k.new, now)
	if len(found) == 0 {
		return
	}
	var known []broken
	if k.old != nil {
		known = k.violations(k.old, before)
	}
	for _, b := range found {
		if slices.ContainsFunc(known, func(o broken) bool { return o.Kind == b.Kind && o.path.Equal(b.path) }) || k.covered(b.path) {
			continue
		}
		if b.Kind == jsonschema.Missing {
			k.missing(b, now)
			continue
		}
		layer, n := k.setter(b.path)
		if n == nil {
			k.refused(b, now)
			continue
		}
		if n.Unknown() {
			continue
		}
		k.at = layer
		span := k.layers[layer].Root.LocateKey(b.path)
		if b.Kind == jsonschema.Wrong && !n.Span.IsZero() {
			span = n.Span
		}
		var r *lint.Finding
		switch {
		case b.Kind == jsonschema.Unknown && k.old != nil && k.old.documents(b.path):
			r = k.report("removed-key", lint.Error, b.path, span, "the schema of %s no longer takes %s; delete it", k.target(), quote(b.path))
			r.Fix = k.remove(b.path)
		case b.Kind == jsonschema.Unknown:
			r = k.report("tightened-schema", lint.Error, b.path, span, "the schema of %s takes no key %s%s; Helm refuses the upgrade", k.target(), quote(b.path), oneOf(b.Known))
		default:
			r = k.report("tightened-schema", lint.Error, b.path, span, "%s is %s, but the schema of %s wants %s; Helm refuses the upgrade", quote(b.path), show(b.path, n), k.target(), b.Want)
		}
		r.Related = []lint.Related{{Span: b.Rule, Message: "the schema says so here"}}
	}
}

func oneOf(known []string) string {
	if len(known) == 0 || len(known) > 12 {
		return ""
	}
	return fmt.Sprintf("; it knows %s", strings.Join(known, ", "))
}

// refused reports a default of the new chart that its own schema refuses, so
// that the user has to set another value.
func (k *checker) refused(b broken, now *values.Values) {
	n := k.new.defaults.Lookup(b.path)
	if b.Kind != jsonschema.Wrong || n == nil || n.Kind == values.Map || n.Unknown() {
		return
	}
	r := k.report("new-required-key", lint.Error, b.path, k.around(b, now),
		"%s requires %s: its own default %s is refused, because its schema wants %s; set it", k.target(), quote(b.path), show(b.path, n), b.Want)
	r.Related = []lint.Related{{Span: n.Span, Path: b.path, Message: "the default"}, {Span: b.Rule, Message: "the schema says so here"}}
}

// around is the nearest value of the user's around a path that none of them
// sets.
func (k *checker) around(b broken, now *values.Values) lint.Span {
	root := now.Root
	if len(k.layers) > 0 {
		root = values.MergeFiles(k.layers...).Root
	}
	span, _ := root.Locate(b.path)
	if span.IsZero() {
		span = b.Rule
	}
	span.EndLine, span.EndCol = span.Line, span.Column+1
	return span
}

// missing reports a key that the new schema requires.
func (k *checker) missing(b broken, now *values.Values) {
	span := k.around(b, now)
	want := ""
	for _, q := range k.new.parts {
		if n := schemaOf(q.schema, q.schema, b.path[min(len(q.path), len(b.path)):], 0); b.path.HasPrefix(q.path) && n != nil {
			if f := n.Get("description"); f != nil && f.Value.Kind == values.String {
				want = fmt.Sprintf(" (%s)", short(strings.TrimSuffix(strings.Join(strings.Fields(f.Value.Str), " "), "."), 100))
			}
		}
	}
	r := k.report("new-required-key", lint.Error, b.path, span, "%s requires %s%s, which neither the values nor its defaults set; Helm refuses the upgrade", k.target(), quote(b.path), want)
	if b.Rule != span {
		r.Related = []lint.Related{{Span: b.Rule, Message: "the schema requires it here"}}
	}
}

// setter is the highest layer that sets the path, or the nearest value around
// it that is no mapping.
func (k *checker) setter(p lint.Path) (int, *values.Node) {
	for i := len(k.layers) - 1; i >= 0; i-- {
		if n := k.layers[i].Root.Lookup(p); n != nil {
			return i, n
		}
	}
	return 0, nil
}

// schemaTakes reports whether the new schema names the kind of the value at the
// path, whatever the default is.
func (k *checker) schemaTakes(p lint.Path, n *values.Node) bool {
	for _, q := range k.new.parts {
		if !p.HasPrefix(q.path) {
			continue
		}
		s := schemaOf(q.schema, q.schema, p[len(q.path):], 0)
		f := s.Get("type")
		if f == nil {
			continue
		}
		types := f.Value.Items
		if f.Value.Kind == values.String {
			types = []*values.Node{f.Value}
		}
		for _, t := range types {
			if schemaKind(t.Str, n) {
				return true
			}
		}
	}
	return false
}

func schemaKind(name string, n *values.Node) bool {
	switch name {
	case "object":
		return n.Kind == values.Map
	case "array":
		return n.Kind == values.List
	case "string":
		return n.Kind == values.String
	case "boolean":
		return n.Kind == values.Bool
	case "number", "integer":
		return n.Kind == values.Number
	}
	return false
}
