// Package packbuild turns the policies of a pack into what other tools run: a
// bundle for OPA, or a policy folder for conftest. The schema of a pack is CUE,
// and stays with helmvet.
package packbuild

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/policies"
)

// Targets are what a pack can be built for.
var Targets = []string{"opa-bundle", "conftest"}

// ErrNoPolicies says that a pack has no Rego to build from.
var ErrNoPolicies = errors.New("has no rules in Rego, and its schema stays with helmvet; there is nothing to build")

// Files returns the files of the pack for a target, by path.
//
// For opa-bundle, data.helmvet.findings are the findings on an input as rules see
// it (docs/architecture.md, Input), each with its rule and severity. For conftest,
// an input is a values file; errors are deny, warnings and infos are warn.
func Files(p *pack.Pack, target string) (map[string][]byte, error) {
	src, _ := p.Policies()
	ids, err := p.RuleIDs()
	if err != nil {
		return nil, err
	}
	var rules []lint.Rule
	for _, id := range ids {
		r, _, err := p.Rule(id)
		if err != nil {
			return nil, err
		}
		if r.Engine == "rego" {
			rules = append(rules, r)
		}
	}
	if len(rules) == 0 {
		return nil, fmt.Errorf("pack %s: %w", p.Name, ErrNoPolicies)
	}
	out := map[string][]byte{}
	if err := addRego(out, policies.Shared(), "policies/lib"); err != nil {
		return nil, err
	}
	if err := addRego(out, src.FS, path.Join("policies", p.Name)); err != nil {
		return nil, err
	}
	tables, err := regocheck.Data(src)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(map[string]any{"policies": map[string]any{p.Name: map[string]any{"data": tables}}})
	if err != nil {
		return nil, err
	}
	out["data.json"] = append(data, '\n')
	switch target {
	case "opa-bundle":
		out["helmvet/main.rego"] = []byte(entry(rules, whole))
		// Roots keep the bundle apart from other bundles of the same server.
		out[".manifest"] = []byte(fmt.Sprintf("{\"revision\":%q,\"roots\":[\"helmvet\",\"policies/lib\",%q],\"rego_version\":1}\n", p.Name+"@"+p.Version, "policies/"+p.Name))
	case "conftest":
		out["helmvet/main.rego"] = []byte(entry(rules, `document := {"values": input, "expanded": expand(input)}`))
		out["helmvet/conftest.rego"] = []byte(conftest)
	default:
		return nil, fmt.Errorf("--target %q is not one of %s", target, strings.Join(Targets, ", "))
	}
	return out, nil
}

func addRego(out map[string][]byte, fsys fs.FS, dir string) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		out[path.Join(dir, name)] = text
		return err
	})
}

// entry is the package that gathers the findings of all rules.
func entry(rules []lint.Rule, document string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package helmvet\n\n# document is the input as rules see it.\n%s\n%s", document, expand)
	for _, r := range rules {
		name, short, _ := strings.Cut(r.ID, "/")
		about, err := json.Marshal(map[string]any{"rule": r.ID, "severity": r.Severity, "facts": r.Facts})
		if err != nil {
			continue // strings only
		}
		fmt.Fprintf(&b, "\nfindings contains object.union(%s, finding) if {\n\tfound := data.policies[%q][%q].findings with input as document\n\tsome finding in found\n}\n", about, name, short)
	}
	return b.String()
}

// whole is the input of a bundle, which may leave out what follows from the rest.
const whole = `document := input if input.expanded

document := object.union(input, {"expanded": expand(input.values)}) if {
	not input.expanded
	input.values
}

document := input if {
	not input.expanded
	not input.values
}`

// expand is helmvet's own expanding of strings that hold YAML, in Rego.
const expand = `
# expand replaces strings of several lines that hold a mapping or a list in YAML by what they hold.
expand(values) := json.patch(values, [{"op": "replace", "path": path, "value": content} |
	some path, text
	walk(values, [path, text])
	is_string(text)
	contains(text, "\n")
	yaml.is_valid(text)
	content := yaml.unmarshal(text)
	type_name(content) in {"object", "array"}
])
`

const conftest = `package main

deny contains object.union(finding, {"msg": finding.message}) if {
	some finding in data.helmvet.findings
	finding.severity == "error"
}

warn contains object.union(finding, {"msg": finding.message}) if {
	some finding in data.helmvet.findings
	finding.severity in {"warning", "info"}
}
`

// Bundle packs files into a bundle, the same bytes for the same files.
func Bundle(files map[string][]byte) ([]byte, error) {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	tw := tar.NewWriter(zw)
	for _, name := range names {
		if err := tw.WriteHeader(&tar.Header{Name: "/" + name, Mode: 0o644, Size: int64(len(files[name])), Typeflag: tar.TypeReg}); err != nil {
			return nil, err
		}
		if _, err := tw.Write(files[name]); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(tw.Close(), zw.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
