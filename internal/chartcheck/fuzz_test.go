package chartcheck_test

import (
	"testing"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// FuzzCheck feeds whatever text as the files of a chart and its values.
func FuzzCheck(f *testing.F) {
	f.Add("a: {b: 1}\nsub: {enabled: true}\n", `{"properties": {"a": {"type": "object"}}}`, "{{ range $k, $v := .Values.a }}{{ $v }}{{ end }}", "a: {c: 2}\nsub: null\n", "a[1]=x,sub.y={}")
	f.Add("global: {a: null}\n", `{"additionalProperties": false}`, `{{ include "x" (dict "v" .Values) }}{{ define "x" }}{{ tpl .v.t $ }}{{ end }}`, "t: '{{ .Values.q }}'\n", "")
	f.Add("# x: 1\ny: 1\n", `{"$ref": "#/a"}`, `{{ with index .Values "a" 0 }}{{ . | quote }}{{ end }}`, "y: 1000000\n", "y=1.5")
	f.Fuzz(func(t *testing.T, defaults, schema, template, user, set string) {
		c, err := chart.FromFiles("c", []chart.File{
			{Path: "Chart.yaml", Name: "c/Chart.yaml", Data: []byte("name: c\nversion: 1.0.0\ndependencies: [{name: sub, version: 1.x.x, condition: sub.enabled, import-values: [{child: a, parent: b}]}]\n")},
			{Path: "values.yaml", Name: "c/values.yaml", Data: []byte(defaults)},
			{Path: "values.schema.json", Name: "c/values.schema.json", Data: []byte(schema)},
			{Path: "templates/a.yaml", Name: "c/templates/a.yaml", Data: []byte(template)},
			{Path: "charts/sub/Chart.yaml", Name: "c/charts/sub/Chart.yaml", Data: []byte("name: sub\nversion: 1.0.0\n")},
			{Path: "charts/sub/values.yaml", Name: "c/charts/sub/values.yaml", Data: []byte(user)},
			{Path: "charts/sub/templates/a.yaml", Name: "c/charts/sub/templates/a.yaml", Data: []byte(template)},
		})
		if err != nil {
			return
		}
		for _, version := range []string{"3.12", "3.18.4", "3.22", "4.3"} {
			p, err := values.ParseProfile(version)
			if err != nil {
				t.Fatal(err)
			}
			loader := values.Loader{Profile: p, Read: func(string) ([]byte, error) { return []byte(user), nil }}
			vals, problems, err := loader.Release(values.Options{ValueFiles: []string{"u.yaml"}, Values: []string{set}})
			if err != nil || len(problems) > 0 {
				return
			}
			for _, author := range []bool{false, true} {
				v := chartcheck.Check(chartcheck.Release{Chart: c, User: vals, Profile: p, Author: author})
				for _, x := range v.Findings {
					if x.Span.File == "" || x.Span.Line < 1 || x.Message == "" {
						t.Errorf("%+v", x)
					}
				}
				v.Explain(lint.Keys("a", "b"))
			}
		}
	})
}
