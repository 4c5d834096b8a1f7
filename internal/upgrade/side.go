package upgrade

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/templates"
	"github.com/helmvet/helmvet/internal/values"
)

// side is what one version of a chart knows about values.
type side struct {
	chart *chart.Chart
	tree  *values.Chart // of all charts, for coalescing with the user's values
	// defaults are the default values of the chart and of all its subcharts,
	// enabled or not.
	defaults *values.Node
	problems []values.Problem
	parts    []part
	reads    func() *templates.Node
	schemas  sync.Map // compiled, by chart
}

// part is one chart of a side with the place of its values.
type part struct {
	chart    *chart.Chart
	path     lint.Path
	schema   *values.Node
	comments []comment
	absent   []string // keys of dependencies that are not vendored
	imports  bool     // values come from subcharts by import-values
	switches []lint.Path
}

func newSide(c *chart.Chart, p values.Profile) *side {
	s := &side{chart: c}
	s.tree, s.problems = c.Tree(p)
	all := everything(s.tree, map[*values.Chart]*values.Chart{})
	s.defaults = values.CoalesceChart(all, &values.Values{Root: &values.Node{Kind: values.Map}}, p).Values.Root
	if s.defaults == nil {
		s.defaults = &values.Node{Kind: values.Map}
	}
	s.collect(c, nil, 0)
	s.reads = sync.OnceValue(func() *templates.Node { return templates.Analyze(s.readers(c, nil, 0), s.defaults).Root })
	return s
}

// everything is the chart with all dependencies switched on.
func everything(c *values.Chart, made map[*values.Chart]*values.Chart) *values.Chart {
	if c == nil {
		return nil
	}
	if m, ok := made[c]; ok {
		return m
	}
	m := *c
	made[c] = &m
	m.Dependencies = slices.Clone(c.Dependencies)
	for i := range m.Dependencies {
		d := &m.Dependencies[i]
		d.Conditions, d.Tags, d.Chart = nil, nil, everything(d.Chart, made)
	}
	m.Charts, m.Unlisted = slices.Clone(c.Charts), slices.Clone(c.Unlisted)
	for _, list := range [][]*values.Chart{m.Charts, m.Unlisted} {
		for i := range list {
			list[i] = everything(list[i], made)
		}
	}
	return &m
}

const deepest = 16 // charts in charts

func (s *side) collect(c *chart.Chart, at lint.Path, depth int) {
	p := part{chart: c, path: at, comments: readComments(c.Values)}
	if c.Schema != nil {
		p.schema = values.Parse(c.Schema.Name, c.Schema.Data, values.DefaultLimits).Values()
	}
	var subs []func()
	seen := map[*chart.Chart]bool{}
	for i := range c.Metadata.Dependencies {
		d := &c.Metadata.Dependencies[i]
		p.imports = p.imports || len(d.ImportValues) > 0
		for _, cond := range d.Conditions() {
			p.switches = append(p.switches, lint.Keys(strings.Split(cond, ".")...))
		}
		for _, tag := range d.Tags {
			p.switches = append(p.switches, lint.Keys("tags", tag))
		}
		sub := c.Find(d)
		if sub == nil {
			p.absent = append(p.absent, d.Key())
			continue
		}
		seen[sub] = true
		subs = append(subs, func() { s.collect(sub, at.Key(d.Key()), depth+1) })
	}
	for _, sub := range c.Charts {
		if !seen[sub] {
			subs = append(subs, func() { s.collect(sub, at.Key(sub.Metadata.Name), depth+1) })
		}
	}
	s.parts = append(s.parts, p)
	if depth < deepest {
		for _, sub := range subs {
			sub()
		}
	}
}

// readers is the chart as the analysis of templates takes it.
func (s *side) readers(c *chart.Chart, at lint.Path, depth int) *templates.Chart {
	t := &templates.Chart{Name: c.Metadata.Name, Path: at, Library: c.Library()}
	for _, f := range c.Templates {
		t.Templates = append(t.Templates, templates.File(f))
	}
	if depth >= deepest {
		return t
	}
	seen := map[*chart.Chart]bool{}
	for i := range c.Metadata.Dependencies {
		d := &c.Metadata.Dependencies[i]
		if sub := c.Find(d); sub != nil {
			seen[sub] = true
			t.Charts = append(t.Charts, s.readers(sub, at.Key(d.Key()), depth+1))
		}
	}
	for _, sub := range c.Charts {
		if !seen[sub] {
			t.Charts = append(t.Charts, s.readers(sub, at.Key(sub.Metadata.Name), depth+1))
		}
	}
	return t
}

