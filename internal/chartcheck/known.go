package chartcheck

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/agext/levenshtein"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// scope is one chart of the release with the place of its values.
type scope struct {
	chart    *chart.Chart
	name     string // the key of its values; of the top chart its name
	path     lint.Path
	parent   *scope
	subs     []*scope
	defaults *values.Node
	off      *values.Switch // why it is disabled
	schema   *values.Node   // of values.schema.json
	comments func() *comments
}

// scopes lists the chart and its subcharts, disabled ones too.
func scopes(a *values.Active) *scope {
	var make func(a *values.Active, parent *scope) *scope
	newScope := func(c *values.Chart, name string, path []string, parent *scope) *scope {
		s := &scope{chart: c.Origin.(*chart.Chart), name: name, path: lint.Keys(path...), parent: parent, defaults: c.Defaults}
		if f := s.chart.Schema; f != nil {
			s.schema = values.Parse(f.Name, f.Data, values.DefaultLimits).Values()
		}
		s.comments = sync.OnceValue(func() *comments { return readComments(s.chart.Values) })
		return s
	}
	var off func(c *values.Chart, name string, path []string, parent *scope, why *values.Switch) *scope
	off = func(c *values.Chart, name string, path []string, parent *scope, why *values.Switch) *scope {
		s := newScope(c, name, path, parent)
		s.off = why
		for i := range c.Dependencies {
			if d := &c.Dependencies[i]; d.Chart != nil {
				s.subs = append(s.subs, off(d.Chart, d.Key, append(slices.Clone(path), d.Key), s, why))
			}
		}
		return s
	}
	make = func(a *values.Active, parent *scope) *scope {
		s := newScope(a.Chart, a.Name, a.Path, parent)
		for _, sub := range a.Charts {
			s.subs = append(s.subs, make(sub, s))
		}
		for _, sw := range a.Off {
			if c := sw.Dependency.Chart; c != nil {
				s.subs = append(s.subs, off(c, sw.Dependency.Key, append(slices.Clone(a.Path), sw.Dependency.Key), s, sw))
			}
		}
		return s
	}
	return make(a, nil)
}

func (s *scope) walk(f func(*scope)) {
	f(s)
	for _, sub := range s.subs {
		sub.walk(f)
	}
}

// of returns the chart that the path belongs to, and the path inside its values.
func (s *scope) of(p lint.Path) (*scope, lint.Path) {
	for _, sub := range s.subs {
		if len(p) > 0 && p[0].Key == sub.path.Last().Key && !p[0].IsIndex {
			return sub.of(p[1:])
		}
	}
	return s, p
}

// holders are the charts that could know the path: those on the way to it, and
// for a global all of them.
func (s *scope) holders(p lint.Path) []holder {
	var out []holder
	own, rest := s.of(p)
	if len(rest) > 0 && rest[0].Key == "global" {
		s.walk(func(t *scope) { out = append(out, holder{t, rest}) })
		return out
	}
	for t := own; t != nil; t = t.parent {
		out = append(out, holder{t, p[len(t.path):]})
	}
	return out
}

type holder struct {
	*scope
	rest lint.Path
}

// alias is the alias that a key of the chart's values should be, because the
// key is the name that the alias replaces.
func (s *scope) alias(p lint.Path) string {
	deps := s.chart.Metadata.Dependencies
	if len(p) != 1 || slices.ContainsFunc(deps, func(d chart.Dependency) bool { return d.Key() == p[0].Key }) {
		return ""
	}
	for _, d := range deps {
		if d.Name == p[0].Key {
			return d.Alias
		}
	}
	return ""
}

// missing reports whether the path belongs to a dependency that is not there.
func (s *scope) missing(p lint.Path) bool {
	own, rest := s.of(p)
	if len(rest) == 0 {
		return false
	}
	return slices.ContainsFunc(own.chart.Metadata.Dependencies, func(d chart.Dependency) bool {
		return d.Key() == rest[0].Key && own.chart.Find(&d) == nil
	})
}

// defaultAt is the default value at the path: that of the chart nearest to the
// top, which wins.
func (s *scope) defaultAt(p lint.Path) *values.Node {
	holders := s.holders(p)
	for i := len(holders) - 1; i >= 0; i-- {
		if n := holders[i].defaults; n != nil {
			if n = n.Lookup(holders[i].rest); n != nil {
				return n
			}
		}
	}
	return nil
}

