package app

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/listing"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/templates"
	"github.com/helmvet/helmvet/internal/values"
)

// explainer tells of single values where they come from and who reads them.
type explainer struct {
	root    *values.Node
	hidden  map[*values.Node]bool
	verdict *chartcheck.Verdict // nil without a chart
}

func newExplainer(st *setup, rel *linter.Release, merged *values.Values, hidden map[*values.Node]bool) *explainer {
	e := &explainer{root: merged.Root, hidden: hidden}
	if rel.Chart != nil {
		e.verdict = chartcheck.Check(chartcheck.Release{Chart: rel.Chart, User: merged.User, Profile: st.linter.Profile})
	}
	return e
}

// chart is what the chart has to do with the value.
func (e *explainer) chart(p lint.Path) chartcheck.Explanation {
	if e.verdict == nil {
		return chartcheck.Explanation{}
	}
	return e.verdict.Explain(p)
}

// write prints all about the value at a path. It fails when the path leads to
// nothing that anybody set or reads.
func (e *explainer) write(w *bufio.Writer, text string) error {
	p, err := lint.ParsePath(text)
	if err != nil {
		return fmt.Errorf("--path: %w", err)
	}
	n, chart := e.root.Lookup(p), e.chart(p)
	if n == nil && len(chart.Reads)+len(chart.Schema) == 0 {
		parent, ok := e.nearest(p)
		if !ok {
			return fmt.Errorf("--path %s: no layer sets it", p)
		}
		return fmt.Errorf("--path %s: no layer sets it; %s has %s", p, parent, e.keys(parent))
	}
	head := p.String() + ": "
	switch {
	case n == nil:
		fmt.Fprintln(w, head+"not set")
	case e.hidden[n]:
		fmt.Fprintln(w, head+listing.Mask)
	case n.Kind == values.Map && len(n.Fields) > 0:
		fmt.Fprintf(w, "%sa mapping with %s\n", head, e.keys(p))
	case n.Kind == values.List && len(n.Items) > 0:
		fmt.Fprintf(w, "%sa list with %d items\n", head, len(n.Items))
	default:
		fmt.Fprintln(w, head+listing.Inline(n))
	}
	row := func(name, text string) { fmt.Fprintf(w, "  %-10s %s\n", name, text) }
	if n != nil && !n.Span.IsZero() {
		row("set by", spot(n.Span))
		for _, s := range n.Shadows {
			if !s.Span.IsZero() {
				row("overrides", spot(s.Span)+e.lost(n, s))
			}
		}
	}
	if removed := e.removed(p); removed != nil {
		row("removed by", spot(removed.Span))
	}
	e.readers(row, chart)
	for _, s := range chart.Schema {
		row("schema", spot(s))
	}
	return nil
}

// readers prints who reads the value.
func (e *explainer) readers(row func(name, text string), chart chartcheck.Explanation) {
	switch {
	case e.verdict == nil:
		return
	case len(chart.Reads) == 0:
		row("read by", "no template")
		return
	}
	for _, s := range chart.Reads {
		row("read by", site(s))
	}
	if chart.Reached {
		return
	}
	for _, g := range chart.Guards {
		want := "is set"
		if !g.Want {
			want = "is not set"
		}
		row("only if", fmt.Sprintf("%s %s (%s)", g.Path, want, site(g.Site)))
	}
}

func site(s templates.Site) string { return fmt.Sprintf("%s:%d", s.File, s.Line) }

// lost is the value that was overridden, where it may be shown.
func (e *explainer) lost(n, s *values.Node) string {
	if e.hidden[n] || s.Kind == values.Map || s.Kind == values.List || strings.Contains(s.Str, "\n") {
		return ""
	}
	return ": " + listing.Inline(s)
}

// removed is the null that took the value at the path away.
func (e *explainer) removed(p lint.Path) *values.Node {
	if len(p) == 0 {
		return nil
	}
	parent := e.root.Lookup(p.Parent())
	if parent == nil {
		return nil
	}
	for _, f := range parent.Removed {
		if f.Key == p.Last().Key {
			return f.Value
		}
	}
	return nil
}

// nearest is the longest part of the path that leads to a mapping.
func (e *explainer) nearest(p lint.Path) (lint.Path, bool) {
	for ; len(p) > 0; p = p.Parent() {
		if n := e.root.Lookup(p.Parent()); n != nil && n.Kind == values.Map && len(n.Fields) > 0 && len(p.Parent()) > 0 {
			return p.Parent(), true
		}
	}
	return nil, false
}

func (e *explainer) keys(p lint.Path) string {
	var out []string
	for _, f := range e.root.Lookup(p).Fields {
		out = append(out, redact.Text(f.Key))
	}
	if len(out) > 12 {
		out = append(out[:12], fmt.Sprintf("%d more", len(out)-12))
	}
	return "the keys " + strings.Join(out, ", ")
}

// explainOne is `helmvet values --path`.
func explainOne(w io.Writer, e *explainer, path string) error {
	b := bufio.NewWriter(w)
	if err := e.write(b, path); err != nil {
		return err
	}
	return writeError(b.Flush())
}
