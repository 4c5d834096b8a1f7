package values

import (
	"slices"
	"strings"
)

// Chart is a chart with its subcharts as coalescing sees it.
type Chart struct {
	Name     string // of the chart
	Defaults *Node  // the mapping of values.yaml, nil without one
	// Listed tells that Chart.yaml has a list of dependencies. Without it, the
	// conditions of charts further down are never looked at.
	Listed       bool
	Dependencies []Dependency
	Charts       []*Chart // all charts in charts/
	Unlisted     []*Chart // those of them that no dependency stands for
	Origin       any      // what the caller made this of
}

// Dependency is an entry of a chart's list of dependencies.
type Dependency struct {
	Name       string // of the chart
	Key        string // of its values: the alias, or the chart's name
	Chart      *Chart // nil when it is not vendored
	Conditions []string
	Tags       []string
	Imports    []Import
}

// Import takes the mapping Child of a dependency as the mapping Parent. Short
// is the form that only names an export.
type Import struct {
	Child, Parent string
	Short         bool
}

// Active is a chart that takes part in a release, or one that does not.
type Active struct {
	Name   string // the key of its values; of the top chart its name
	Chart  *Chart
	Path   []string  // of its values from the root
	Charts []*Active // enabled subcharts, in Helm's order
	Off    []*Switch // dependencies that are disabled
	On     []*Switch // dependencies that something enabled or that nothing speaks of
}

// Switch tells why a dependency is enabled or not.
type Switch struct {
	Dependency *Dependency
	Path       []string // of the value that decides, nil when none does
	Value      *Node    // that value
	// Ignored are the values of conditions and tags that are no booleans, which
	// Helm passes over.
	Ignored []IgnoredSwitch
}

// IgnoredSwitch is a value at the path of a condition or a tag that is no
// boolean.
type IgnoredSwitch struct {
	Path  []string
	Value *Node
}

// Clash is a place where Helm drops a value because one side is a mapping and
// the other is not, or refuses the release.
type Clash struct {
	Path  []string
	Value *Node // what stays
	Lost  *Node // what is dropped
	Fatal bool  // the values of a subchart are no mapping
}

// Coalesced is what Helm makes of a chart and the user's values.
type Coalesced struct {
	Values  *Values
	Top     *Active
	Clashes []Clash
}

// CoalesceChart lays the user's values over the defaults of a chart and its
// subcharts, as `helm install` of the given version does: dependencies are
// switched by conditions and tags, values are imported from subcharts, globals
// handed down, nulls removed. What was removed is kept in Node.Removed. The
// layers of all defaults come first in Values.Layers.
func CoalesceChart(top *Chart, user *Values, p Profile) *Coalesced {
	c := &coalescer{p: p}
	out := &Coalesced{Values: &Values{Layers: slices.Clone(user.Layers), Root: user.Root, User: user}}
	root := c.active(top, top.Name, nil)
	userRoot := user.Root
	if userRoot == nil {
		userRoot = &Node{Kind: Map}
	}
	if c.enable(root, userRoot, "") && c.importValues(root) {
		c.clashes = nil
		out.Values.Root, _ = c.coalesce(root, deepCopy(userRoot), false)
	}
	out.Top, out.Clashes = root.result(), c.clashes
	var layers []*Layer
	var collect func(a *Chart)
	collect = func(a *Chart) {
		for _, sub := range a.Charts {
			collect(sub)
		}
		if a.Defaults != nil && a.Defaults.Layer != nil && !slices.Contains(layers, a.Defaults.Layer) {
			layers = append(layers, a.Defaults.Layer)
		}
	}
	collect(top)
	slices.SortStableFunc(layers, func(a, b *Layer) int { return int(a.Kind) - int(b.Kind) })
	out.Values.Layers = slices.DeleteFunc(out.Values.Layers, func(l *Layer) bool { return slices.Contains(layers, l) })
	out.Values.Layers = append(layers, out.Values.Layers...)
	return out
}

