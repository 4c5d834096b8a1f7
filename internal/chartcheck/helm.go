package chartcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

type file = chart.File

// switches reports conditions and tags that Helm passes over, and nulls that do
// not do what they seem to.
func (c *checker) switches() {
	var look func(a *values.Active)
	look = func(a *values.Active) {
		for _, sw := range append(slices.Clone(a.On), a.Off...) {
			for _, ig := range sw.Ignored {
				if !c.mine(ig.Value) {
					continue
				}
				p := lint.Keys(ig.Path...)
				state := "stays enabled"
				if slices.Contains(a.Off, sw) {
					state = "stays disabled"
				}
				c.report("condition", lint.Warning, p, ig.Value.Span, "%s is %s, which Helm passes over: a condition must be true or false, so the subchart %s %s; write it without quotes", p, c.show(p, ig.Value), sw.Dependency.Key, state)
			}
		}
		for _, sub := range a.Charts {
			look(sub)
		}
	}
	look(c.Coalesced.Top)
	c.top.walk(func(s *scope) {
		if s == c.top {
			return
		}
		n := c.User.Root.Lookup(s.path)
		if n == nil {
			return
		}
		if n.Kind == values.Null && users(n) {
			c.report("subchart-null", lint.Warning, s.path, n.Span, "null for %s does not switch the subchart off: Helm drops what chart %s sets for it and takes the subchart's own defaults%s", s.path, s.parent.chart.Metadata.Name, c.switchHint(s))
		}
		mine, top := n.Get("global"), c.User.Root.Get("global")
		if mine == nil || mine.Value.Kind != values.Map {
			return
		}
		for _, f := range mine.Value.Fields {
			merged := c.Values.Root.Get("global")
			if merged == nil {
				continue
			}
			if g := merged.Value.Get(f.Key); g != nil && g.Value.Kind != values.Map && f.Value.Kind != values.Map && g.Value.Any() != f.Value.Any() && f.Value.Kind != values.Null && g.Value.Kind != values.List && f.Value.Kind != values.List {
				p := s.path.Key("global").Key(f.Key)
				fd := c.report("global", lint.Warning, p, f.Value.Span, "%s has no effect: the global of the chart above wins; set global.%s instead", p, f.Key)
				relate(fd, lint.Keys("global", f.Key), g.Value.Span, "this one wins")
			}
		}
		_ = top
	})
	c.globalNulls()
	c.imports()
}

// imports reports values of a subchart that the parent chart imports: Helm
// imports the defaults, whatever the user sets.
func (c *checker) imports() {
	c.top.walk(func(s *scope) {
		for i := range s.chart.Metadata.Dependencies {
			d := &s.chart.Metadata.Dependencies[i]
			for _, im := range d.ImportValues {
				from := slices.Concat(s.path, lint.Keys(d.Key()), lint.Keys(strings.Split(im.Child, ".")...))
				to := slices.Clone(s.path)
				if im.Parent != "." {
					to = slices.Concat(to, lint.Keys(strings.Split(im.Parent, ".")...))
				}
				n := c.User.Root.Lookup(from)
				if n == nil || n.Kind != values.Map {
					continue
				}
				n.Walk(from, func(p lint.Path, v *values.Node) bool {
					if v.Kind == values.Map && len(v.Fields) > 0 || !users(v) {
						return v.Kind == values.Map
					}
					q := slices.Concat(to, p[len(from):])
					if o := c.Values.Root.Lookup(q); o != nil && !users(o) && o.Kind != values.Map {
						f := c.report("import-values", lint.Warning, p, v.Span, "%s does not reach %s: chart %s imports the defaults of the subchart, and nothing that is set for it; set %s, too", p, q, s.chart.Metadata.Name, q)
						relate(f, nil, d.Span("import-values"), "imported here")
					}
					return false
				})
			}
		}
	})
}

func (c *checker) switchHint(s *scope) string {
	for _, d := range s.parent.chart.Metadata.Dependencies {
		if d.Key() != s.name {
			continue
		}
		for _, cond := range d.Conditions() {
			return "; set " + slices.Concat(s.parent.path, lint.Keys(strings.Split(cond, ".")...)).String() + " to false"
		}
	}
	return "; delete the line"
}

