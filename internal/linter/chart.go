package linter

import (
	"slices"

	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/core"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
)

// byChart reports whether the chart judges its values. What an upgrade changes
// is judged by the rules about upgrades.
func (r *Release) byChart() bool {
	return r.Chart != nil && r.Upgrade == nil && r.Previous == nil && (len(r.Packs) == 0 || slices.Contains(r.Packs, pack.Chart))
}

// vendored reports whether a layer comes with the chart, so that its text is
// not the user's to mend.
func (r *Release) vendored(l *values.Layer) bool {
	return r.Chart != nil && (l.Kind == values.SubchartDefaults || l.Kind == values.ChartDefaults && !r.Author)
}

// chart judges the values by the chart that they are for. What a finding shows
// of the chart is read, too.
func (l *Linter) chart(rel *Release, vals *values.Values, v *verdict) []lint.Finding {
	if !rel.byChart() {
		return nil
	}
	out := chartcheck.Check(chartcheck.Release{Chart: rel.Chart, User: vals.User, Profile: l.Profile, Author: rel.Author, Secret: v.secret}).Findings
	for i := range out {
		f := &out[i]
		if !rel.Single {
			f.Release, f.Location, f.Chart = rel.Name, rel.Location, rel.ChartName
		}
		if f.Span.File == rel.Chart.Manifest.Name && !slices.Contains(v.docs, rel.Chart.Manifest) {
			v.docs = append(v.docs, rel.Chart.Manifest)
		}
		f.Related = append(f.Related, shadowed(vals.Root, f)...)
	}
	return out
}

// elsewhere are findings about files of the chart that Helm would not take.
func elsewhere(refused []values.Problem, docs []*values.Document) []lint.Finding {
	var out []lint.Finding
	for _, p := range refused {
		if !slices.ContainsFunc(docs, func(d *values.Document) bool { return d.Name == p.Span.File }) {
			out = append(out, lint.Finding{Rule: core.YAMLSyntax, Severity: lint.Error, Message: p.Message, Span: p.Span, Related: p.Related})
		}
	}
	return out
}
