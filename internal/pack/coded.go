package pack

import (
	"slices"

	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/core"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/upgrade"
)

// Chart is the pack that judges values by the chart that they are for.
const Chart = chartcheck.Pack

// Coded is a built-in pack whose rules are written in Go.
type Coded struct {
	Name, Title string
	Rules       func() []lint.Rule
}

// CodedPacks lists the packs whose rules are written in Go.
func CodedPacks() []Coded {
	return []Coded{
		{Core, "YAML and Helm traps, every file", core.Rules},
		{Chart, "Values against the chart that they are for: its defaults, schema and templates", chartRules},
	}
}

// CodedNames are the names of the packs whose rules are written in Go.
func CodedNames() []string { return []string{Core, Chart} }

// IsCoded reports whether a pack of that name is written in Go.
func IsCoded(name string) bool { return slices.Contains(CodedNames(), name) }

// CodedRules are the rules of all of them.
func CodedRules() []lint.Rule {
	var out []lint.Rule
	for _, p := range CodedPacks() {
		out = append(out, p.Rules()...)
	}
	return out
}

// chartRules are the rules about a chart and those about the change from one to
// another.
func chartRules() []lint.Rule { return append(chartcheck.Rules(), upgrade.Rules()...) }
