package regocheck

import (
	"testing"
	"testing/fstest"

	"github.com/helmvet/helmvet/policies"
	"github.com/open-policy-agent/opa/v1/ast"
)

// changed names the rules that are compiled to something else when stages are
// skipped.
func changed(t *testing.T, s Source, fleet bool, skip []ast.StageID) []string {
	t.Helper()
	files, err := load([]Source{s}, policies.Shared(), Options{Fleet: fleet})
	if err != nil {
		t.Fatal(err)
	}
	data, err := dataNames(s)
	if err != nil {
		t.Fatal(err)
	}
	parse(t.Context(), files, map[string][]string{s.Pack: data}, ast.ParserOptions{Capabilities: capabilities(), RegoVersion: ast.RegoV1})
	modules := map[string]*ast.Module{}
	for _, f := range files {
		if f.err != nil {
			t.Fatal(f.err)
		}
		modules[f.name] = f.module
	}
	compile := func(skip ...ast.StageID) *ast.Compiler {
		c := ast.NewCompiler().WithCapabilities(capabilities()).WithDefaultRegoVersion(ast.RegoV1).WithSkipStages(skip...)
		if c.Compile(modules); c.Failed() {
			t.Fatal(c.Errors)
		}
		return c
	}
	all, some := compile(), compile(skip...)
	var out []string
	for _, f := range files {
		for i, r := range all.Modules[f.name].Rules {
			if other := some.Modules[f.name].Rules[i]; r.Compare(other) != 0 {
				out = append(out, r.Loc().String()+": "+r.Head.Name.String()+"\nin order:   "+r.Body.String()+"\nas written: "+other.Body.String())
			}
		}
	}
	return out
}

// Built-in policies must be compiled to the same whether the stages run or not.
// A rule named here uses `with`, print or a template string, or holds an
// expression before the one that gives its variables a value: move it down.
func TestSkippedStages(t *testing.T) {
	t.Parallel()
	skip := append(onlyChecks[:len(onlyChecks):len(onlyChecks)], idle...)
	for _, pack := range []string{"genesys-tenant", "genesys-tenant-monitor"} {
		for _, fleet := range []bool{false, true} {
			for _, r := range changed(t, Source{Pack: pack, FS: policies.FS(pack)}, fleet, skip) {
				t.Error(r)
			}
		}
	}
	for _, r := range changed(t, generated(2), false, skip) {
		t.Error(r)
	}
}

// The comparison must see what it is there for.
func TestSkippedStagesMatter(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"order":           `findings contains {"path": [], "message": m} if { m = sprintf("%s", [x]); x = input.values.x }`,
		"order in a list": `findings contains {"path": [], "message": m} if { m := concat("", [y | y = x; x = input.values[_]]) }`,
		"with":            "findings contains {\"path\": [], \"message\": m} if { m := on with input.values as {\"x\": input.values.y} }\non := input.values.x",
		"print":           `findings contains {"path": [], "message": "m"} if print("x")`,
		"template":        `findings contains {"path": [], "message": m} if { x := input.values.x; m := $"{x}" }`,
	} {
		fs := fstest.MapFS{"rule/rule.rego": {Data: []byte("package policies.acme.rule\n\n" + text + "\n")}}
		if got := changed(t, Source{Pack: "acme", FS: fs}, false, idle); len(got) == 0 {
			t.Errorf("%s: nothing is changed", name)
		}
	}
}
