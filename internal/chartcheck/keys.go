package chartcheck

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/templates"
	"github.com/helmvet/helmvet/internal/values"
)

// keys looks at each key that the user sets: whether the chart knows it, and
// whether anything reads it.
func (c *checker) keys() {
	same := &sameAsDefault{}
	c.mapping(nil, c.User.Root, same)
	same.report(c)
}

// mapping looks at the keys of one mapping of the user's.
func (c *checker) mapping(p lint.Path, n *values.Node, same *sameAsDefault) {
	if n == nil || n.Kind != values.Map {
		return
	}
	own, _ := c.top.of(p)
	parents, _ := c.Reads.Root.Lookup(p)
	for _, f := range n.Fields {
		q := p.Key(f.Key)
		if c.top.missing(q) || c.broken[own.path.String()] || c.refused[q.String()] {
			continue
		}
		if c.hands(q, f) {
			continue
		}
		nodes, whole := c.Reads.Root.Lookup(q)
		read := len(whole) > 0 || slices.ContainsFunc(nodes, func(m *templates.Node) bool { return m.Read || len(m.Keys()) > 0 || m.Open() })
		documented := c.top.documents(q)
		if !documented && (len(nodes) == 0 || !read) {
			if !free(f) {
				c.unknown(q, f)
			}
			continue
		}
		if !documented && !named(parents, f.Key) {
			c.nearMiss(q, f) // read, whatever it is called
			continue
		}
		if d := c.top.defaultAt(q); d != nil {
			c.clearing(q, f, d)
			if same.note(q, f, d) {
				continue
			}
		}
		switch {
		case f.Value.Kind == values.Map && len(f.Value.Fields) > 0:
			c.mapping(q, f.Value, same)
		case c.unread(q, f.Value, nodes, whole):
		}
	}
}

// free reports whether the key is none of the chart's: one that other tools
// fill in, or that only holds anchors for the rest of the file.
func free(f *values.Field) bool {
	if strings.HasPrefix(f.Key, "x-") || strings.HasPrefix(f.Key, "_") || strings.HasPrefix(f.Key, ".") || strings.ContainsAny(f.Key, "${}") {
		return true
	}
	l := f.Value.Layer
	if l == nil || l.Doc == nil || f.KeySpan.File != l.Doc.Name || f.Value.Span.IsZero() {
		return false
	}
	from, to := l.Doc.Offset(f.KeySpan.EndLine, f.KeySpan.EndCol), l.Doc.Offset(f.Value.Span.EndLine, f.Value.Span.EndCol)
	return from < to && to <= len(l.Doc.Data) && anchor.Match(l.Doc.Data[from:to])
}

var anchor = lazyregexp.New(`(?m)(^|[:\-,\[]) *&[A-Za-z0-9_-]+(\s|$)`)

// named reports whether a template reads the key by its name.
func named(parents []*templates.Node, key string) bool {
	return slices.ContainsFunc(parents, func(m *templates.Node) bool { return slices.Contains(m.Keys(), key) })
}

// hands reports a subchart's values that stand under the name that Chart.yaml
// replaces by an alias.
func (c *checker) hands(p lint.Path, f *values.Field) bool {
	own, rest := c.top.of(p)
	alias := own.alias(rest)
	if alias == "" || c.top.documents(p) {
		return false
	}
	if nodes, _ := c.Reads.Root.Lookup(p); len(nodes) > 0 {
		return false
	}
	fd := c.report("unknown-key", lint.Warning, p, f.KeySpan, "the values of %s reach nobody: this chart calls the subchart by its alias %q; write them below %s", p, alias, p.Parent().Key(alias))
	for _, d := range own.chart.Metadata.Dependencies {
		if d.Alias == alias {
			relate(fd, p, d.Span("alias"), "the alias")
		}
	}
	return true
}

