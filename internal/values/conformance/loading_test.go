package conformance

import (
	"io/fs"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
	loader3 "helm.sh/helm/v3/pkg/chart/loader"
	chartutil3 "helm.sh/helm/v3/pkg/chartutil"
	util4 "helm.sh/helm/v4/pkg/chart/common/util"
	loader4 "helm.sh/helm/v4/pkg/chart/v2/loader"
	deps4 "helm.sh/helm/v4/pkg/chart/v2/util"
)

// TestHelmsOwnCharts loads, coalesces and validates the charts that Helm's
// source has for its tests, good ones and bad ones.
func TestHelmsOwnCharts(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "helm.sh/helm/v3", "helm.sh/helm/v4").Output()
	if err != nil {
		t.Skip("the modules of Helm are not there:", err)
	}
	n := 0
	for _, dir := range strings.Fields(string(out)) {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if !strings.Contains(name, "testdata") || strings.Contains(name, "internal/chart/v3") {
				return nil
			}
			if d.Name() == "Chart.yaml" {
				n++
				ownChart(t, filepath.Dir(name))
			} else if strings.HasSuffix(name, ".tgz") {
				n++
				ownChart(t, name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n < 200 {
		t.Errorf("only %d charts were found", n)
	}
}

func ownChart(t *testing.T, name string) {
	c3, err3 := loader3.Load(name)
	c4, err4 := loader4.Load(name)
	c, err := chart.Load(name)
	// Helm 4 also reads charts of a later format.
	for version, want := range map[string]error{"3.22": err3, "4.3": err4} {
		p, _ := values.ParseProfile(version)
		refused := err != nil
		if !refused {
			_, problems := c.Tree(p)
			refused = len(problems) > 0
		}
		if want != nil && strings.Contains(want.Error(), "maintainers") {
			continue // nothing that values depend on
		}
		if refused != (want != nil) {
			t.Errorf("%s, Helm %s: Helm says %v, we say %v", name, version, want, err)
		}
	}
	if err != nil {
		return
	}
	if err3 == nil {
		// Helm 3 mixes up the dependencies of a chart that is aliased twice.
		twice := strings.HasSuffix(name, "chart-with-import-from-aliased-dependencies")
		if err := chartutil3.ProcessDependenciesWithMerge(c3, nil); err == nil && !twice {
			if want, err := chartutil3.CoalesceValues(c3, nil); err == nil {
				sameVerdict(t, c, name, "3.22", want, chartutil3.ValidateAgainstSchema(c3, want))
			}
		}
	}
	if err4 == nil {
		if err := deps4.ProcessDependencies(c4, nil); err == nil {
			if want, err := util4.CoalesceValues(c4, nil); err == nil {
				sameVerdict(t, c, name, "4.3", want, util4.ValidateAgainstSchema(c4, want))
			}
		}
	}
}

func sameVerdict(t *testing.T, c *chart.Chart, name, version string, want any, wantErr error) {
	p, err := values.ParseProfile(version)
	if err != nil {
		t.Fatal(err)
	}
	v := chartcheck.Check(chartcheck.Release{Chart: c, Profile: p, Author: true})
	if got := v.Values.Root.Any(); !reflect.DeepEqual(plain(got), plain(want)) {
		t.Errorf("%s, Helm %s:\n got %v\nwant %v", name, version, got, want)
	}
	refused := slices.ContainsFunc(v.Findings, func(f lint.Finding) bool { return f.Rule == "chart/schema" && f.Severity == lint.Error })
	if refused != (wantErr != nil) {
		t.Errorf("%s, Helm %s: Helm says %v, we say %v", name, version, wantErr, v.Findings)
	}
}
