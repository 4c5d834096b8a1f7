package jsonschema

import (
	"net/url"
	"strings"

	"github.com/helmvet/helmvet/internal/values"
)

// circle returns a reference that leads back to its own schema without going
// into the value, or nil. The older library would never come out of it.
func (s *Schema) circle() *values.Node {
	if s.Root == nil {
		return nil
	}
	c := circles{ids: map[string]*values.Node{"": s.Root}, base: map[*values.Node]*url.URL{}, state: map[*values.Node]int{}}
	c.index(s.Root, &url.URL{}, 0)
	for n := range c.base {
		if at := c.visit(n); at != nil {
			return at
		}
	}
	return nil
}

type circles struct {
	ids   map[string]*values.Node
	base  map[*values.Node]*url.URL
	state map[*values.Node]int // 1 while it is being visited, 2 when it is done
}

// index notes the mappings of the schema with the address that their references
// start from.
func (c *circles) index(n *values.Node, base *url.URL, depth int) {
	if depth > 5000 {
		return
	}
	if n.Kind == values.Map {
		for _, key := range []string{"$id", "id"} {
			if f := n.Get(key); f != nil && f.Value.Kind == values.String {
				if u, err := base.Parse(f.Value.Str); err == nil {
					base = u
					c.ids[u.String()] = n
					break
				}
			}
		}
		c.base[n] = base
	}
	for _, f := range n.Fields {
		c.index(f.Value, base, depth+1)
	}
	for _, it := range n.Items {
		c.index(it, base, depth+1)
	}
}

func (c *circles) visit(n *values.Node) *values.Node {
	if n == nil || n.Kind != values.Map || c.state[n] == 2 {
		return nil
	}
	c.state[n] = 1
	next := schemasHere(n)
	var ref *values.Node
	if f := n.Get("$ref"); f != nil && f.Value.Kind == values.String {
		ref = f.Value
		if to := c.resolve(n, ref.Str); to != nil {
			next = append(next, to)
		}
	}
	for _, m := range next {
		if c.state[m] == 1 {
			if ref != nil {
				return ref
			}
			return m
		}
		if at := c.visit(m); at != nil {
			return at
		}
	}
	c.state[n] = 2
	return nil
}

// schemasHere are the schemas inside n that judge the same value as n.
func schemasHere(n *values.Node) []*values.Node {
	var out []*values.Node
	for _, key := range []string{"allOf", "anyOf", "oneOf"} {
		if f := n.Get(key); f != nil {
			out = append(out, f.Value.Items...)
		}
	}
	for _, key := range []string{"not", "if", "then", "else"} {
		if f := n.Get(key); f != nil {
			out = append(out, f.Value)
		}
	}
	if f := n.Get("dependencies"); f != nil {
		for _, g := range f.Value.Fields {
			out = append(out, g.Value)
		}
	}
	return out
}

// resolve finds what a reference names inside the schema.
func (c *circles) resolve(n *values.Node, ref string) *values.Node {
	base := c.base[n]
	if base == nil {
		return nil
	}
	u, err := base.Parse(ref)
	if err != nil {
		return nil
	}
	if to := c.ids[u.String()]; to != nil {
		return to
	}
	doc := c.ids[without(u).String()]
	to := doc
	for key := range strings.SplitSeq(strings.TrimPrefix(u.Fragment, "/"), "/") {
		if key == "" || to == nil {
			continue
		}
		to = pointed(to, key)
	}
	if to == nil || !strings.HasPrefix(u.Fragment, "/") {
		return doc // what the library takes when it does not understand the rest
	}
	return to
}
