package linter

import (
	"cmp"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/core"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/upgrade"
	"github.com/helmvet/helmvet/internal/values"
)

// judging is the chart that judges the values: that of the release or, where
// the old one is not known and so neither is laid under the values, the chart
// that it is upgraded to. nil: none.
func (r *Release) judging() *chart.Chart {
	c := r.Chart
	if c == nil && r.Upgrade != nil {
		c = r.Upgrade.Chart()
	}
	if len(r.Packs) > 0 && !slices.Contains(r.Packs, pack.Chart) {
		return nil
	}
	return c
}

// vendored reports whether a layer comes with the chart, so that its text is
// not the user's to mend.
func (r *Release) vendored(l *values.Layer) bool {
	return r.Chart != nil && (l.Kind == values.SubchartDefaults || l.Kind == values.ChartDefaults && !r.Author)
}

// chart judges the values by the chart that they are for. What a finding shows
// of the chart is read, too.
func (l *Linter) chart(rel *Release, vals *values.Values, v *verdict) []lint.Finding {
	c := rel.judging()
	if c == nil {
		return nil
	}
	out := chartcheck.Check(chartcheck.Release{Chart: c, User: cmp.Or(vals.User, vals), Profile: l.Profile, Author: rel.Author, Secret: v.secret}).Findings
	for i := range out {
		f := &out[i]
		if !rel.Single {
			f.Release, f.Location, f.Chart = rel.Name, rel.Location, rel.ChartName
		}
		if f.Span.File == c.Manifest.Name && !slices.Contains(v.docs, c.Manifest) {
			v.docs = append(v.docs, c.Manifest)
		}
		f.Related = append(f.Related, shadowed(vals.Root, f)...)
	}
	return out
}

// elsewhere are findings about files of the chart that Helm would not take, in
// the words of the core pack, which may judge the file for its own sake, too.
func elsewhere(refused []values.Problem, docs []*values.Document, c *chart.Chart) []lint.Finding {
	var out []lint.Finding
	for i, p := range refused {
		file := p.Span.File
		if slices.ContainsFunc(docs, func(d *values.Document) bool { return d.Name == file }) {
			continue
		}
		said := slices.ContainsFunc(refused[:i], func(q values.Problem) bool { return q.Span.File == file })
		if d := valuesOf(c, file); d == nil {
			out = append(out, lint.Finding{Rule: core.YAMLSyntax, Severity: lint.Error, Message: p.Message, Span: p.Span, Related: p.Related})
		} else if !said {
			out = append(out, slices.DeleteFunc(core.Check(d, core.Options{}), func(f lint.Finding) bool { return f.Rule != core.YAMLSyntax })...)
		}
	}
	return out
}

// valuesOf finds values of a chart, or of a chart in it, by the name of the file.
func valuesOf(c *chart.Chart, file string) *values.Document {
	if c == nil {
		return nil
	}
	if c.Values != nil && c.Values.Name == file {
		return c.Values
	}
	for _, sub := range c.Charts {
		if d := valuesOf(sub, file); d != nil {
			return d
		}
	}
	return nil
}

// unsaid leaves out findings about keys that a rule about the upgrade speaks of:
// it says the same, and why. That values equal defaults is told by upgrades where
// it is news.
func unsaid(findings, changed []lint.Finding) []lint.Finding {
	if changed == nil {
		return findings
	}
	return slices.DeleteFunc(findings, func(f lint.Finding) bool {
		if f.Rule == upgrade.RepeatedDefault {
			return true
		}
		if !strings.HasPrefix(f.Rule, pack.Chart+"/") && f.Rule != "core/map-replaced" {
			return false
		}
		return slices.ContainsFunc(changed, func(g lint.Finding) bool {
			if f.Rule == pack.Chart+"/schema" && g.Severity == lint.Error && f.Path.Equal(g.Path) {
				return true // also where the value is a default of the chart
			}
			return g.Severity >= lint.Warning && g.Span.File == f.Span.File &&
				(f.Path.HasPrefix(g.Path) || f.Rule == pack.Chart+"/unknown-key" && g.Path.HasPrefix(f.Path))
		})
	})
}
