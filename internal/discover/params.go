package discover

import (
	"maps"
	"strconv"
	"strings"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/values"
)

// params are what one element of an ApplicationSet's generators puts into its
// template. Nil leaves everything as written.
type params struct {
	values map[string]any
	gotmpl bool // {{.name}} of Go templates, otherwise {{name}}
}

var (
	fastExpr = lazyregexp.New(`\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}`)
	goExpr   = lazyregexp.New(`\{\{-?\s*\.([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*)\s*-?\}\}`)
)

// expand replaces the expressions that name a parameter and nothing else.
// Others, such as calls of template functions, stay.
func (p *params) expand(s string) string {
	if p == nil || !templated(s) {
		return s
	}
	expr := fastExpr
	if p.gotmpl {
		expr = goExpr
	}
	return expr.ReplaceAllStringFunc(s, func(m string) string {
		if v, ok := p.lookup(expr.FindStringSubmatch(m)[1]); ok {
			return v
		}
		return m
	})
}

func (p *params) lookup(name string) (string, bool) {
	if v, ok := p.values[name]; ok {
		return scalar(v)
	}
	var v any = p.values
	for key := range strings.SplitSeq(name, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return "", false
		}
		if v, ok = m[key]; !ok {
			return "", false
		}
	}
	return scalar(v)
}

func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}

// merged returns both sets; the names of p win.
func (p *params) merged(o *params) *params {
	m := maps.Clone(o.values)
	maps.Copy(m, p.values)
	return &params{values: m, gotmpl: p.gotmpl}
}

// text is a scalar with its expressions replaced.
func (p *params) text(n *values.Node) string { return p.expand(text(n)) }

// tree returns the node with the expressions in its strings replaced; what does
// not change is shared. In the text of a block string a replaced plain scalar
// is typed anew, in valuesObject it stays a string, as in Argo CD.
func (p *params) tree(n *values.Node, typed bool) *values.Node {
	if p == nil || n == nil {
		return n
	}
	switch n.Kind {
	case values.String:
		s := p.expand(n.Str)
		if s == n.Str {
			return n
		}
		c := &values.Node{Kind: values.String, Style: n.Style, Str: s, Text: s, Span: n.Span, Replaced: true}
		if typed && n.Style == values.Plain && !templated(s) {
			if f := values.Parse("", []byte("v: "+s), values.DefaultLimits).Values().Get("v"); f != nil && f.Value.Kind != values.Map && f.Value.Kind != values.List {
				c.Kind, c.Bool, c.Number, c.Text, c.Str = f.Value.Kind, f.Value.Bool, f.Value.Number, f.Value.Text, f.Value.Str
			}
		}
		return c
	case values.Map:
		fields := make([]*values.Field, len(n.Fields))
		changed := false
		for i, f := range n.Fields {
			g := *f
			g.Key, g.Value = p.expand(f.Key), p.tree(f.Value, typed)
			changed = changed || g.Key != f.Key || g.Value != f.Value
			fields[i] = &g
		}
		if changed {
			return &values.Node{Kind: values.Map, Fields: fields, Span: n.Span}
		}
	case values.List:
		list := make([]*values.Node, len(n.Items))
		changed := false
		for i, it := range n.Items {
			list[i] = p.tree(it, typed)
			changed = changed || list[i] != it
		}
		if changed {
			return &values.Node{Kind: values.List, Items: list, Span: n.Span}
		}
	}
	return n
}
