package packtest

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/linter"
	"sigs.k8s.io/yaml"
)

// chartDefaults is the file of a fragment that holds the values of the chart.
const chartDefaults = "chart/values.yaml"

// plan turns a fragment about an upgrade and its plan into files and what to
// lint. It may tell release, target, plan, the commands of the plan, the
// variables of a script and the values of both sides of an upgrade; otherwise
// it is an object, or values.
func (f Fragment) plan(t fails) (map[string]string, linter.Run) {
	if strings.Contains(f.Text, "# file "+chartDefaults) {
		files, rel := map[string]string{}, linter.Release{Packs: f.Packs}
		of := []chart.File{{Path: "Chart.yaml", Name: "chart/Chart.yaml", Data: []byte("name: chart\nversion: 1.0.0\n")}}
		for _, part := range splitFiles(f.Text) {
			files[part.name] = part.text
			if part.name == chartDefaults {
				of = append(of, chart.File{Path: "values.yaml", Name: part.name, Data: []byte(part.text)})
				continue
			}
			rel.Values.ValueFiles = append(rel.Values.ValueFiles, part.name)
		}
		c, err := chart.FromFiles("chart", of)
		if err != nil {
			t.fatal(err)
		}
		rel.Chart = c
		return files, linter.Run{Releases: []linter.Release{rel}}
	}
	var m map[string]any
	if err := yaml.Unmarshal([]byte(f.Text), &m); err != nil {
		t.fatalf("fragment is not a mapping: %v\n%s", err, f.Text)
	}
	files := map[string]string{}
	rel := linter.Release{Packs: f.Packs, Single: true}
	run := linter.Run{}
	context := map[string]any{}
	told := false
	for key, v := range m {
		switch key {
		case "release":
			r, _ := v.(map[string]any)
			rel.Name, rel.Namespace = text(r["name"]), text(r["namespace"])
			delete(r, "name")
			delete(r, "namespace")
			context["release"] = r
		case "target":
			target, _ := v.(map[string]any)
			rel.ChartName, rel.ChartVersion = f.Chart, text(target["chartVersion"])
		case "plan", "helmVersion", "today":
			context[key] = v
		case "commands":
			var b strings.Builder
			for _, c := range list(v) {
				fmt.Fprintln(&b, c)
			}
			files["plan.sh"] += b.String()
			rel.Commands = []string{"plan.sh"}
		case "env":
			for name, value := range mapping(v) {
				files["plan.sh"] += fmt.Sprintf("export %s=%q\n", name, text(value))
			}
			rel.Commands = []string{"plan.sh"}
		case "old":
			rel.Previous = f.side(t, files, "old", v)
		case "new":
			side := f.side(t, files, "new", v)
			rel.Values, rel.ChartName, rel.ChartVersion = side.Values, side.ChartName, side.ChartVersion
		case "change":
			rel.Change, _ = v.(map[string]any)
			rel.Previous = cmp.Or(rel.Previous, &linter.Release{})
		default:
			continue
		}
		told = true
	}
	rel.Context = f.told(context)
	switch {
	case told:
	case m["kind"] != nil:
		files["object.yaml"] = f.Text
		run.Manifests = []string{"object.yaml"}
	default:
		files["values.yaml"] = f.Text
		rel.Values.ValueFiles = []string{"values.yaml"}
	}
	run.Releases = []linter.Release{rel}
	return files, run
}

// side reads one side of an upgrade: its values and chart version.
func (f Fragment) side(t fails, files map[string]string, name string, v any) *linter.Release {
	side, _ := v.(map[string]any)
	raw, err := yaml.Marshal(side["values"])
	if err != nil {
		t.fatal(err)
	}
	files[name+".yaml"] = string(raw)
	rel := &linter.Release{ChartName: f.Chart, ChartVersion: text(side["chartVersion"])}
	rel.Values.ValueFiles = []string{name + ".yaml"}
	return rel
}