// name is the chart with its version, as messages say it.
func (s *side) name() string { return s.chart.Metadata.Name + " " + s.chart.Metadata.Version }

// holders are the charts whose values the path lies in, with the rest of it.
func (s *side) holders(p lint.Path, f func(*part, lint.Path)) {
	for i := range s.parts {
		q := &s.parts[i]
		if p.HasPrefix(q.path) {
			f(q, p[len(q.path):])
		} else if len(p) > 0 && p[0].Key == "global" {
			f(q, p)
		}
	}
}

// documents reports whether default values, a schema or Chart.yaml name the
// path.
func (s *side) documents(p lint.Path) bool {
	if s.has(p) {
		return true
	}
	found := false
	s.holders(p, func(q *part, rest lint.Path) {
		found = found || len(rest) == 0 || len(rest) == 1 && (rest[0].Key == "global" || rest[0].Key == "tags")
		for i := range q.chart.Metadata.Dependencies {
			found = found || len(rest) == 1 && q.chart.Metadata.Dependencies[i].Key() == rest[0].Key
		}
		for _, sw := range q.switches {
			found = found || sw.HasPrefix(rest)
		}
		found = found || schemaHas(q.schema, q.schema, rest, 0)
	})
	return found
}

// has reports whether the default values hold the path.
func (s *side) has(p lint.Path) bool {
	n := s.defaults
	for _, step := range p {
		f := n.Get(step.Key)
		if f == nil {
			for _, r := range n.Removed {
				if r.Key == step.Key {
					return true
				}
			}
			return false
		}
		n = f.Value
	}
	return true
}

// takes reports whether a value at the path may have an effect: the chart
// documents it, mentions it in a comment, reads it, or takes any key there.
func (s *side) takes(p lint.Path) bool {
	return s.documents(p) || s.free(p) || s.mentions(p) || s.isRead(p)
}

// isRead reports whether a template reads the value, below it, or a value
// around it as a whole.
func (s *side) isRead(p lint.Path) bool {
	at, whole := s.reads().Lookup(p)
	return len(at) > 0 || len(whole) > 0
}

// free reports whether the chart takes keys of any name around the path: a
// mapping without keys, null, or one that Kubernetes gives the names of.
func (s *side) free(p lint.Path) bool {
	for i := range p {
		if i > 0 && anyKeys(p[i-1].Key) {
			return true
		}
	}
	n := s.defaults
	for i, step := range p {
		if i > 0 && (n.Kind == values.Null || n.Kind == values.Map && len(n.Fields) == 0) {
			return true
		}
		f := n.Get(step.Key)
		if f == nil {
			break
		}
		n = f.Value
	}
	open := false
	s.holders(p, func(q *part, rest lint.Path) {
		for _, key := range q.absent {
			open = open || len(rest) > 0 && rest[0].Key == key
		}
		open = open || q.imports && len(rest) > 0 && !s.has(append(slices.Clone(q.path), rest[:1]...))
	})
	return open || len(p) > 0 && p[0].Key == "global"
}

var freeNames = []string{"annotations", "labels", "selector", "securitycontext", "resources", "limits", "requests", "affinity", "env", "envvars", "matchlabels"}

// anyKeys reports whether a mapping of that name holds keys of Kubernetes or of
// the user's.
func anyKeys(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(freeNames, func(s string) bool { return strings.HasSuffix(name, s) })
}

// comment is a key that stands commented out.
type comment struct {
	name  string
	above lint.Path // of the nearest mapping that it stands in
}

var commented = lazyregexp.New(`^([ \t]*)#+[ \t#]*(?:- )?["']?([A-Za-z0-9_./-]+)["']?:(?:[ \t]|$)`)
var param = lazyregexp.New(`^[ \t]*#+[ \t]*@(?:param|extra|skip)[ \t]+([A-Za-z0-9_.\[\]-]+)`)

func readComments(d *values.Document) []comment {
	if d == nil || d.Values() == nil {
		return nil
	}
	var out []comment
	for i := 1; i <= d.Lines(); i++ {
		line := d.Line(i)
		if !strings.Contains(line, "#") {
			continue
		}
		if m := param.FindStringSubmatch(line); m != nil {
			if p, err := lint.ParsePath(m[1]); err == nil && len(p) > 0 {
				out = append(out, comment{p.Last().Key, p.Parent()})
			}
		} else if m := commented.FindStringSubmatch(line); m != nil {
			out = append(out, comment{m[2], around(d.Values(), i)})
		}
	}
	return out
}