// unknown reports a key that neither the default values nor the schema nor a
// template knows.
func (c *checker) unknown(p lint.Path, f *values.Field) {
	parent := p.Parent()
	own, _ := c.top.of(p)
	nodes, whole := c.Reads.Root.Lookup(parent)
	if len(whole) > 0 || slices.ContainsFunc(nodes, (*templates.Node).Open) {
		c.nearMiss(p, f)
		return
	}
	if d := c.top.defaultAt(parent); d != nil && d.Kind != values.Map && len(parent) > 0 {
		return // the shape of the parent is another matter
	}
	names := c.names(parent)
	if len(names) == 0 && len(parent) > 0 {
		return // nobody says what belongs here, and nothing reads it
	}
	if parent.HasPrefix(lint.Keys("global")) && c.incomplete() {
		return // a subchart that is not there may read it
	}
	sev := lint.Warning
	why := ""
	if c.remote[own.path.String()] {
		sev = lint.Info
		why = "; a part of its schema that lies elsewhere may know it"
	}
	if s, ok := c.Reads.Opaque[own.path.String()]; ok {
		sev = lint.Info
		why = fmt.Sprintf("; %s:%d reads all values, so it may be meant for that", s.File, s.Line)
	}
	hint, place := c.hint(p, names)
	fd := c.report("unknown-key", sev, p, f.KeySpan, "chart %s does not know the key %q at %s%s%s", own.chart.Metadata.Name, f.Key, root(parent), hint, why)
	if place != nil {
		if span, ok := c.place(place); ok {
			relate(fd, place, span, "the chart's own key")
		}
	}
}

// incomplete reports whether a subchart is not vendored.
func (c *checker) incomplete() bool {
	missing := false
	c.top.walk(func(s *scope) {
		for i := range s.chart.Metadata.Dependencies {
			missing = missing || s.chart.Find(&s.chart.Metadata.Dependencies[i]) == nil
		}
	})
	return missing
}

// names are all keys that the chart knows below the path.
func (c *checker) names(p lint.Path) []string {
	names := c.top.names(p)
	nodes, _ := c.Reads.Root.Lookup(p)
	for _, m := range nodes {
		for _, k := range m.Keys() {
			if !slices.Contains(names, k) {
				names = append(names, k)
			}
		}
	}
	return names
}

// hint says what was probably meant.
func (c *checker) hint(p lint.Path, names []string) (string, lint.Path) {
	key, parent := p.Last().Key, p.Parent()
	near, d := nearest(key, names, c.taken(parent))
	elsewhere := c.elsewhere(p)
	switch {
	case near != "" && (d == 1 || len(elsewhere) == 0):
		return fmt.Sprintf("; did you mean %q?", near), parent.Key(near)
	case len(elsewhere) == 1:
		at := elsewhere[0]
		if len(at) == 1 {
			return fmt.Sprintf("; %s belongs at the top, not below %s", key, parent), at
		}
		if s, rest := c.top.of(at); len(rest) == 1 && s != c.top {
			return fmt.Sprintf("; it belongs to the subchart %s, so write it below %s", s.chart.Metadata.Name, at.Parent()), at
		}
		return fmt.Sprintf("; it belongs below %s", at.Parent()), at
	case len(elsewhere) > 1:
		var out []string
		for _, at := range elsewhere {
			out = append(out, at.String())
		}
		return "; it knows " + strings.Join(out, " and "), elsewhere[0]
	case near != "":
		return fmt.Sprintf("; did you mean %q?", near), parent.Key(near)
	}
	return ", and no template reads it; delete it", nil
}

// elsewhere are the places where the default values have a key of that name,
// when they are few.
func (c *checker) elsewhere(p lint.Path) []lint.Path {
	var out []lint.Path
	c.top.walk(func(s *scope) {
		s.defaults.Walk(s.path, func(q lint.Path, n *values.Node) bool {
			if n.Kind == values.List || len(q) > 0 && strings.HasPrefix(q.Last().Key, "_") {
				return false // nobody is to write there
			}
			if len(q) > len(s.path) && q.Last().Key == p.Last().Key && !q.Equal(p) && !slices.ContainsFunc(out, q.Equal) {
				out = append(out, q)
			}
			return len(out) <= 3
		})
	})
	if len(out) > 3 {
		return nil
	}
	return out
}

