// Package chartcheck is the `chart` pack: what a chart's own values, schema and
// templates say about the values of a release, and what Helm does with them
// without a word.
package chartcheck

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/jsonschema"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/templates"
	"github.com/helmvet/helmvet/internal/values"
)

// Pack is the name of the pack.
const Pack = "chart"

// Release is what is judged: a chart with the values of one release.
type Release struct {
	Chart *chart.Chart
	// User are the values of the user's layers, merged. None judge the chart
	// with its own default values.
	User    *values.Values
	Profile values.Profile
	// Author: the chart itself is linted, so that its own mistakes are told.
	Author bool
	// Secret reports whether the value at a path must not be printed; may be nil.
	Secret func(lint.Path) bool
}

// Verdict is what became of a release.
type Verdict struct {
	Values    *values.Values // what the templates receive
	Coalesced *values.Coalesced
	Reads     *templates.Result
	Findings  []lint.Finding
	Problems  []values.Problem // of the chart's values files, which Helm refuses

	top *scope
}

// Coalesce lays the user's values over the chart's without judging them. The
// chart is without the values files that have problems.
func Coalesce(c *chart.Chart, user *values.Values, p values.Profile) (*values.Coalesced, []values.Problem) {
	tree, problems := c.Tree(p)
	return values.CoalesceChart(tree, user, p), problems
}

// Check judges a release. It never fails; findings come sorted.
func Check(r Release) *Verdict {
	if r.User == nil {
		r.User = values.MergeFiles()
	}
	tree, problems := r.Chart.Tree(r.Profile)
	v := &Verdict{Problems: problems}
	v.Coalesced = values.CoalesceChart(tree, r.User, r.Profile)
	v.Values = v.Coalesced.Values
	v.top = scopes(v.Coalesced.Top)
	c := &checker{Release: r, Verdict: v, tree: tree}
	fatal := c.clashes()
	if !fatal {
		v.Reads = templates.Analyze(templateChart(v.top), v.Values.Root)
		c.templates()
		c.schemas()
		c.keys()
		c.numbers()
	}
	c.absent()
	c.switches()
	c.nulls()
	c.flags()
	if r.Author {
		c.author()
	}
	v.Findings = lint.Sort(c.out)
	return v
}

// checker collects the findings about one release.
type checker struct {
	Release
	*Verdict
	tree    *values.Chart
	out     []lint.Finding
	refused map[string]bool // keys that a schema does not allow, by path
	broken  map[string]bool // charts with templates that do not parse, by path
	remote  map[string]bool // charts with schemas that lie elsewhere in part, by path
}

// report adds a finding. What no file says, as the keys that Helm adds, is placed
// at the chart.
func (c *checker) report(rule string, sev lint.Severity, path lint.Path, span lint.Span, format string, args ...any) *lint.Finding {
	if span.IsZero() {
		span = lint.Span{File: c.Chart.Manifest.Name, Line: 1, Column: 1, EndLine: 1, EndCol: 2}
	}
	c.out = append(c.out, lint.Finding{
		Rule: Pack + "/" + rule, Severity: sev, Path: slices.Clone(path), Span: span, Message: fmt.Sprintf(format, args...),
	})
	return &c.out[len(c.out)-1]
}

// relate adds a second place, if it is one.
func relate(f *lint.Finding, path lint.Path, span lint.Span, message string) {
	if !span.IsZero() && span != f.Span {
		f.Related = append(f.Related, lint.Related{Path: path, Span: span, Message: message})
	}
}

// templateChart is the chart as the analysis of templates sees it.
func templateChart(s *scope) *templates.Chart {
	t := &templates.Chart{Name: s.chart.Metadata.Name, Path: s.path, Library: s.chart.Library()}
	for _, f := range s.chart.Templates {
		t.Templates = append(t.Templates, templates.File(f))
	}
	for _, f := range s.chart.Texts {
		t.Texts = append(t.Texts, templates.File(f))
	}
	if s.off != nil {
		t.Off = &templates.Guard{Path: lint.Keys(s.off.Path...), Want: true}
		if v := s.off.Value; v != nil {
			t.Off.Site = templates.Site{File: v.Span.File, Line: v.Span.Line}
		}
	}
	for _, sub := range s.subs {
		t.Charts = append(t.Charts, templateChart(sub))
	}
	return t
}

