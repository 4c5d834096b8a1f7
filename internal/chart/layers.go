package chart

import (
	"slices"

	"github.com/helmvet/helmvet/internal/values"
)

// Tree is the chart as values coalesces it: its default values as layers, its
// subcharts by the dependency they serve. Problems are why Helm of that version
// would not take a values.yaml; the chart is then without it. A tree is made
// once and may be used by several goroutines.
func (c *Chart) Tree(p values.Profile) (*values.Chart, []values.Problem) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, ok := c.trees[p]
	if !ok {
		t.chart, t.problems = c.tree(p, values.ChartDefaults)
		if c.trees == nil {
			c.trees = map[values.Profile]tree{}
		}
		c.trees[p] = t
	}
	return t.chart, t.problems
}

type tree struct {
	chart    *values.Chart
	problems []values.Problem
}

func (c *Chart) tree(p values.Profile, kind values.LayerKind) (*values.Chart, []values.Problem) {
	t := &values.Chart{Name: c.Metadata.Name, Listed: c.Metadata.Dependencies != nil, Origin: c}
	var problems []values.Problem
	if c.Values != nil {
		layer, bad := values.DocumentLayer(kind, c.Values, p)
		t.Defaults, problems = layer.Root, bad
	}
	made := map[*Chart]*values.Chart{}
	of := func(sub *Chart) *values.Chart {
		if made[sub] == nil {
			st, bad := sub.tree(p, values.SubchartDefaults)
			problems = append(problems, bad...)
			made[sub] = st
		}
		return made[sub]
	}
	for i := range c.Metadata.Dependencies {
		d := &c.Metadata.Dependencies[i]
		vd := values.Dependency{Name: d.Name, Key: d.Key(), Conditions: d.Conditions(), Tags: d.Tags}
		for _, im := range d.ImportValues {
			vd.Imports = append(vd.Imports, values.Import(im))
		}
		if sub := c.Find(d); sub != nil {
			vd.Chart = of(sub)
		}
		t.Dependencies = append(t.Dependencies, vd)
	}
	for _, sub := range c.Charts {
		t.Charts = append(t.Charts, of(sub))
		if !c.serves(sub) {
			t.Unlisted = append(t.Unlisted, of(sub))
		}
	}
	return t, problems
}

// serves reports whether a dependency of the list stands for the vendored chart.
func (c *Chart) serves(sub *Chart) bool {
	return slices.ContainsFunc(c.Metadata.Dependencies, func(d Dependency) bool {
		return d.Name == sub.Metadata.Name && compatible(d.Version, sub.Metadata.Version)
	})
}