// place is where the chart's values have the path.
func (c *checker) place(p lint.Path) (lint.Span, bool) {
	for _, h := range c.top.holders(p) {
		if h.defaults != nil && h.defaults.Lookup(h.rest) != nil {
			return h.defaults.LocateKey(h.rest), true
		}
	}
	return lint.Span{}, false
}

// nearMiss reports a key in a mapping that templates hand on as a whole, where
// it looks like one of the default values'.
func (c *checker) nearMiss(p lint.Path, f *values.Field) {
	parent := p.Parent()
	d := c.top.defaultAt(parent)
	if d == nil || d.Kind != values.Map {
		return
	}
	names, named := []string{}, map[string]bool{}
	for _, g := range d.Fields {
		names = append(names, g.Key)
	}
	nodes, _ := c.Reads.Root.Lookup(parent)
	ranged := false
	for _, m := range nodes {
		ranged = ranged || m.Open() && !m.Deep
		for _, k := range m.Keys() {
			named[k] = true
		}
	}
	taken := c.taken(parent)
	near, dist := nearest(f.Key, names, taken)
	if near == "" || dist > 2 || taken(near) || numbered(f.Key, near) {
		return
	}
	if ranged && !named[near] && !slip(f.Key, near) {
		return // the keys are the user's own to choose
	}
	fd := c.report("unknown-key", lint.Info, p, f.KeySpan, "the default values have no key %q at %s, which the templates hand on as a whole; did you mean %q?", f.Key, root(parent), near)
	if span, ok := c.place(parent.Key(near)); ok {
		relate(fd, parent.Key(near), span, "the chart's own key")
	}
}

// slip reports whether a name can only be a slip of the finger for another:
// neighbours that changed places, or a letter too many or too few inside.
func slip(a, b string) bool {
	if len(a) < 4 || len(b) < 4 || strings.HasPrefix(a, b) || strings.HasPrefix(b, a) || strings.HasSuffix(a, b) || strings.HasSuffix(b, a) {
		return false
	}
	if len(a) == len(b) {
		return swapped(a, b)
	}
	return distance(a, b) == 1
}

// numbered reports whether two names only differ in digits, as names that
// users make up do.
func numbered(a, b string) bool {
	strip := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return -1
			}
			return r
		}, s)
	}
	return strip(a) == strip(b)
}

// clearing reports an empty mapping, which changes nothing.
func (c *checker) clearing(p lint.Path, f *values.Field, d *values.Node) {
	if f.Value.Kind != values.Map || len(f.Value.Fields) > 0 || d.Kind != values.Map || len(d.Fields) == 0 || f.Value.Span.IsZero() {
		return
	}
	if s, rest := c.top.of(p); len(rest) == 0 && s != c.top {
		return // no values for a subchart
	}
	fd := c.report("empty-map", lint.Warning, p, f.Value.Span, "{} does not clear %s: mappings merge, and the default keys %s stay; write null to delete them", p, keyNames(d))
	relate(fd, p, d.Span, "the default stays")
}

func keyNames(n *values.Node) string {
	const most = 6
	var out []string
	for i, f := range n.Fields {
		if i == most {
			out = append(out, fmt.Sprintf("%d more", len(n.Fields)-most))
			break
		}
		out = append(out, f.Key)
	}
	return strings.Join(out, ", ")
}

