package regocheck

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/lint"
)

func TestDescribe(t *testing.T) {
	t.Parallel()
	fs := rules("acme", map[string]string{
		"b-rule": `findings contains {"path": [], "message": "m"}`,
		"a-rule": `findings contains {"path": [], "message": "m"}`,
	})
	fs["a-rule/rule.rego"] = &fstest.MapFile{Data: []byte("# METADATA\n# title: Short\n# custom:\n#   severity: info\npackage policies.acme[\"a-rule\"]\n")}
	fs["lib/x.rego"] = &fstest.MapFile{Data: []byte("package policies.acme.lib\n")}
	got, err := Describe(Source{Pack: "acme", FS: fs})
	if err != nil {
		t.Fatal(err)
	}
	want := []lint.Rule{
		{ID: "acme/a-rule", Title: "Short", Severity: "info", Facts: []string{}, Engine: "rego"},
		{ID: "acme/b-rule", Title: "Test rule", Description: "For tests.", Remediation: "Mend it.", Severity: "error",
			Facts: []string{"T-1", "T-2"}, Source: &lint.Source{Document: "The Guide", Section: "One"}, Engine: "rego"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDescribeErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ metadata, want string }{
		{"", "p/acme/probe/rule.rego:1: rule acme/probe has no METADATA; put `# METADATA`"},
		{"# METADATA\n# description: x\n", "p/acme/probe/rule.rego:1: METADATA of rule acme/probe: title is missing"},
		{"# METADATA\n# title: x\n", "custom.severity is missing; write error, warning or info"},
		{"# METADATA\n# title: x\n# custom: {severity: fatal}\n", `custom.severity is "fatal"; write`},
		{"# METADATA\n# title: x\n# custom: {severity: off}\n", `custom.severity is "off"`},
		{"# METADATA\n# title: x\n# custom: {severity: 5}\n", `custom.severity is 5`},
		{"# METADATA\n# title: x\n# custom: {severity: info, remediation: [x]}\n", `custom.remediation is a list; write a sentence`},
		{"# METADATA\n# title: x\n# custom: {severity: info, facts: T-1}\n", `custom.facts is "T-1"; write a list`},
		{"# METADATA\n# title: x\n# custom: {severity: info, facts: [1]}\n", `custom.facts holds 1`},
		{"# METADATA\n# title: x\n# custom: {severity: info, source: {section: x}}\n", `custom.source is a mapping without the right keys`},
		{"# METADATA\n# title: x\n# custom: {severity: info, source: Guide}\n", `custom.source is "Guide"`},
		{"# METADATA\n# title: [\n", "p/acme/probe/rule.rego:"},
	}
	for _, tt := range tests {
		fs := fstest.MapFS{"probe/rule.rego": {Data: []byte(tt.metadata + "package policies.acme.probe\n\nfindings contains {\"path\": [], \"message\": \"m\"}\n")}}
		src := Source{Pack: "acme", Dir: "p/acme", FS: fs}
		if _, err := Describe(src); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q:\n got %v\nwant %s", tt.metadata, err, tt.want)
		}
		p := compile(t, []Source{src}, Options{})
		if _, err := p.Eval(t.Context(), &Input{}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q in Eval:\n got %v\nwant %s", tt.metadata, err, tt.want)
		}
	}
}

func TestNeeds(t *testing.T) {
	t.Parallel()
	for header, want := range map[string][]string{
		"# METADATA\n# custom:\n#   needs: manifests\n":                          {"manifests"},
		"# METADATA\n# custom:\n#   needs: fleet, previous # both\n":             {"fleet", "previous"},
		"# METADATA\n# custom:\n#   needs: [context, commands]\n":                {"context", "commands"},
		"# METADATA\n# custom: {severity: error, needs: fleet}\n":                {"fleet"},
		"# METADATA\n# custom: {needs: [fleet, context], severity: error}\n":     {"fleet", "context"},
		"# METADATA\n# description: what it needs: manifests\n":                  nil,
		"# METADATA\n# custom: {severity: error}\npackage p\n# needs: context\n": nil,
	} {
		f := &file{text: header + "package p\n"}
		got, err := f.needs()
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s%v\n%s", header, err, diff)
		}
	}
	f := &file{name: "rule.rego", text: "# custom: {needs: money}\npackage p\n"}
	if _, err := f.needs(); err == nil || !strings.Contains(err.Error(), `rule.rego: needs is "money"; write one or several of manifests, `) {
		t.Error(err)
	}
}