// coalescer changes nodes of its own only: whatever goes in is copied first.
// Where Helm shares a mapping between two places, the node is shared, too, so
// that a later change shows up in both.
type coalescer struct {
	p       Profile
	clashes []Clash // of the latest pass
}

// running is a chart while it is coalesced.
type running struct {
	name   string
	chart  *Chart
	path   []string
	values *Node
	deps   []*running
	reqs   []*request // nil: Chart.yaml has no list
	off    []*Switch
}

// request is an entry of the list of dependencies.
type request struct {
	dep     *Dependency
	name    string // the chart's name, until the alias is applied
	enabled bool
	why     Switch
}

func (c *coalescer) active(ch *Chart, name string, path []string) *running {
	r := &running{name: name, chart: ch, path: path}
	if ch.Defaults != nil {
		r.values = deepCopy(ch.Defaults)
	} else {
		r.values = &Node{Kind: Map}
	}
	for _, sub := range ch.Charts {
		r.deps = append(r.deps, c.active(sub, sub.Name, join(path, sub.Name)))
	}
	for i := range ch.Dependencies {
		d := &ch.Dependencies[i]
		r.reqs = append(r.reqs, &request{dep: d, name: d.Name, why: Switch{Dependency: d}})
	}
	if ch.Listed && r.reqs == nil {
		r.reqs = []*request{}
	}
	return r
}

// adopt takes over the values of the same chart under another name.
func (r *running) adopt(other *running) {
	r.values = other.values
	for i, d := range other.deps {
		r.deps[i].adopt(d)
	}
}

func (r *running) result() *Active {
	a := &Active{Name: r.name, Chart: r.chart, Path: r.path, Off: r.off}
	for _, q := range r.reqs {
		a.On = append(a.On, &q.why)
	}
	for _, d := range r.deps {
		a.Charts = append(a.Charts, d.result())
	}
	return a
}

func join(path []string, key string) []string { return append(path[:len(path):len(path)], key) }

// enable switches dependencies off, as Helm's processDependencyEnabled. It is
// false when the values of a subchart are no mapping.
func (c *coalescer) enable(r *running, v *Node, prefix string) bool {
	if r.reqs == nil {
		return true // and the aliases of charts below are not applied either
	}
	vendored := r.deps
	r.deps = nil
	named := func(ch *Chart, name string) {
		d := c.active(ch, name, join(r.path, name))
		for _, v := range vendored {
			if v.chart == ch {
				d.adopt(v)
			}
		}
		r.deps = append(r.deps, d)
	}
	for _, sub := range r.chart.Unlisted {
		named(sub, sub.Name)
	}
	for _, q := range r.reqs {
		if q.name = q.dep.Key; q.dep.Chart != nil {
			named(q.dep.Chart, q.name)
		}
	}
	c.clashes = nil
	vals, ok := c.coalesce(r, deepCopy(v), false)
	if !ok {
		return false
	}
	for _, q := range r.reqs {
		q.enabled = true
	}
	if tags := vals.Get("tags"); tags != nil && tags.Value.Kind == Map {
		for _, q := range r.reqs {
			q.byTags(tags.Value)
		}
	}
	off := map[string]bool{}
	for _, q := range r.reqs {
		q.byConditions(vals, prefix)
		if !q.enabled {
			off[q.name] = true
			r.off = append(r.off, &q.why)
		}
	}
	r.deps = slices.DeleteFunc(r.deps, func(d *running) bool { return off[d.name] })
	kept := slices.DeleteFunc(slices.Clone(r.reqs), func(q *request) bool { return off[q.name] })
	for _, d := range r.deps {
		if !c.enable(d, vals, prefix+d.name+".") {
			return false
		}
	}
	if r.reqs = kept; len(kept) == 0 {
		r.reqs = nil
	}
	return true
}

