package linter_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
)

// TestSharedChart judges many releases by one chart at the same time.
func TestSharedChart(t *testing.T) {
	t.Parallel()
	c, err := chart.FromFiles("app", []chart.File{
		{Path: "Chart.yaml", Name: "app/Chart.yaml", Data: []byte("name: app\nversion: 1.0.0\ndependencies: [{name: db, version: 1.x.x}]\n")},
		{Path: "values.yaml", Name: "app/values.yaml", Data: []byte("a: 1\npassword: hunter22\ntext: |\n  k: v\n")},
		{Path: "values.schema.json", Name: "app/values.schema.json", Data: []byte(`{"properties": {"a": {"type": "integer"}, "password": {"type": "string", "maxLength": 3}}}`)},
		{Path: "templates/a.yaml", Name: "app/templates/a.yaml", Data: []byte("{{ .Values.a }}{{ .Values.password }}{{ .Values.text }}")},
		{Path: "charts/db/Chart.yaml", Name: "app/charts/db/Chart.yaml", Data: []byte("name: db\nversion: 1.0.0\n")},
		{Path: "charts/db/values.yaml", Name: "app/charts/db/values.yaml", Data: []byte("port: 1\n")},
		{Path: "charts/db/templates/a.yaml", Name: "app/charts/db/templates/a.yaml", Data: []byte("{{ .Values.port }}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) ([]byte, error) {
		if name == "over.yaml" {
			return []byte("aa: 2\ndb: {prt: 3, port: null}\npassword: sekrit99\n"), nil
		}
		return nil, errors.New("no such file")
	}
	l := linter.New(pack.Builtins(), read)
	l.Jobs = 8
	run := linter.Run{}
	for i := range 24 {
		run.Releases = append(run.Releases, linter.Release{Name: fmt.Sprint("r", i), Chart: c, ChartName: "app", Values: values.Options{ValueFiles: []string{"over.yaml"}}})
	}
	out, err := l.Lint(context.Background(), run)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{} // what all releases share is said once
	for _, f := range out.Report.Findings {
		count[f.Rule]++
		if strings.Contains(f.Message, "sekrit99") || strings.Contains(f.Message, "hunter22") {
			t.Errorf("a secret is shown: %s", f.Message)
		}
		for _, r := range f.Related {
			if strings.Contains(r.Message, "sekrit99") || strings.Contains(r.Message, "hunter22") {
				t.Errorf("a secret is shown: %s", r.Message)
			}
		}
	}
	if count["chart/unknown-key"] != 2 || count["chart/schema"] != 1 || count["chart/null-meaning"] != 1 {
		t.Errorf("%v", count)
	}
	if !strings.Contains(strings.Join(out.Report.Packs, " "), "chart") {
		t.Errorf("packs: %v", out.Report.Packs)
	}
}