// users reports whether the value was set by the user, not by the chart.
func users(n *values.Node) bool {
	return n != nil && n.Layer != nil && n.Layer.Kind != values.ChartDefaults && n.Layer.Kind != values.SubchartDefaults
}

// mine reports whether the value is one to judge: the user's, or, when a chart
// itself is linted, anybody's.
func (c *checker) mine(n *values.Node) bool { return c.Author && n != nil || users(n) }

// secret reports whether the value must not be printed.
func (c *checker) secret(p lint.Path, n *values.Node) bool {
	if c.Secret != nil && c.Secret(p) {
		return true
	}
	var parent *values.Node
	if len(p) > 0 {
		parent = c.Values.Root.Lookup(p.Parent())
	}
	return redact.Classify(p, parent, n) == redact.Literal
}

// show names a value.
func (c *checker) show(p lint.Path, n *values.Node) string {
	switch n.Kind {
	case values.Map:
		if len(n.Fields) == 0 {
			return "an empty mapping"
		}
		return "a mapping"
	case values.List:
		if len(n.Items) == 0 {
			return "an empty list"
		}
		return "a list"
	case values.Null:
		return "null"
	}
	if c.secret(p, n) {
		return "a secret"
	}
	switch n.Kind {
	case values.String:
		return fmt.Sprintf("%q", shorten(redact.Text(n.Str)))
	case values.Bool:
		return fmt.Sprint(n.Bool)
	}
	return cmp.Or(n.Text, fmt.Sprint(n.Any()))
}

func shorten(s string) string {
	const most = 60
	s, _, cut := strings.Cut(s, "\n")
	if r := []rune(s); len(r) > most {
		s, cut = string(r[:most]), true
	}
	if cut {
		s += "…"
	}
	return s
}

// clashes reports values of a subchart that are no mapping, which Helm refuses.
func (c *checker) clashes() bool {
	fatal := false
	for _, cl := range c.Coalesced.Clashes {
		if !cl.Fatal {
			continue
		}
		fatal = true
		p := lint.Keys(cl.Path...)
		c.report("subchart-values", lint.Error, p, cl.Value.Span, "%s is %s, but %s is a subchart, whose values must be a mapping; Helm refuses the release, so write its values below the key", p, c.show(p, cl.Value), p.Last().Key)
	}
	return fatal
}

// templates reports templates that Helm cannot parse.
func (c *checker) templates() {
	c.broken = map[string]bool{}
	for _, p := range c.Reads.Problems {
		c.top.walk(func(s *scope) {
			if slices.ContainsFunc(s.chart.Templates, func(f chart.File) bool { return f.Name == p.Span.File }) {
				c.broken[s.path.String()] = true
			}
		})
		c.report("broken-template", lint.Error, nil, p.Span, "template cannot be parsed, and Helm refuses the chart: %s", p.Message)
	}
}

// schemas judges the values by the schemas of the chart and its subcharts.
func (c *checker) schemas() {
	c.refused, c.remote = map[string]bool{}, map[string]bool{}
	var check func(s *scope)
	check = func(s *scope) {
		if f := s.chart.Schema; f != nil && s.off == nil {
			schema, faults := jsonschema.Compile(f.Name, f.Data, c.Profile)
			for _, fault := range faults {
				sev := lint.Info
				if fault.Refuses {
					sev = lint.Error
				} else if c.Author {
					sev = lint.Warning
				}
				if fault.Remote {
					c.remote[s.path.String()] = true
					c.report("schema-reference", sev, nil, fault.Span, "%s", fault.Message)
				} else {
					c.report("schema", sev, nil, fault.Span, "%s", fault.Message)
				}
			}
			if n := c.Values.Root.Lookup(s.path); schema != nil && n != nil && n.Kind == values.Map {
				for _, v := range schema.Check(n) {
					c.violation(s, v)
				}
			}
		}
		for _, sub := range s.subs {
			check(sub)
		}
	}
	check(c.top)
}

