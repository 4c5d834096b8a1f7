//go:build integration

package packbuild_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/packbuild"
	"github.com/helmvet/helmvet/internal/values"
	"sigs.k8s.io/yaml"
)

const (
	opaModule      = "github.com/open-policy-agent/opa@v1.22.0"
	conftestModule = "github.com/open-policy-agent/conftest@v0.71.1"
)

// tools returns the folder with opa and conftest: HELMVET_TOOLS, or one where
// they are installed for this run.
func tools(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("HELMVET_TOOLS"); dir != "" {
		return dir
	}
	dir := t.TempDir()
	for _, m := range []string{opaModule, conftestModule} {
		cmd := exec.Command("go", "install", m)
		cmd.Env = append(os.Environ(), "GOBIN="+dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", m, err, out)
		}
	}
	return dir
}

const ruleOne = `# METADATA
# title: Pin
# description: Why it is wanted.
# custom: {severity: error, facts: []}
package policies["acme-shop"].pin

import data.policies["acme-shop"].data.names

findings contains {"path": ["image", "tag"], "message": sprintf("tag %q moves", [input.values.image.tag])} if {
	input.values.image.tag in names.moving
}

findings contains {"path": ["replicas"], "severity": "warning", "message": "one pod is no pod"} if input.values.replicas == 1
`

// TestIntegrationTargets gives the same values to helmvet, to an OPA bundle and to
// conftest, changes one rule, and wants the same findings each time.
func TestIntegrationTargets(t *testing.T) {
	bin := tools(t)
	dir := filepath.Join(t.TempDir(), "acme-shop")
	write := func(name, text string) {
		t.Helper()
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("pack.cue", "pack: {name: \"acme-shop\", charts: [\"shop\"]}\n")
	write("data/names.yaml", "moving: [latest, main]\n")
	write("pin/rule.rego", ruleOne)
	tests := []struct{ name, rule string }{
		{"as it is", ruleOne},
		{"one rule changed", strings.ReplaceAll(ruleOne, "replicas == 1", "replicas < 3")},
	}
	seen := map[string]bool{}
	for _, tt := range tests {
		write("pin/rule.rego", tt.rule)
		for _, text := range []string{"image: {tag: latest}\nreplicas: 1\n", "image: {tag: \"1.2\"}\nreplicas: 2\n", "{}\n"} {
			ours := lintText(t, dir, text)
			if got := askOPA(t, bin, dir, text); !slices.Equal(got, ours) {
				t.Errorf("%s: %q\nhelmvet  %q\nopa      %q", tt.name, text, ours, got)
			}
			if got := askConftest(t, bin, dir, text); !slices.Equal(got, ours) {
				t.Errorf("%s: %q\nhelmvet  %q\nconftest %q", tt.name, text, ours, got)
			}
			seen[strings.Join(ours, "|")] = true
		}
	}
	if len(seen) < 3 {
		t.Errorf("the inputs tell nothing apart: %v", seen)
	}
}

// TestIntegrationBuiltin does the same with the largest built-in pack.
func TestIntegrationBuiltin(t *testing.T) {
	bin := tools(t)
	text, err := os.ReadFile("../../examples/tenant-values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := pack.Builtins()[0]
	ours := lintWith(t, p, string(text))
	if got := evalOPA(t, bin, p, string(text)); len(ours) == 0 || !slices.Equal(got, ours) {
		t.Errorf("helmvet\n%s\nopa\n%s", strings.Join(ours, "\n"), strings.Join(got, "\n"))
	}
}

func load(t *testing.T, dir string) *pack.Pack {
	t.Helper()
	p, err := pack.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func lintText(t *testing.T, dir, text string) []string { return lintWith(t, load(t, dir), text) }

// lintWith returns the findings of the pack's Rego as "severity message".
func lintWith(t *testing.T, p *pack.Pack, text string) []string {
	t.Helper()
	l := linter.New([]*pack.Pack{p}, func(string) ([]byte, error) { return []byte(text), nil })
	rel := linter.Release{Packs: []string{p.Name}, Values: values.Options{ValueFiles: []string{"values.yaml"}}, Single: true}
	out, err := l.Lint(t.Context(), linter.Run{Releases: []linter.Release{rel}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range out.Report.Findings {
		if r, ok, _ := p.Rule(f.Rule); ok && r.Engine == "rego" {
			got = append(got, f.Severity.String()+" "+f.Message)
		}
	}
	return sorted(got)
}

func sorted(s []string) []string {
	slices.Sort(s)
	return slices.Compact(s)
}

func askOPA(t *testing.T, bin, dir, text string) []string { return evalOPA(t, bin, load(t, dir), text) }

func evalOPA(t *testing.T, bin string, p *pack.Pack, text string) []string {
	t.Helper()
	files, err := packbuild.Files(p, "opa-bundle")
	if err != nil {
		t.Fatal(err)
	}
	tmp := t.TempDir()
	bundle, err := packbuild.Bundle(files)
	if err != nil {
		t.Fatal(err)
	}
	var vals any
	if err := yaml.Unmarshal([]byte(text), &vals); err != nil {
		t.Fatal(err)
	}
	input, err := json.Marshal(map[string]any{"values": vals, "whole": false, "final": false})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"bundle.tar.gz": bundle, "input.json": input} {
		if err := os.WriteFile(filepath.Join(tmp, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "opa"), "eval", "-b", "bundle.tar.gz", "-i", "input.json", "-f", "raw", "data.helmvet.findings")
	var res []struct{ Severity, Message string }
	run(t, cmd, tmp, &res)
	var got []string
	for _, f := range res {
		got = append(got, f.Severity+" "+f.Message)
	}
	return sorted(got)
}

func askConftest(t *testing.T, bin, dir, text string) []string {
	t.Helper()
	files, err := packbuild.Files(load(t, dir), "conftest")
	if err != nil {
		t.Fatal(err)
	}
	tmp := t.TempDir()
	files["values.yaml"] = []byte(text)
	for name, data := range files {
		full := filepath.Join(tmp, filepath.FromSlash(name))
		if name != "values.yaml" {
			full = filepath.Join(tmp, "policy", filepath.FromSlash(name))
		}
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "conftest"), "test", "--no-fail", "-o", "json", "-p", "policy", "-d", "policy/data.json", "values.yaml")
	var res []struct{ Failures, Warnings []struct{ Msg, Metadata any } }
	run(t, cmd, tmp, &res)
	var got []string
	for _, r := range res {
		for _, f := range r.Failures {
			got = append(got, "error "+f.Msg.(string))
		}
		for _, f := range r.Warnings {
			got = append(got, "warning "+f.Msg.(string))
		}
	}
	return sorted(got)
}

func run(t *testing.T, cmd *exec.Cmd, dir string, into any) {
	t.Helper()
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
}
