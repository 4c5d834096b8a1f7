package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"reflect"
	"testing"

	"github.com/helmvet/helmvet/internal/values"
	chart3 "helm.sh/helm/v3/pkg/chart"
	chartutil3 "helm.sh/helm/v3/pkg/chartutil"
	util4 "helm.sh/helm/v4/pkg/chart/common/util"
	chart4 "helm.sh/helm/v4/pkg/chart/v2"
	deps4 "helm.sh/helm/v4/pkg/chart/v2/util"
)

// spec is a chart of a test.
type spec struct {
	Name   string         `json:"name"`
	Values map[string]any `json:"values"`
	Deps   []dep          `json:"deps"`
	Charts []*spec        `json:"charts"`
}

type dep struct {
	Name      string   `json:"name"`
	Alias     string   `json:"alias,omitempty"`
	Condition string   `json:"condition,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Imports   []any    `json:"import-values,omitempty"`
}

type chartCase struct {
	Chart *spec          `json:"chart"`
	User  map[string]any `json:"user"`
}

func (s *spec) helm3() *chart3.Chart {
	c := &chart3.Chart{Metadata: &chart3.Metadata{Name: s.Name, Version: "1.0.0"}, Values: s.Values}
	for _, d := range s.Deps {
		c.Metadata.Dependencies = append(c.Metadata.Dependencies, &chart3.Dependency{
			Name: d.Name, Version: "1.x.x", Alias: d.Alias, Condition: d.Condition, Tags: d.Tags, ImportValues: d.Imports,
		})
	}
	for _, sub := range s.Charts {
		c.AddDependency(sub.helm3())
	}
	return c
}

func (s *spec) helm4() *chart4.Chart {
	c := &chart4.Chart{Metadata: &chart4.Metadata{Name: s.Name, Version: "1.0.0"}, Values: s.Values}
	for _, d := range s.Deps {
		c.Metadata.Dependencies = append(c.Metadata.Dependencies, &chart4.Dependency{
			Name: d.Name, Version: "1.x.x", Alias: d.Alias, Condition: d.Condition, Tags: d.Tags, ImportValues: d.Imports,
		})
	}
	for _, sub := range s.Charts {
		c.AddDependency(sub.helm4())
	}
	return c
}

// tree is the chart as values sees it; text is read as YAML, for positions.
func (s *spec) tree(t *testing.T, kind values.LayerKind, path string) *values.Chart {
	c := &values.Chart{Name: s.Name, Listed: s.Deps != nil}
	if s.Values != nil {
		c.Defaults = layerOf(t, kind, path+"/values.yaml", s.Values).Root
	}
	subs := map[string]*values.Chart{}
	for _, sub := range s.Charts {
		subs[sub.Name] = sub.tree(t, values.SubchartDefaults, path+"/"+sub.Name)
	}
	listed := map[string]bool{}
	for _, d := range s.Deps {
		listed[d.Name] = true
		vd := values.Dependency{Name: d.Name, Key: d.Name, Chart: subs[d.Name], Tags: d.Tags}
		if d.Alias != "" {
			vd.Key = d.Alias
		}
		if d.Condition != "" {
			vd.Conditions = []string{d.Condition}
		}
		for _, i := range d.Imports {
			switch i := i.(type) {
			case string:
				vd.Imports = append(vd.Imports, values.Import{Child: "exports." + i, Parent: ".", Short: true})
			case map[string]any:
				vd.Imports = append(vd.Imports, values.Import{Child: i["child"].(string), Parent: i["parent"].(string)})
			}
		}
		c.Dependencies = append(c.Dependencies, vd)
	}
	for _, sub := range s.Charts {
		c.Charts = append(c.Charts, subs[sub.Name])
		if !listed[sub.Name] {
			c.Unlisted = append(c.Unlisted, subs[sub.Name])
		}
	}
	return c
}

func layerOf(t *testing.T, kind values.LayerKind, name string, m map[string]any) *values.Layer {
	t.Helper()
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	layer, problems := values.DocumentLayer(kind, values.Parse(name, text, values.DefaultLimits), values.Helm3)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", text, problems)
	}
	return layer
}

// ours is what we make of the case; nil when Helm would refuse it.
func (c chartCase) ours(t *testing.T, p values.Profile) (any, *values.Coalesced) {
	user := values.MergeFiles(layerOf(t, values.File, "user.yaml", c.User))
	out := values.CoalesceChart(c.Chart.tree(t, values.ChartDefaults, "c"), user, p)
	for _, cl := range out.Clashes {
		if cl.Fatal {
			return nil, out
		}
	}
	return out.Values.Root.Any(), out
}

func copied(c chartCase) chartCase {
	raw, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	var out chartCase
	if err := json.Unmarshal(raw, &out); err != nil {
		panic(err)
	}
	return out
}

var chartHelms = map[string]func(chartCase) (map[string]any, error){
	"3.22": func(c chartCase) (map[string]any, error) {
		ch := c.Chart.helm3()
		if err := chartutil3.ProcessDependenciesWithMerge(ch, c.User); err != nil {
			return nil, err
		}
		return chartutil3.CoalesceValues(ch, c.User)
	},
	"4.3": func(c chartCase) (map[string]any, error) {
		ch := c.Chart.helm4()
		if err := deps4.ProcessDependencies(ch, c.User); err != nil {
			return nil, err
		}
		return util4.CoalesceValues(ch, c.User)
	},
}

// plain turns the named map types of Helm into maps.
func plain(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var out any
	if err := json.Unmarshal(raw, &out); err != nil {
		panic(err)
	}
	return out
}

// chartMaker makes random charts of few keys, so that they meet.
type chartMaker struct{ *rand.Rand }

func (r chartMaker) values(depth int, keys ...string) map[string]any {
	m := map[string]any{}
	for range r.Intn(5) {
		m[keys[r.Intn(len(keys))]] = r.value(depth, keys)
	}
	return m
}

func (r chartMaker) value(depth int, keys []string) any {
	switch n := r.Intn(10); {
	case n < 3 && depth < 4, n < 5 && depth < 2:
		return r.values(depth+1, keys...)
	case n < 6:
		return nil
	case n == 6:
		return []any{"x", nil}
	case n == 7:
		return r.Intn(2) == 0
	}
	return fmt.Sprint("v", r.Intn(100))
}

func (r chartMaker) chart(name string, depth int) *spec {
	keys := []string{"a", "b", "global", "global", "exports", "data", "tags", "enabled", "s1", "s2", "one"}
	s := &spec{Name: name, Values: r.values(0, keys...)}
	if tags, ok := s.Values["tags"]; ok && r.Intn(2) == 0 {
		_ = tags
		s.Values["tags"] = map[string]any{"t": r.Intn(2) == 0}
	}
	if depth > 2 {
		return s
	}
	for _, n := range []string{"s1", "s2"} {
		if r.Intn(3) == 0 {
			continue
		}
		s.Charts = append(s.Charts, r.chart(n, depth+1))
		if r.Intn(4) == 0 {
			continue
		}
		d := dep{Name: n}
		if n == "s1" && r.Intn(3) == 0 {
			d.Alias = "one"
		}
		if r.Intn(3) == 0 {
			d.Condition = []string{n + ".enabled", "one.enabled", "enabled", "global.a", "s1.a"}[r.Intn(5)]
		}
		if r.Intn(3) == 0 {
			d.Tags = []string{"t"}
		}
		if r.Intn(3) == 0 {
			d.Imports = append(d.Imports, "data")
		}
		if r.Intn(3) == 0 {
			d.Imports = append(d.Imports, map[string]any{"child": []string{"a", "data", "global.a"}[r.Intn(3)], "parent": []string{".", "b", "a.b", "global"}[r.Intn(4)]})
		}
		s.Deps = append(s.Deps, d)
	}
	return s
}

func (r chartMaker) next() chartCase {
	return copied(chartCase{Chart: r.chart("c", 0), User: r.values(0, "a", "b", "global", "tags", "enabled", "s1", "s2", "one")})
}

// TestCharts coalesces random charts with subcharts, aliases, conditions, tags,
// imports and globals.
func TestCharts(t *testing.T) {
	r := chartMaker{rand.New(rand.NewSource(1))}
	n := 4000
	if testing.Short() {
		n = 400
	}
	for range n {
		c := r.next()
		for version, helm := range chartHelms {
			p, err := values.ParseProfile(version)
			if err != nil {
				t.Fatal(err)
			}
			want, wantErr := helm(copied(c))
			got, _ := c.ours(t, p)
			if (wantErr != nil) != (got == nil) || wantErr == nil && !reflect.DeepEqual(got, plain(want)) {
				raw, _ := json.Marshal(c)
				g, _ := json.Marshal(got)
				w, _ := json.Marshal(want)
				t.Fatalf("%s: %s\n got %s\nwant %s %v", version, raw, g, w, wantErr)
			}
		}
	}
}

// TestNulls compares with what was recorded of versions of Helm that cannot all
// be linked at once: the fate of nulls, and random charts that the versions
// judge differently.
func TestNulls(t *testing.T) {
	data, err := os.ReadFile("testdata/nulls.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var c struct {
			chartCase
			Name string
			Want []struct {
				Helm   []string
				Values any
			}
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		for _, w := range c.Want {
			for _, version := range w.Helm {
				p, err := values.ParseProfile(version)
				if err != nil {
					t.Fatal(err)
				}
				if got, _ := c.ours(t, p); !reflect.DeepEqual(got, w.Values) {
					t.Errorf("%s, Helm %s:\n got %v\nwant %v", c.Name, version, got, w.Values)
				}
			}
		}
	}
}