// names are the keys that charts know below the path, from default values,
// comments and schemas.
func (s *scope) names(p lint.Path) []string {
	var out []string
	add := func(keys ...string) {
		for _, k := range keys {
			if !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	for _, h := range s.holders(p) {
		if h.defaults != nil {
			if n := h.defaults.Lookup(h.rest); n != nil && n.Kind == values.Map {
				for _, f := range n.Fields {
					add(f.Key)
				}
			}
		}
		add(h.comments().below(h.rest)...)
		add(schemaKeys(h.schema, h.schema, h.rest, 0)...)
	}
	if own, rest := s.of(p); len(rest) == 0 {
		for _, sub := range own.subs {
			add(sub.path.Last().Key)
		}
		for _, d := range own.chart.Metadata.Dependencies {
			add(d.Key())
		}
		add("global")
	}
	return out
}

// documents reports whether default values, comments, a schema or Chart.yaml
// name the path.
func (s *scope) documents(p lint.Path) bool {
	own, rest := s.of(p)
	switch {
	case len(rest) == 0:
		return true
	case rest[0].Key == "global" && len(rest) == 1:
		return true
	case rest[0].Key == "tags" && len(rest) <= 2 && own.tagged(rest):
		return true
	}
	for _, d := range own.chart.Metadata.Dependencies {
		if d.Key() == rest[0].Key && len(rest) == 1 {
			return true
		}
	}
	if s.switches(p) {
		return true
	}
	for _, h := range s.holders(p) {
		if h.defaults != nil && h.defaults.Lookup(h.rest) != nil {
			return true
		}
		if h.comments().has(h.rest) || schemaHas(h.schema, h.schema, h.rest, 0) {
			return true
		}
	}
	return false
}

func (s *scope) tagged(rest lint.Path) bool {
	found := false
	s.walk(func(t *scope) {
		for _, d := range t.chart.Metadata.Dependencies {
			found = found || len(d.Tags) > 0 && (len(rest) == 1 || slices.Contains(d.Tags, rest[1].Key))
		}
	})
	return found
}

// switches reports whether Helm itself looks at the path or below it: in a
// condition, a tag or an import.
func (s *scope) switches(p lint.Path) bool {
	found := false
	s.walk(func(t *scope) {
		for _, d := range t.chart.Metadata.Dependencies {
			for _, c := range d.Conditions() {
				full := slices.Concat(t.path, lint.Keys(strings.Split(c, ".")...))
				found = found || full.HasPrefix(p) || lint.Keys(strings.Split(c, ".")...).HasPrefix(p)
			}
			for _, im := range d.ImportValues {
				full := slices.Concat(t.path, lint.Keys(d.Key()), lint.Keys(strings.Split(im.Child, ".")...))
				found = found || full.HasPrefix(p) || p.HasPrefix(full)
			}
			if len(d.Tags) > 0 && len(p) > 0 && p[0].Key == "tags" {
				found = found || len(p) == 1 || slices.Contains(d.Tags, p[1].Key)
			}
		}
	})
	return found
}

// comments are the keys that stand commented out in a values.yaml.
type comments struct {
	root *values.Node
	keys []commentKey
}

type commentKey struct {
	line int
	name string
}

var commented = lazyregexp.New(`^[ \t]*#+[ \t#]*(?:- )?["']?([A-Za-z0-9_./-]+)["']?:(?:[ \t]|$)`)

func readComments(d *values.Document) *comments {
	c := &comments{}
	if d == nil {
		return c
	}
	c.root = d.Values()
	for i := 1; i <= d.Lines(); i++ {
		line := d.Line(i)
		if !strings.Contains(line, "#") {
			continue
		}
		if m := commented.FindStringSubmatch(line); m != nil {
			c.keys = append(c.keys, commentKey{i, m[1]})
		}
	}
	return c
}

// region is the part of the file that belongs to the nearest value that exists
// on the way to the path: from its key to the next key at the same level or
// further out. depth is how many steps exist.
func (c *comments) region(p lint.Path) (from, to, depth int) {
	from, to = 1, 1<<30
	n := c.root
	for i, s := range p {
		f := n.Get(s.Key)
		if f == nil || s.IsIndex {
			return from, to, i
		}
		from = f.KeySpan.Line
		for _, other := range n.Fields {
			if l := other.KeySpan.Line; l > from && l < to {
				to = l
			}
		}
		n = f.Value
	}
	return from, to, len(p)
}

// has reports whether the path stands commented out. Below a commented key
// everything is taken.
func (c *comments) has(p lint.Path) bool {
	if c.root == nil || len(c.keys) == 0 {
		return false
	}
	from, to, depth := c.region(p)
	if depth == len(p) {
		return true
	}
	return slices.ContainsFunc(c.keys, func(k commentKey) bool { return k.line >= from && k.line < to && k.name == p[depth].Key })
}

// below are the commented keys in the region of the path that no value's own
// region holds.
func (c *comments) below(p lint.Path) []string {
	if c.root == nil {
		return nil
	}
	from, to, depth := c.region(p)
	if depth < len(p) {
		return nil
	}
	var out []string
	for _, k := range c.keys {
		if k.line >= from && k.line < to {
			out = append(out, k.name)
		}
	}
	return out
}

// parts are the schemas that apply beside the schema itself.
func schemaParts(n *values.Node) []*values.Node {
	var out []*values.Node
	for _, key := range []string{"allOf", "anyOf", "oneOf"} {
		if f := n.Get(key); f != nil {
			out = append(out, f.Value.Items...)
		}
	}
	for _, key := range []string{"if", "then", "else"} {
		if f := n.Get(key); f != nil {
			out = append(out, f.Value)
		}
	}
	return out
}

// schemaHas reports whether a schema names the path.
func schemaHas(root, n *values.Node, p lint.Path, depth int) bool {
	if n == nil || n.Kind != values.Map || depth > chart.MaxRefs {
		return false
	}
	if n = chart.Resolve(root, n); n == nil {
		return false
	}
	if len(p) == 0 {
		return true
	}
	if p[0].IsIndex {
		f := n.Get("items")
		return f != nil && schemaHas(root, f.Value, p[1:], depth+1)
	}
	if f := n.Get("properties"); f != nil {
		if g := f.Value.Get(p[0].Key); g != nil {
			if len(p) == 1 || schemaHas(root, g.Value, p[1:], depth+1) {
				return true
			}
		}
	}
	if f := n.Get("patternProperties"); f != nil {
		for _, g := range f.Value.Fields {
			if re, err := regexp.Compile(g.Key); err == nil && re.MatchString(p[0].Key) {
				return true
			}
		}
	}
	if f := n.Get("additionalProperties"); f != nil && f.Value.Kind == values.Map {
		if len(p) == 1 || schemaHas(root, f.Value, p[1:], depth+1) {
			return true
		}
	}
	return slices.ContainsFunc(schemaParts(n), func(q *values.Node) bool { return schemaHas(root, q, p, depth+1) })
}

// schemaKeys are the keys that a schema names below a path.
func schemaKeys(root, n *values.Node, p lint.Path, depth int) []string {
	if n == nil || n.Kind != values.Map || depth > chart.MaxRefs {
		return nil
	}
	if n = chart.Resolve(root, n); n == nil {
		return nil
	}
	var out []string
	if f := n.Get("properties"); f != nil {
		if len(p) == 0 {
			for _, g := range f.Value.Fields {
				out = append(out, g.Key)
			}
		} else if g := f.Value.Get(p[0].Key); g != nil {
			out = append(out, schemaKeys(root, g.Value, p[1:], depth+1)...)
		}
	}
	for _, q := range schemaParts(n) {
		out = append(out, schemaKeys(root, q, p, depth+1)...)
	}
	return out
}

// nearest is the name that was most probably meant, "" when none is near, and
// how far it is. Names that are there already come last.
func nearest(key string, names []string, taken func(string) bool) (string, int) {
	best, at := "", 0
	for _, n := range names {
		if n == key {
			continue
		}
		d := distance(key, n)
		if limit := max(1, min(len(key), len(n))/3); d > min(limit, 3) {
			continue
		}
		rank := 4 * d
		if taken(n) {
			rank += 3
		}
		if n[0] != key[0] {
			rank++
		}
		if best == "" || rank < at || rank == at && cmp.Compare(n, best) < 0 {
			best, at = n, rank
		}
	}
	if best == "" {
		return "", 0
	}
	return best, distance(key, best)
}

// distance counts edits; letters that changed places count once, and other
// letters of another case not at all beyond the first.
func distance(a, b string) int {
	if strings.EqualFold(a, b) {
		return 1
	}
	strip := strings.NewReplacer("-", "", "_", "")
	if x, y := strip.Replace(a), strip.Replace(b); x != "" && strings.EqualFold(x, y) {
		return 1
	}
	d := levenshtein.Distance(a, b, nil)
	if d == 2 && len(a) == len(b) && swapped(a, b) {
		return 1
	}
	return d
}

// swapped reports whether two neighbours changed places.
func swapped(a, b string) bool {
	for i := 0; i+1 < len(a); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}