func (q *request) byTags(tags *Node) {
	yes, no := false, false
	for _, t := range q.dep.Tags {
		f := tags.Get(t)
		if f == nil {
			continue
		}
		path := []string{"tags", t}
		if f.Value.Kind != Bool {
			q.why.Ignored = append(q.why.Ignored, IgnoredSwitch{path, f.Value})
			continue
		}
		if f.Value.Bool && !yes || !f.Value.Bool && !yes && !no {
			q.why.Path, q.why.Value = path, f.Value
		}
		yes, no = yes || f.Value.Bool, no || !f.Value.Bool
	}
	q.enabled = yes || !no
}

func (q *request) byConditions(vals *Node, prefix string) {
	for _, cond := range q.dep.Conditions {
		path := strings.Split(prefix+cond, ".")
		n := vals
		for _, key := range path {
			f := n.Get(key)
			if f == nil {
				n = nil
				break
			}
			n = f.Value
		}
		switch {
		case n == nil || n.Kind == Map:
		case n.Kind == Bool:
			q.enabled, q.why.Path, q.why.Value = n.Bool, path, n
			return
		default:
			q.why.Ignored = append(q.why.Ignored, IgnoredSwitch{path, n})
		}
	}
}

// importValues is Helm's processDependencyImportValues.
func (c *coalescer) importValues(r *running) bool {
	for _, d := range r.deps {
		if !c.importValues(d) {
			return false
		}
	}
	if r.reqs == nil {
		return true
	}
	c.clashes = nil
	merge := c.p.keepsImportedNulls()
	vals, ok := c.coalesce(r, &Node{Kind: Map}, merge)
	if !ok {
		return false
	}
	imported := &Node{Kind: Map}
	for _, q := range r.reqs {
		for _, im := range q.dep.Imports {
			n := vals
			for key := range strings.SplitSeq(q.name+"."+im.Child, ".") {
				f := n.Get(key)
				if f == nil || f.Value.Kind != Map {
					n = nil
					break
				}
				n = f.Value
			}
			if n == nil {
				continue
			}
			if len(n.Fields) == 0 {
				n = shallowCopy(n) // Helm shares only mappings with keys
			}
			if im.Parent != "." {
				keys := strings.Split(im.Parent, ".")
				for i := len(keys) - 1; i >= 0; i-- {
					outer := &Node{Kind: Map, Span: n.Span, Layer: n.Layer}
					outer.set(&Field{Key: keys[i], KeyText: keys[i], KeySpan: n.Span, Value: n})
					n = outer
				}
			}
			if !merge && im.Short {
				c.tables(imported, n, nil, false)
			} else if !merge {
				imported = c.tables(vals, n, nil, false)
			} else {
				c.tables(imported, n, nil, true)
			}
		}
	}
	if merge {
		vals = deepCopy(vals)
	}
	r.values = c.tables(vals, imported, nil, merge)
	return true
}

// coalesce lays dest, which it changes, over the values of the chart and its
// subcharts.
func (c *coalescer) coalesce(r *running, dest *Node, merge bool) (*Node, bool) {
	c.defaults(r, dest, merge)
	for _, sub := range r.deps {
		f := dest.Get(sub.name)
		if f == nil {
			f = &Field{Key: sub.name, KeyText: sub.name, Value: &Node{Kind: Map}}
			dest.set(f)
		}
		if f.Value.Kind != Map {
			c.clashes = append(c.clashes, Clash{Path: sub.path, Value: f.Value, Fatal: true})
			return dest, false
		}
		c.globals(f.Value, dest, sub.path)
		if _, ok := c.coalesce(sub, f.Value, merge); !ok {
			return dest, false
		}
	}
	return dest, true
}

func (c *coalescer) clash(path []string, stays, lost *Node) {
	c.clashes = append(c.clashes, Clash{Path: path, Value: stays, Lost: lost})
}

