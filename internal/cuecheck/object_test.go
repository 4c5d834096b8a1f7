package cuecheck_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/cuecheck"
)

const objectSchema = `
#Object: {
	apiVersion!: "acme.io/v1"
	kind!:       string
	metadata!: {name!: string, ...}
}
#Manifests: {
	// A chain.
	Chain: {
		#Object
		spec?: {
			templates?: [...{name!: string, version?: string @number()}] @unknown("error", facts="A-2")
			free?: {...}
		}
	} @unknown("warning", facts="A-1")
	Other: {
		kind!: string
		count?: >0 & int @facts("A-3")
		one?: {a: int} | {b: int}
	}
}
`

// TestObjects judges objects by the schema of their kind.
func TestObjects(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{"values.cue": objectSchema})
	if got := s.Objects(); !slices.Equal(got, []string{"Chain", "Other"}) {
		t.Fatalf("objects are %q", got)
	}
	if s.Object("Third").Check(parse(t, "a: 1"), cuecheck.Options{Whole: true}).Findings != nil {
		t.Error("a kind without schema is judged")
	}
	for _, c := range []struct {
		kind, text string
		want       []string
	}{
		{"Chain", "apiVersion: acme.io/v1\nkind: Chain\nmetadata: {name: a, labels: {x: y}}\nspec: {free: {b: 1}, templates: [{name: a}]}", nil},
		{"Chain", "kind: Chain\nmetadata: {}", []string{
			`1:1 error: apiVersion is missing; want "acme.io/v1" [missing-key]`,
			`2:1 error: metadata.name is missing; want a string [missing-key]`,
		}},
		{"Chain", "apiVersion: acme.io/v2\nkind: Chain\nmetadata: {name: a}\nsepc: {}\nspec:\n  templates:\n  - nmae: a\n    version: 1.10", []string{
			`1:13 error: apiVersion is "acme.io/v2"; want "acme.io/v1" (did you mean "acme.io/v1"?) [invalid-value]`,
			`4:1 warning: unknown key "sepc"; documented are spec, apiVersion, kind, metadata; correct it or remove it [unknown-key] A-1`,
			`7:5 error: spec.templates[0].name is missing; want a string [missing-key]`,
			`7:5 error: unknown key "nmae" in spec.templates[0]; did you mean "name"? [unknown-key] A-2`,
			`8:14 error: spec.templates[0].version is the number 1.10, which YAML reads as 1.1; quote it [wrong-type]`,
		}},
		{"Other", "kind: Other\ncount: 0\nfoo: 1\none: {b: x}", []string{
			`2:8 error: count is 0; want a whole number of more than 0 [invalid-value] A-3`,
			`3:1 info: unknown key "foo"; documented are kind, count, one; correct it or remove it [unknown-key]`,
			`4:10 error: one.b is the string "x"; want a whole number [wrong-type]`,
		}},
	} {
		got := lines(s.Object(c.kind).Check(parse(t, c.text), cuecheck.Options{Whole: true}))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s\n%s", c.text, diff)
		}
	}
	rules, err := cuecheck.Rules("acme", pack(map[string]string{"values.cue": objectSchema}))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		if r.ID == "acme/unknown-key" && !slices.Equal(r.Facts, []string{"A-1", "A-2"}) {
			t.Errorf("unknown-key stands for %q", r.Facts)
		}
	}
}

func TestBadObjects(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"#Manifests: string":          "#Manifests is no plain struct",
		"#Manifests: {Chain: string}": "#Manifests.Chain is no struct",
		"#manifests: {Chain: {...}}":  "definition #manifests is not read",
	} {
		_, err := cuecheck.Compile("acme", pack(map[string]string{"values.cue": text}))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}