// globalNulls reports nulls for globals, which subcharts do not get to see.
func (c *checker) globalNulls() {
	g := c.User.Root.Get("global")
	if g == nil || g.Value.Kind != values.Map || len(c.Coalesced.Top.Charts) == 0 {
		return
	}
	for _, f := range g.Value.Fields {
		if f.Value.Kind != values.Null || !users(f.Value) {
			continue
		}
		for _, sub := range c.Coalesced.Top.Charts {
			p := lint.Keys(sub.Path...).Key("global").Key(f.Key)
			if n := c.Values.Root.Lookup(p); n != nil && n.Kind != values.Null {
				fd := c.report("global", lint.Warning, lint.Keys("global", f.Key), f.Value.Span, "null deletes global.%s for the chart itself only: its subcharts still get %s; set a value instead", f.Key, c.show(p, n))
				relate(fd, p, n.Span, "what the subcharts get")
				break
			}
		}
	}
}

// regimes are versions of Helm that treat nulls differently, oldest first.
var regimes = []struct {
	version, from, to string
	first, last       bool // of those that are known of its major version
}{
	{"3.12", "3.12", "3.12", true, false},
	{"3.16", "3.13", "3.16", false, false},
	{"3.19", "3.17", "3.19", false, false},
	{"3.20.0", "3.20.0", "3.20.0", false, false},
	{"3.22", "3.20.1", "3.22", false, true},
	{"4.0", "4.0", "4.1.2", true, false},
	{"4.1.4", "4.1.3", "4.1", false, false},
	{"4.3", "4.2", "4.3", false, true},
}

// nulls reports nulls whose fate depends on the version of Helm.
func (c *checker) nulls() {
	var paths []lint.Path
	c.User.Root.Walk(nil, func(p lint.Path, n *values.Node) bool {
		if n.Kind == values.Null && users(n) && len(p) > 1 {
			paths = append(paths, slices.Clone(p))
		}
		return n.Kind != values.List
	})
	of := c.User.Root
	if c.Author && c.top.defaults != nil {
		of = c.top.defaults
		of.Walk(nil, func(p lint.Path, n *values.Node) bool {
			if s, rest := c.top.of(p); n.Kind == values.Null && s != c.top && len(rest) > 0 {
				paths = append(paths, slices.Clone(p))
			}
			return n.Kind != values.List
		})
	}
	if len(paths) == 0 {
		return
	}
	type outcome struct {
		what string
		in   []int // of regimes
	}
	fates := make([][]outcome, len(paths))
	for k, r := range regimes {
		p, err := values.ParseProfile(r.version)
		if err != nil {
			continue // the list is tested
		}
		tree, problems := c.Chart.Tree(p)
		if len(problems) > 0 {
			continue
		}
		merged := values.CoalesceChart(tree, c.User, p).Values.Root
		for i, at := range paths {
			what := "the key is gone"
			if n := merged.Lookup(at); n != nil && n.Kind == values.Null {
				what = "it stays as null"
			} else if n != nil {
				what = fmt.Sprintf("the default %s stays", c.show(at, n))
			}
			j := slices.IndexFunc(fates[i], func(o outcome) bool { return o.what == what })
			if j < 0 {
				fates[i] = append(fates[i], outcome{what: what})
				j = len(fates[i]) - 1
			}
			fates[i][j].in = append(fates[i][j].in, k)
		}
	}
	for i, at := range paths {
		if len(fates[i]) < 2 {
			continue
		}
		var out []string
		for _, o := range fates[i] {
			out = append(out, fmt.Sprintf("Helm %s: %s", versions(o.in), o.what))
		}
		n := of.Lookup(at)
		sev := lint.Warning
		if !slices.ContainsFunc(fates[i], func(o outcome) bool { return strings.HasSuffix(o.what, " stays") }) {
			if c.Author {
				continue
			}
			sev = lint.Info // nothing, or a null: most templates do not mind
		}
		c.report("null-meaning", sev, at, n.Span, "what null does to %s depends on the version of Helm (%s); set a value that says what is meant", at, strings.Join(out, "; "))
	}
}