// globals hands the globals of a chart down to a subchart.
func (c *coalescer) globals(dest, src *Node, path []string) {
	const key = "global"
	dg, sg := dest.Get(key), src.Get(key)
	if dg != nil && dg.Value.Kind != Map || sg != nil && sg.Value.Kind != Map {
		return
	}
	target := &Node{Kind: Map}
	if dg != nil {
		target = dg.Value
	}
	if sg != nil {
		for _, f := range slices.Clone(sg.Value.Fields) {
			old := target.Get(f.Key)
			if f.Value.Kind == Map {
				v := shallowCopy(f.Value)
				if old != nil && old.Value.Kind != Map {
					c.clash(append(join(path, key), f.Key), old.Value, f.Value)
					continue
				}
				if old != nil {
					c.tables(v, old.Value, append(join(path, key), f.Key), c.p.keepsImportedNulls())
				}
				target.set(withValue(f, v))
				continue
			}
			if old != nil && old.Value.Kind == Map {
				c.clash(append(join(path, key), f.Key), old.Value, f.Value)
				continue
			}
			v := f.Value
			if old != nil {
				v = covered(v, old.Value)
			}
			target.set(withValue(f, v))
		}
	}
	if dg == nil {
		g := &Field{Key: key, KeyText: key, Value: target}
		if sg != nil {
			target.Span, target.Layer = sg.Value.Span, sg.Value.Layer
			g.KeySpan = sg.KeySpan
		}
		dest.set(g)
	}
}

// defaults lays v over the chart's own values.
func (c *coalescer) defaults(r *running, v *Node, merge bool) {
	own := r.values
	if c.p.copiesDefaults() {
		own = deepCopy(own)
	}
	v.Parts = joinParts(own, v)
	for _, f := range slices.Clone(own.Fields) {
		u := v.Get(f.Key)
		switch {
		case u == nil && !merge && c.p.cleanDefaults():
			if f.Value.Kind == Null {
				v.Removed = append(v.Removed, f)
				continue
			}
			clean(f.Value)
			v.set(withValue(f, f.Value))
		case u == nil:
			v.set(withValue(f, f.Value))
		case u.Value.Kind == Null && !merge:
			v.remove(withValue(u, covered(u.Value, f.Value)))
		case u.Value.Kind == Map && f.Value.Kind == Map:
			inner := merge || c.p.keepsSubchartNulls() && r.has(f.Key)
			if !inner && c.p.cleanDefaults() {
				clean(f.Value)
			}
			c.tables(u.Value, f.Value, join(r.path, f.Key), inner)
		default:
			if u.Value.Kind == Map && f.Value.Kind != Null {
				c.clash(join(r.path, f.Key), u.Value, f.Value)
			}
			v.set(withValue(u, covered(u.Value, f.Value)))
		}
	}
}

func (r *running) has(key string) bool {
	return slices.ContainsFunc(r.deps, func(d *running) bool { return d.name == key })
}

// tables lays dst over src and returns it; both are changed.
func (c *coalescer) tables(dst, src *Node, path []string, merge bool) *Node {
	dst.Parts = joinParts(src, dst)
	nulls := c.p.nulls()
	nonNull := map[string]bool{}
	for _, f := range src.Fields {
		if f.Value.Kind != Null {
			nonNull[f.Key] = true
		}
	}
	before := slices.Clone(src.Fields)
	if nulls != keepUnlessDefault {
		for _, f := range dst.Fields {
			if f.Value.Kind != Null {
				continue
			}
			if src.Get(f.Key) == nil {
				before = append(before, f)
			}
			src.set(withValue(f, f.Value))
		}
	}
	for _, f := range before {
		d := dst.Get(f.Key)
		switch {
		case d == nil:
			dst.set(withValue(f, f.Value))
		case !merge && d.Value.Kind == Null && (nulls != keepUnlessValue || nonNull[f.Key]):
			dst.remove(withValue(d, covered(d.Value, f.Value)))
		case f.Value.Kind == Map && d.Value.Kind == Map:
			c.tables(d.Value, f.Value, join(path, f.Key), merge)
		default:
			if (f.Value.Kind == Map && d.Value.Kind != Null) || d.Value.Kind == Map && f.Value.Kind != Null {
				c.clash(join(path, f.Key), d.Value, f.Value)
			}
			dst.set(withValue(d, covered(d.Value, f.Value)))
		}
	}
	return dst
}