// around is the deepest mapping that a line stands in.
func around(n *values.Node, line int) lint.Path {
	var p lint.Path
	for {
		var in *values.Field
		for _, f := range n.Fields {
			if f.KeySpan.Line <= line && !f.Merged && (in == nil || f.KeySpan.Line > in.KeySpan.Line) {
				in = f
			}
		}
		if in == nil || in.Value.Kind != values.Map || in.Value.Alias {
			return p
		}
		p, n = p.Key(in.Key), in.Value
	}
}

// mentions reports whether values.yaml holds the key in a comment, in the
// mapping that it belongs to or beside it.
func (s *side) mentions(p lint.Path) bool {
	found := false
	s.holders(p, func(q *part, rest lint.Path) {
		if len(rest) == 0 {
			return
		}
		for _, c := range q.comments {
			full := c.above.Key(c.name)
			found = found || rest.HasPrefix(full) ||
				c.name == rest.Last().Key && (c.above.HasPrefix(rest.Parent()) || rest.Parent().HasPrefix(c.above) && len(c.above) > 0)
		}
	})
	return found
}

// deprecated reports whether the schema, or the comment at the key in
// values.yaml, calls the key deprecated, and where.
func (s *side) deprecated(p lint.Path) (where lint.Span, ok bool) {
	s.holders(p, func(q *part, rest lint.Path) {
		if n := schemaOf(q.schema, q.schema, rest, 0); n != nil {
			if f := n.Get("deprecated"); f != nil && f.Value.Bool {
				where, ok = f.KeySpan, true
			}
		}
		if q.chart.Values == nil || len(rest) == 0 {
			return
		}
		parent := q.chart.Values.Values().Lookup(rest.Parent())
		if f := parent.Get(rest.Last().Key); f != nil && saysDeprecated(q.chart.Values, f.KeySpan.Line) {
			where, ok = f.KeySpan, true
		}
	})
	return where, ok
}

var deprecatedWord = lazyregexp.New(`(?i)^[ \t]*[^#]*#+[ \t-]*(?:@param \S+ )?[(\[]?deprecated\b`)

func saysDeprecated(d *values.Document, line int) bool {
	if deprecatedWord.MatchString(d.Line(line)) {
		return true
	}
	for i := line - 1; i > 0 && strings.HasPrefix(strings.TrimLeft(d.Line(i), " \t"), "#"); i-- {
		if deprecatedWord.MatchString(d.Line(i)) {
			return true
		}
	}
	return false
}

// leaves calls f for every value of a tree that is no mapping with keys.
func leaves(n *values.Node, p lint.Path, f func(lint.Path, *values.Node)) {
	if n == nil {
		return
	}
	if n.Kind != values.Map || len(n.Fields) == 0 {
		f(p, n)
		return
	}
	for _, g := range n.Fields {
		leaves(g.Value, p.Key(g.Key), f)
	}
}

// schemaOf is the schema of the value at a path, nil where none names it.
func schemaOf(root, n *values.Node, p lint.Path, depth int) *values.Node {
	if n == nil || n.Kind != values.Map || depth > chart.MaxRefs {
		return nil
	}
	if n = chart.Resolve(root, n); n == nil || len(p) == 0 {
		return n
	}
	below := func(f *values.Field) *values.Node {
		if f == nil {
			return nil
		}
		return schemaOf(root, f.Value, p[1:], depth+1)
	}
	if p[0].IsIndex {
		return below(n.Get("items"))
	}
	if f := n.Get("properties"); f != nil {
		if m := below(f.Value.Get(p[0].Key)); m != nil {
			return m
		}
	}
	if f := n.Get("patternProperties"); f != nil {
		for _, g := range f.Value.Fields {
			if re, err := regexp.Compile(g.Key); err == nil && re.MatchString(p[0].Key) {
				return below(g)
			}
		}
	}
	if f := n.Get("additionalProperties"); f != nil && f.Value.Kind == values.Map {
		if m := below(f); m != nil {
			return m
		}
	}
	for _, key := range []string{"allOf", "anyOf", "oneOf"} {
		if f := n.Get(key); f != nil {
			for _, it := range f.Value.Items {
				if m := schemaOf(root, it, p, depth+1); m != nil {
					return m
				}
			}
		}
	}
	for _, key := range []string{"if", "then", "else"} {
		if f := n.Get(key); f != nil {
			if m := schemaOf(root, f.Value, p, depth+1); m != nil {
				return m
			}
		}
	}
	return nil
}

func schemaHas(root, n *values.Node, p lint.Path, depth int) bool {
	return n != nil && schemaOf(root, n, p, depth) != nil
}