func (c *checker) violation(s *scope, v jsonschema.Violation) {
	p := slices.Concat(s.path, v.Path)
	n := c.Values.Root.Lookup(p)
	span, _ := c.Values.Root.Locate(p)
	whose := fmt.Sprintf("the schema of chart %s", s.chart.Metadata.Name)
	var f *lint.Finding
	switch v.Kind {
	case jsonschema.Unknown:
		c.refused[p.String()] = true
		span = c.Values.Root.LocateKey(p)
		hint := "delete it"
		if len(p) > 0 {
			key := p.Last().Key
			known := v.Known
			if len(known) == 0 {
				known = schemaKeys(s.schema, s.schema, v.Path.Parent(), 0)
			}
			near, _ := nearest(key, known, c.taken(p.Parent()))
			switch {
			case s.alias(v.Path) != "":
				hint = fmt.Sprintf("this chart calls the subchart by its alias %q, so write the values below %s", s.alias(v.Path), p.Parent().Key(s.alias(v.Path)))
			case near != "":
				hint = fmt.Sprintf("did you mean %q?", near)
			case len(v.Path) == 1 && span.IsZero() && key != "global":
				hint = fmt.Sprintf("Helm adds it for the subchart of that name, so it refuses every release; add it to the properties of %s", whose)
			case key == "global" && len(v.Path) == 1:
				hint = fmt.Sprintf("Helm hands global to every subchart, so %s must allow it", whose)
			case len(known) > 0 && len(known) <= 12:
				hint = "it knows " + strings.Join(known, ", ")
			}
			f = c.report("schema", lint.Error, p, span, "key %q is not allowed at %s by %s; %s", key, root(p.Parent()), whose, hint)
		} else {
			f = c.report("schema", lint.Error, p, span, "%s allows no values at all", whose)
		}
	case jsonschema.Missing:
		why := ""
		if v.Want != "" {
			why = ", because " + v.Want
		}
		f = c.report("schema", lint.Error, p, span, "%s is missing, which %s requires%s; set it", p, whose, why)
		if r := c.removed(p); r != nil {
			f.Span = r.Span
			f.Message = fmt.Sprintf("%s is required by %s, and this null deletes its default; set a value", p, whose)
		}
	default:
		what := "nothing"
		if n != nil {
			what = c.show(p, n)
		}
		f = c.report("schema", lint.Error, p, span, "%s is %s, but %s wants %s", root(p), what, whose, c.want(p, n, v.Want))
	}
	if n != nil && n.Span.IsZero() && !v.Rule.IsZero() {
		f.Span = v.Rule
	}
	relate(f, p, v.Rule, "the schema says so here")
}

// want adds what to type where Helm's typing is the reason.
func (c *checker) want(p lint.Path, n *values.Node, want string) string {
	if n == nil {
		return want
	}
	switch {
	case n.Kind == values.Number && want == "a string" && n.Text != "":
		return fmt.Sprintf("a string; quote it: %q", n.Text)
	case n.Kind == values.Bool && want == "a string" && n.Text != "":
		return fmt.Sprintf("a string; quote it: %q", n.Text)
	case n.Kind == values.String && n.Layer != nil && n.Layer.Kind == values.Set && want == "a number":
		return "a number; --set makes a string of numbers with a point, so use --set-json"
	case n.Kind == values.String && n.Layer != nil && n.Layer.Kind == values.SetString && (want == "a number" || want == "a whole number" || want == "true or false"):
		return want + "; use --set instead of --set-string"
	}
	return want
}

// removed is the null that took the value at the path away.
func (c *checker) removed(p lint.Path) *values.Node {
	parent := c.Values.Root.Lookup(p.Parent())
	if parent == nil {
		return nil
	}
	for _, f := range parent.Removed {
		if f.Key == p.Last().Key && users(f.Value) {
			return f.Value
		}
	}
	return nil
}

func root(p lint.Path) string {
	if len(p) == 0 {
		return "the top"
	}
	return p.String()
}

// taken reports which keys the user sets below a path.
func (c *checker) taken(p lint.Path) func(string) bool {
	n := c.User.Root.Lookup(p)
	return func(key string) bool { return n != nil && n.Get(key) != nil }
}