// keepsImportedNulls reports whether nulls survive the import of values.
func (p Profile) keepsImportedNulls() bool { return p.major != 3 || p.minor >= 13 }

// copiesDefaults reports whether coalescing leaves a chart's own values alone.
func (p Profile) copiesDefaults() bool { return p.keepsImportedNulls() }

// keepsSubchartNulls reports whether a null for a subchart's value gets as far
// as the subchart.
func (p Profile) keepsSubchartNulls() bool { return p.major != 3 || p.minor >= 17 }

// clean takes the nulls out of a chart's mapping.
func clean(n *Node) {
	if n.Kind != Map {
		return
	}
	for _, f := range slices.Clone(n.Fields) {
		if f.Value.Kind == Null {
			n.remove(f)
			continue
		}
		clean(f.Value)
	}
}

// deepCopy copies the mappings of a tree; lists and scalars are never changed.
func deepCopy(n *Node) *Node {
	if n.Kind != Map {
		return n
	}
	c := shallowCopy(n)
	for i, f := range c.Fields {
		if f.Value.Kind == Map {
			c.Fields[i] = withValue(f, deepCopy(f.Value))
		}
	}
	return c
}

func shallowCopy(n *Node) *Node {
	c := *n
	c.Fields = slices.Clone(n.Fields)
	c.Removed = slices.Clone(n.Removed)
	c.Parts = slices.Clone(parts(n))
	c.index = nil
	if len(c.Fields) >= indexFrom {
		c.reindex()
	}
	return &c
}

// covered returns over, or a copy of it, that also shadows base, unless it does
// already or is that very value. A mapping stays the node that it is.
func covered(over, base *Node) *Node {
	if over == base || over.Span == base.Span && !over.Span.IsZero() {
		return over
	}
	n := *over
	n.Shadows = slices.Clone(over.Shadows)
	for _, s := range append([]*Node{base}, base.Shadows...) {
		known := slices.ContainsFunc(n.Shadows, func(o *Node) bool { return o == s || o.Span == s.Span })
		if !known && s.Span != n.Span {
			n.Shadows = append(n.Shadows, s)
		}
	}
	if over.Kind == Map {
		over.Shadows = n.Shadows
		return over
	}
	return &n
}

// joinParts are the mappings that both were made of, without repetition.
func joinParts(below, above *Node) []*Node {
	out := slices.Clone(parts(below))
	for _, p := range parts(above) {
		if !slices.ContainsFunc(out, func(o *Node) bool { return o == p || o.Span == p.Span && o.Layer == p.Layer }) {
			out = append(out, p)
		}
	}
	return out
}

func withValue(f *Field, v *Node) *Field {
	c := *f
	c.Value = v
	return &c
}

// set puts a field in, in the place of one with the same key.
func (n *Node) set(f *Field) {
	if i := n.find(f.Key); i >= 0 {
		n.Fields[i] = f
		return
	}
	n.add(f)
}

// remove takes a field away and remembers it.
func (n *Node) remove(f *Field) {
	i := n.find(f.Key)
	if i < 0 {
		return
	}
	n.Fields = slices.Delete(slices.Clone(n.Fields), i, i+1)
	n.Removed = append(n.Removed, f)
	n.index = nil
	if len(n.Fields) >= indexFrom {
		n.reindex()
	}
}

func (n *Node) reindex() {
	n.index = make(map[string]int, 2*len(n.Fields))
	for i, f := range n.Fields {
		n.index[f.Key] = i
	}
}
