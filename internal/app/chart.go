package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
)

// chartAt reads the chart at a path, once for all releases. It is nil without
// an error when nothing is there.
func (st *setup) chartAt(name string) (*chart.Chart, error) {
	if c, ok := st.charts[name]; ok {
		return c, nil
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	c, err := chart.Load(name)
	if err != nil {
		return nil, err
	}
	if st.charts == nil {
		st.charts = map[string]*chart.Chart{}
	}
	st.charts[name] = c
	return c, nil
}

// withChart gives the release the chart at a path, if it is there.
func (st *setup) withChart(rel *linter.Release, name string) error {
	c, err := st.chartAt(name)
	if err != nil || c == nil {
		return err
	}
	rel.Chart, rel.ChartName, rel.ChartVersion = c, c.Metadata.Name, c.Metadata.Version
	return nil
}

// isChartArgument reports whether an argument is a chart: its folder, or an
// archive.
func isChartArgument(name string) bool {
	return isArchive(name) || isChart(name)
}

func isArchive(name string) bool {
	return strings.HasSuffix(name, ".tgz") || strings.HasSuffix(name, ".tar.gz")
}

var overrides = lazyregexp.New(`(?i)values[^/\\]*\.ya?ml$`)

// chartReleases are the releases that judge a chart by itself, and the values
// files that lie beside its own and in ci/ by the chart.
func (st *setup) chartReleases(arg string, files []string) ([]linter.Release, error) {
	c, err := st.chartAt(arg)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, fmt.Errorf("%s: no such file", arg)
	}
	of := func() linter.Release {
		return linter.Release{Chart: c, ChartName: c.Metadata.Name, ChartVersion: c.Metadata.Version, Packs: []string{pack.Chart}, Single: true}
	}
	own := of()
	own.Author = true
	out := []linter.Release{own}
	for _, f := range files {
		dir, base := filepath.Split(f)
		if dir = filepath.Clean(dir); base != "values.yaml" && (dir == filepath.Clean(arg) || dir == filepath.Join(arg, "ci")) && overrides.MatchString(base) {
			rel := of()
			rel.Values = values.Options{ValueFiles: []string{f}}
			out = append(out, rel)
		}
	}
	return out, nil
}
