package chartcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/templates"
	"github.com/helmvet/helmvet/internal/values"
)

// author reports what concerns those who write the chart.
func (c *checker) author() {
	c.top.walk(func(s *scope) {
		if s.parent != nil && s.parent != c.top {
			return // other people's charts
		}
		if s.parent == nil {
			c.closedRoot(s)
			c.formats(s)
		}
	})
	c.conditions()
	if c.Reads == nil || len(c.broken) > 0 {
		return
	}
	c.undocumented()
	c.unused()
}

// closedRoot reports a schema that refuses what Helm hands to every subchart.
func (c *checker) closedRoot(s *scope) {
	if s.schema == nil {
		return
	}
	for _, key := range []string{"additionalProperties", "unevaluatedProperties"} {
		f := s.schema.Get(key)
		if f == nil || f.Value.Kind != values.Bool || f.Value.Bool || schemaHas(s.schema, s.schema, lint.Keys("global"), 0) {
			continue
		}
		c.report("closed-root", lint.Warning, nil, f.KeySpan, "schema allows no key %q at its root, so the chart cannot be a subchart: Helm adds global to the values of each one; add \"global\": {\"type\": \"object\"} to properties", "global")
		return
	}
}

// absent reports subcharts that are not vendored.
func (c *checker) absent() {
	sev := lint.Info
	if c.Author {
		sev = lint.Warning
	}
	for i := range c.Chart.Metadata.Dependencies {
		if d := &c.Chart.Metadata.Dependencies[i]; c.Chart.Find(d) == nil {
			c.report("missing-dependency", sev, nil, d.Span("name"), "the subchart %s %s is not in charts/, so its values are not judged, and Helm will not install the chart; run `helm dependency build`", d.Name, d.Version)
		}
	}
}

// formats reports formats that Helm does not look at.
func (c *checker) formats(s *scope) {
	if s.schema == nil || c.Profile.OldSchemas() {
		return
	}
	draft := ""
	if f := s.schema.Get("$schema"); f != nil {
		draft = f.Value.Str
	}
	for _, old := range []string{"draft-04", "draft-06", "draft-07"} {
		if strings.Contains(draft, old) {
			return
		}
	}
	var first *values.Node
	n := 0
	var walk func(v *values.Node, names bool)
	walk = func(v *values.Node, names bool) {
		for _, f := range v.Fields {
			if !names && f.Key == "format" && f.Value.Kind == values.String {
				if n++; first == nil {
					first = f.Value
				}
			}
			if f.Key != "enum" && f.Key != "const" && f.Key != "default" && f.Key != "examples" {
				walk(f.Value, !names && (f.Key == "properties" || f.Key == "patternProperties" || f.Key == "$defs" || f.Key == "definitions"))
			}
		}
		for _, it := range v.Items {
			walk(it, false)
		}
	}
	walk(s.schema, false)
	if first == nil {
		return
	}
	rest := ""
	if n > 1 {
		rest = fmt.Sprintf(" and %d more", n-1)
	}
	why := "the schema names no draft, so Helm takes 2020-12"
	if draft != "" {
		why = fmt.Sprintf("under %s", draft)
	}
	c.report("format-not-asserted", lint.Info, nil, first.Span, "format %q%s is never checked: %s, where format is only a note; name draft-07 in $schema, or use pattern", first.Str, rest, why)
}

// conditions reports conditions that can never decide.
func (c *checker) conditions() {
	for i := range c.Chart.Metadata.Dependencies {
		d := &c.Chart.Metadata.Dependencies[i]
		for _, cond := range d.Conditions() {
			if cond != strings.TrimSpace(cond) {
				c.report("condition-path", lint.Warning, nil, d.Span("condition"), "condition %q begins or ends with a blank, and Helm looks for a key with that blank; write the paths without blanks, as a.enabled,b.enabled", cond)
				continue
			}
			p := lint.Keys(strings.Split(cond, ".")...)
			if strings.Contains(d.Key(), ".") && strings.HasPrefix(cond, d.Key()+".") {
				c.report("condition-path", lint.Warning, nil, d.Span("condition"), "condition %s can never decide: Helm parts it at each dot, and the subchart's name has one; give the dependency an alias without dots", cond)
				continue
			}
			if n := c.Values.Root.Lookup(p); n == nil && c.top.defaultAt(p) == nil {
				s, rest := c.top.of(p)
				if s.schema != nil && closed(s.schema) && !schemaHas(s.schema, s.schema, rest, 0) {
					c.report("condition-path", lint.Warning, nil, d.Span("condition"), "condition %s cannot be set: the schema of chart %s does not allow the key %q; add it to the schema", cond, s.chart.Metadata.Name, rest.String())
				}
			}
		}
	}
}

func closed(schema *values.Node) bool {
	for _, key := range []string{"additionalProperties", "unevaluatedProperties"} {
		if f := schema.Get(key); f != nil && f.Value.Kind == values.Bool && !f.Value.Bool {
			return true
		}
	}
	return false
}

// undocumented reports values that the chart's templates read and nothing
// tells of.
func (c *checker) undocumented() {
	if c.Reads.Replaced[""] {
		return // what they read may be their own
	}
	c.Reads.Root.Walk(nil, func(p lint.Path, n *templates.Node) {
		if len(p) == 0 || !n.Read || len(n.Sites) == 0 || c.top.documents(p) {
			return
		}
		own, rest := c.top.of(p)
		if own != c.top || rest[0].Key == "global" {
			return
		}
		parent := p.Parent()
		if len(parent) > 0 {
			if !c.top.documents(parent) {
				return // said of the parent
			}
			if d := c.top.defaultAt(parent); d != nil && (d.Kind != values.Map || len(d.Fields) == 0) {
				return // what belongs there is free
			}
		}
		at := siteSpan(n.Sites[0])
		if !slices.ContainsFunc(c.Chart.Templates, func(f file) bool { return f.Name == at.File }) {
			return // a library's reading
		}
		c.report("undocumented-value", lint.Info, p, at, "template reads %s, which values.yaml does not have, not even in a comment; add it, so that users learn of it", p)
	})
}

// unused reports default values that no template reads.
func (c *checker) unused() {
	if _, opaque := c.Reads.Opaque[""]; opaque || c.Chart.Library() || len(c.Chart.Templates) == 0 || c.top.defaults == nil {
		return
	}
	var look func(p lint.Path, n *values.Node)
	look = func(p lint.Path, n *values.Node) {
		for _, f := range n.Fields {
			q := p.Key(f.Key)
			own, rest := c.top.of(q)
			if own != c.top || len(rest) == 0 || f.Key == "global" && len(q) == 1 || c.top.switches(q) || c.top.missing(q) || q[0].Key == "exports" {
				continue
			}
			nodes, whole := c.Reads.Root.Lookup(q)
			if len(nodes)+len(whole) == 0 {
				c.report("unused-value", lint.Info, q, f.KeySpan, "no template reads %s; delete it, or mend the template that should", q)
				continue
			}
			if len(whole) == 0 && f.Value.Kind == values.Map {
				look(q, f.Value)
			}
		}
	}
	look(nil, c.top.defaults)
}