// unread reports a value that no template looks at in this release.
func (c *checker) unread(p lint.Path, n *values.Node, nodes, whole []*templates.Node) bool {
	own, rest := c.top.of(p)
	if n.Kind == values.Null || len(rest) == 0 || c.top.switches(p) || own.chart.Library() {
		return false
	}
	if _, opaque := c.Reads.Opaque[own.path.String()]; opaque || rest[0].Key == "global" && len(c.Reads.Opaque) > 0 {
		return false
	}
	all := append(slices.Clone(nodes), whole...)
	if slices.ContainsFunc(all, (*templates.Node).Live) {
		return false
	}
	var guards []templates.Guard
	for _, m := range all {
		guards = append(guards, m.Guards...)
		for _, k := range m.Keys() {
			subs, _ := m.Lookup(lint.Keys(k))
			for _, s := range subs {
				guards = append(guards, s.Guards...)
			}
		}
	}
	switch {
	case own.off != nil:
		if len(own.off.Path) == 0 {
			return false
		}
		sw := lint.Keys(own.off.Path...)
		f := c.report("unread-value", lint.Info, p, n.Span, "%s has no effect, because %s=%s disables the subchart %s", p, sw, "false", own.name)
		if own.off.Value != nil {
			relate(f, sw, own.off.Value.Span, "disabled here")
		}
	case len(guards) > 0:
		g := guards[0]
		want := "set"
		if !g.Want {
			want = "unset or false"
		}
		if v := c.Values.Root.Lookup(g.Path); v != nil && v.Kind == values.Bool {
			want = strconv.FormatBool(g.Want)
		}
		f := c.report("unread-value", lint.Info, p, n.Span, "%s has no effect: templates read it only when %s is %s", p, g.Path, want)
		if span, ok := c.Values.Root.Locate(g.Path); ok {
			relate(f, g.Path, span, "what it is here")
		}
		relate(f, nil, siteSpan(g.Site), "the condition")
	case len(nodes) == 0 && len(whole) == 0:
		if len(own.chart.Templates) == 0 && own.parent == nil {
			return false
		}
		c.report("unread-value", lint.Info, p, n.Span, "%s has no effect: chart %s lists it, but no template reads it", p, own.chart.Metadata.Name)
	default:
		return false
	}
	return true
}

func siteSpan(s templates.Site) lint.Span {
	if s.File == "" || s.Line == 0 {
		return lint.Span{}
	}
	return lint.Span{File: s.File, Line: s.Line, Column: 1, EndLine: s.Line, EndCol: 2}
}

// sameAsDefault collects values that change nothing.
type sameAsDefault struct {
	files []string
	at    map[string][]lint.Path
	span  map[string]lint.Span
}

// note reports whether the user's value is the default.
func (s *sameAsDefault) note(p lint.Path, f *values.Field, d *values.Node) bool {
	n := f.Value
	if n.Kind == values.Map || n.Kind == values.List || n.Kind == values.Null || n.Kind != d.Kind || n.Layer == nil || n.Layer.Kind != values.File || len(n.Shadows) > 0 {
		return false
	}
	if n.Any() != d.Any() {
		return false
	}
	name := n.Layer.Name
	if s.at == nil {
		s.at, s.span = map[string][]lint.Path{}, map[string]lint.Span{}
	}
	if s.at[name] == nil {
		s.files = append(s.files, name)
		s.span[name] = f.KeySpan
	}
	s.at[name] = append(s.at[name], p)
	return true
}

func (s *sameAsDefault) report(c *checker) {
	for _, name := range s.files {
		at := s.at[name]
		var out []string
		for i, p := range at {
			if i == 5 {
				out = append(out, fmt.Sprintf("%d more", len(at)-5))
				break
			}
			out = append(out, p.String())
		}
		what := "value equals the chart's default and can be left out"
		if len(at) > 1 {
			what = "values equal the chart's defaults and can be left out"
		}
		c.report("repeated-default", lint.Info, at[0], s.span[name], "%d %s: %s", len(at), what, strings.Join(out, ", "))
	}
}

// numbers reports whole numbers that a template prints as 1e+06.
func (c *checker) numbers() {
	c.Values.Root.Walk(nil, func(p lint.Path, n *values.Node) bool {
		if n.Kind != values.Number || n.IsInt || !c.mine(n) {
			return true
		}
		text := fmt.Sprint(n.Number)
		if !strings.Contains(text, "e") || n.Number != float64(int64(n.Number)) {
			return true
		}
		nodes, _ := c.Reads.Root.Lookup(p)
		for _, m := range nodes {
			if len(m.Printed) == 0 {
				continue
			}
			sev := lint.Info
			if m.Quoted {
				sev = lint.Warning
			}
			f := c.report("large-number", sev, p, n.Span, "%s is printed as %s by the template, because Helm keeps numbers of a file as floats; write %q", n.Text, text, strconv.FormatFloat(n.Number, 'f', -1, 64))
			relate(f, nil, siteSpan(m.Printed[0]), "printed here")
			break
		}
		return true
	})
}