// versions names some of the regimes, neighbours together.
func versions(in []int) string {
	var out []string
	for i := 0; i < len(in); i++ {
		j := i
		for j+1 < len(in) && in[j+1] == in[j]+1 && regimes[in[j+1]].from[0] == regimes[in[j]].from[0] {
			j++
		}
		from, to := regimes[in[i]].from, regimes[in[j]].to
		switch last := regimes[in[j]].last; {
		case last && regimes[in[i]].first:
			out = append(out, from[:1])
		case last && from[0] == '4':
			out = append(out, from+" and later")
		case from == to:
			out = append(out, from)
		default:
			out = append(out, from+" to "+to)
		}
		i = j
	}
	return strings.Join(out, ", ")
}

var float = lazyregexp.New(`^[+-]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9.]+[eE][+-]?[0-9]+)$`)

// flags reports arguments of --set that do not do what they look like.
func (c *checker) flags() {
	for _, l := range c.User.Layers {
		if l.Root == nil || l.Kind != values.Set {
			continue
		}
		l.Root.Walk(nil, func(p lint.Path, n *values.Node) bool {
			winner := c.Values.Root.Lookup(p)
			switch n.Kind {
			case values.List:
				c.setList(l, p, n)
			case values.Map:
				for _, f := range n.Fields {
					c.secondKey(p, f)
				}
			case values.String:
				d := c.top.defaultAt(p)
				if float.MatchString(n.Str) && d != nil && d.Kind == values.Number && winner != nil {
					c.report("set-type", lint.Warning, p, n.Span, "--set makes the string %q of %s, and the default is a number; use --set-json '%s=%s'", n.Str, p, p, n.Str)
				}
			}
			return true
		})
	}
}

func (c *checker) setList(l *values.Layer, p lint.Path, n *values.Node) {
	if len(n.Items) == 1 && n.Items[0].Kind == values.String && n.Items[0].Str == "" && strings.Contains(l.Arg, "{}") {
		c.report("set-type", lint.Warning, p, n.Span, "--set %s={} makes a list with one empty text, not an empty list or mapping; use --set-json '%s=[]'", p, p)
		return
	}
	if !strings.Contains(l.Arg, "[") {
		return
	}
	d := c.top.defaultAt(p)
	file := c.fileValue(l, p)
	if d == nil || d.Kind != values.List || len(d.Items) == 0 || file != nil {
		return
	}
	lost := ""
	if len(n.Items) > 1 {
		lost = ", the others of it null"
	}
	f := c.report("set-list-index", lint.Warning, p, n.Span, "--set %s[...] does not change the default list: it replaces the chart's list of %d by one of %d%s; give the whole list", p, len(d.Items), len(n.Items), lost)
	relate(f, p, d.Span, "the list that is replaced")
}

// fileValue is what layers below the argument set at the path.
func (c *checker) fileValue(l *values.Layer, p lint.Path) *values.Node {
	for _, o := range c.User.Layers {
		if o == l {
			return nil
		}
		if o.Root != nil {
			if n := o.Root.Lookup(p); n != nil {
				return n
			}
		}
	}
	return nil
}

// secondKey reports a --set whose key a file would have read as a boolean.
func (c *checker) secondKey(p lint.Path, f *values.Field) {
	doc := values.Parse("", []byte(f.Key+": 1"), values.DefaultLimits).Values()
	if doc == nil || len(doc.Fields) != 1 || doc.Fields[0].Key == f.Key {
		return
	}
	twin := doc.Fields[0].Key
	parent := c.Values.Root.Lookup(p)
	g := parent.Get(twin)
	if g == nil || g.KeyText != f.Key {
		return
	}
	fd := c.report("set-second-key", lint.Warning, p.Key(f.Key), f.KeySpan, "--set makes a second key %q: the file's %s: is a boolean key and became %q; quote the key in the file", f.Key, f.Key, twin)
	relate(fd, p.Key(twin), g.KeySpan, "the file's key")
}
