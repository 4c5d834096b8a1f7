package config_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/helmvet/helmvet/schema"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const whole = `# yaml-language-server: $schema=helmvet-config.schema.json
packs: [./packs/acme]
env: {files: [defaults.env], vars: {A: b}}
rules: {genesys-tenant/direct-secret: "off", core/*: info, core/placeholder: {severity: error, ignorable: false}}
ignore: [{rule: core/*, reason: old, files: ["a/*"], values: [a.*], releases: [t0100], until: "2027-01-31"}]
exclude: ["**/templates/**"]
files: [{glob: "services/**/values.yaml", pack: genesys-tenant}]
releases:
  - name: t0100
    namespace: voice
    location: westus2
    chart: {name: tenant, version: 100.0.1000067, path: charts/tenant.tgz}
    values: [common.yaml, t0100/westus2.yaml]
    set: {images.tenant.tag: 100.0.1000076, n: 1, l: [a]}
    command: helm upgrade
    packs: [core]
    context: {genesys-suite: {platform: gke}}
  - {pattern: "services/{service}/{chart}/{release}/override_values*.yaml", platform: gke, namespace: "{service}", location: x}
  - {pattern: "a/{release}.yaml", platform: [gke, lab], packs: [core], context: {p: {}}}
  - {helmfile: helmfile.yaml}
  - {argocd: "apps/**/*.yaml", context: {p: {a: 1}}}
  - {flux: "clusters/**/*.yaml"}
  - {k0rdent: "*.yaml"}
manifests: {files: ["k8s/**/*.yaml"], complete: false}
context: {genesys-suite: {platform: gke, environment: production}}
locations: {westus2: {context: {genesys-suite: {a: [1]}}}}
`

// TestSameVerdict holds the check of the configuration against its JSON Schema,
// which editors judge by: both take and refuse the same.
func TestSameVerdict(t *testing.T) {
	t.Parallel()
	editor := compile(t)
	for text, good := range map[string]bool{
		whole:                          true,
		"{}":                           true,
		"releases: []":                 true,
		"releases:":                    true,
		"exclude:\nenv:\nrules:":       true,
		"manifests: [a.yaml]":          true,
		"manifests: []":                true,
		"releases: {helmfile: h.yaml}": true,
		"releases: {pattern: 'a/{release}/values.yaml'}": true,
		"releases: [{name: a, namespace: }]":             true,
		"releases: [{name: a, set: }]":                   true,
		"env: {vars: {}}":                                true,
		"rules: {core/duplicate-key: warning}":           true,

		"relases: []":                                      false,
		"releases: x":                                      false,
		"releases: 3":                                      false,
		"releases: [3]":                                    false,
		"releases: [[]]":                                   false,
		"releases: {}":                                     false,
		"releases: [{}]":                                   false,
		"releases: {name: a}":                              false,
		"releases: [{name: ''}]":                           false,
		"releases: [{name: 3}]":                            false,
		"releases: [{nmae: a}]":                            false,
		"releases: [{namespace: a}]":                       false,
		"releases: [{name: a, pattern: b}]":                false,
		"releases: [{argocd: a, flux: b}]":                 false,
		"releases: [{name: a, vaules: []}]":                false,
		"releases: [{name: a, values: x}]":                 false,
		"releases: [{name: a, values: [3]}]":               false,
		"releases: [{name: a, values: ['']}]":              false,
		"releases: [{name: a, set: [x]}]":                  false,
		"releases: [{name: a, chart: {verson: x}}]":        false,
		"releases: [{name: a, chart: tenant}]":             false,
		"releases: [{name: a, platform: gke}]":             false,
		"releases: [{name: a, context: {p: x}}]":           false,
		"releases: [{pattern: a, platfrom: gke}]":          false,
		"releases: [{pattern: a, platform: 3}]":            false,
		"releases: [{pattern: a, platform: [3]}]":          false,
		"releases: [{pattern: a, platform: ''}]":           false,
		"releases: [{argocd: a, platform: gke}]":           false,
		"releases: [{helmfile: [a]}]":                      false,
		"releases: {flux: ''}":                             false,
		"packs: x":                                         false,
		"packs: [3]":                                       false,
		"env: [a.env]":                                     false,
		"env: {vars: {A: 1}}":                              false,
		"env: {file: [a]}":                                 false,
		"rules: {core/duplicate-key: fatal}":               false,
		"rules: {core/duplicate-key: off}":                 false, // a boolean to YAML
		"rules: {Core: error}":                             false,
		"rules: []":                                        false,
		"files: [{glob: x}]":                               false,
		"files: [{glob: x, pack: ''}]":                     false,
		"files: {glob: x, pack: y}":                        false,
		"manifests: x":                                     false,
		"manifests: {complete: true}":                      false,
		"manifests: {files: x}":                            false,
		"manifests: {files: [x], complete: maybe}":         false,
		"context: {p: x}":                                  false,
		"context: [p]":                                     false,
		"locations: {w: {contxt: {}}}":                     false,
		"locations: {w: x}":                                false,
		"exclude: x":                                       false,
		"ignore: [{rule: core/*}]":                         false,
		"ignore: [{reason: x}]":                            false,
		"ignore: [{rule: x, reason: x}]":                   false,
		"ignore: [{rule: core/x, reason: x, until: soon}]": false,
		"rules: {core/x: {ignorable: maybe}}":              false,
		"exclude: ['']":                                    false,
	} {
		_, err := config.Parse(".helmvet.yaml", []byte(text))
		ours := err == nil
		doc := values.Parse("", []byte(text), values.DefaultLimits).Values()
		verdict := editor.Validate(doc.Any())
		if ours != good || (verdict == nil) != good {
			t.Errorf("%s\nhelmvet: %v\nJSON Schema: %v\nshould be good: %v", text, err, verdict, good)
		}
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.ConfigJSON))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("config.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("config.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMistakesInReleases(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"releases: {helmfil: h.yaml}":                 `:1:12: unknown key "helmfil" in releases; did you mean "helmfile"?`,
		"releases: [{nmae: a}]":                       `:1:13: unknown key "nmae" in releases[0]; did you mean "name"?`,
		"releases: [{pattern: x, platfrom: gke}]":     `:1:25: unknown key "platfrom" in releases[0]; did you mean "platform"?`,
		"releases: [{name: a, pattern: b}]":           ":1:22: releases[0] has both name and pattern; write an entry for each",
		"releases: [{namespace: a}]":                  ":1:12: releases[0] names no release; give it one of name, pattern, helmfile, argocd, flux, k0rdent",
		"releases: {name: x}":                         ":1:12: releases is a mapping, but releases with a name are a list; write `- name: ...`",
		"releases: [{pattern: x}, {argocd: x, a: 1}]": `unknown key "a" in releases[1]; documented are argocd, packs, context`,
	} {
		_, err := config.Parse(".helmvet.yaml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	c, err := config.Parse(".helmvet.yaml", []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	if p := c.Releases[1]; len(p.Platform) != 1 || p.Pattern == "" || c.ReleasePath(1).String() != "releases[1]" || c.Sets[0] == nil {
		t.Errorf("%+v", p)
	}
	c, err = config.Parse(".helmvet.yaml", []byte("releases: {flux: '*.yaml'}"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Releases[0].Flux != "*.yaml" || c.ReleasePath(0).String() != "releases" {
		t.Errorf("%+v", c.Releases)
	}
}
