package values

import "slices"

// Coalesce lays the user's values over the defaults of a chart that has no
// subcharts, as Helm does before it renders: mappings merge, the user wins, and
// a null removes a default. What was removed is kept in Node.Removed. The
// defaults are the mapping of the chart's values.yaml, or nil.
func Coalesce(defaults *Node, user *Values, p Profile) *Values {
	out := &Values{Layers: user.Layers, Root: user.Root}
	if defaults == nil {
		return out
	}
	if l := defaults.Layer; l != nil && !slices.Contains(out.Layers, l) {
		out.Layers = append([]*Layer{l}, out.Layers...)
	}
	out.Root = coalesce(defaults, user.Root, p, true)
	return out
}

// coalesce lays a mapping of the user's over a mapping of the chart's. At the
// top a null that meets a default always goes, and one that does not stays.
func coalesce(def, user *Node, p Profile, top bool) *Node {
	n := *user
	n.Fields, n.index = make([]*Field, 0, len(def.Fields)+len(user.Fields)), nil
	n.Parts = append(slices.Clone(parts(def)), parts(user)...)
	for _, f := range def.Fields {
		u := user.Get(f.Key)
		switch {
		case u == nil && p.cleanDefaults() && f.Value.Kind == Null:
			n.Removed = append(n.Removed, f)
		case u == nil && p.cleanDefaults():
			c := *f
			c.Value = withoutNulls(f.Value)
			n.add(&c)
		case u == nil:
			n.add(f)
		case u.Value.Kind == Map && f.Value.Kind == Map:
			c := *u
			c.Value = coalesce(f.Value, u.Value, p, false)
			n.add(&c)
		default:
			c := *u
			c.Value = shadow(u.Value, f.Value)
			if u.Value.Kind == Null && p.removes(f.Value, top) {
				n.Removed = append(n.Removed, &c)
			} else {
				n.add(&c)
			}
		}
	}
	for _, u := range user.Fields {
		if def.Get(u.Key) != nil {
			continue
		}
		if u.Value.Kind == Null && !top && p.nulls() == dropNulls {
			n.Removed = append(n.Removed, u)
		} else {
			n.add(u)
		}
	}
	return &n
}

// removes reports whether a null of the user's takes the default away, itself
// included.
func (p Profile) removes(def *Node, top bool) bool {
	return top || def.Kind != Null || p.nulls() != keepUnlessValue
}

// shadow returns over with base added to what it replaced.
func shadow(over, base *Node) *Node {
	n := *over
	n.Shadows = slices.Concat(over.Shadows, []*Node{base}, base.Shadows)
	return &n
}

// withoutNulls returns a chart's value without the nulls in its mappings.
func withoutNulls(n *Node) *Node {
	if n.Kind != Map {
		return n
	}
	c := *n
	c.Fields, c.index = nil, nil
	for _, f := range n.Fields {
		if f.Value.Kind == Null {
			c.Removed = append(c.Removed, f)
			continue
		}
		g := *f
		g.Value = withoutNulls(f.Value)
		c.add(&g)
	}
	return &c
}
