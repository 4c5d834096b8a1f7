package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xeipuuv/gojsonschema"
)

// TestExamplesAgree puts every example of the rules to the published overlay
// schemas. They must take what the schema engine takes, and refuse what it
// reports, but for what JSON Schema cannot say.
func TestExamplesAgree(t *testing.T) {
	t.Parallel()
	catalog, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pack.Builtins() {
		if has, err := p.HasValues(); err != nil || !has {
			continue
		}
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			s, err := p.Schema()
			if err != nil {
				t.Fatal(err)
			}
			takes := compile(t, p)
			clean, refused, silent := 0, 0, 0
			for _, r := range catalog.Rules {
				if !strings.HasPrefix(r.ID, p.Name+"/") {
					continue
				}
				for _, e := range r.Examples {
					if strings.HasPrefix(e.Text, "# scope:") || strings.Contains(e.Text, "# file ") {
						continue
					}
					doc := values.Parse(e.Name, []byte(e.Text), values.DefaultLimits)
					root := doc.Values()
					if root == nil || len(doc.Problems) > 0 {
						continue
					}
					said := s.Check(root, cuecheck.Options{}).Findings
					ok := takes(t, root.Any())
					switch {
					case len(said) == 0 && !ok:
						t.Errorf("%s %s/%s: the engine takes it, the JSON Schema does not\n%s", r.ID, e.Kind, e.Name, e.Text)
					case len(said) == 0:
						clean++
					case !ok:
						refused++
					case expressible(root, said):
						t.Errorf("%s %s/%s: the JSON Schema takes it, but the engine says %v\n%s", r.ID, e.Kind, e.Name, said[0].Message, e.Text)
					default:
						silent++
					}
				}
			}
			t.Logf("%d taken by both, %d refused by both, %d that only the engine can refuse", clean, refused, silent)
			if refused == 0 || clean == 0 {
				t.Error("nothing was compared")
			}
		})
	}
}

// expressible reports whether one of the findings is about what JSON Schema can
// say: not about the YAML in a block string.
func expressible(root *values.Node, fs []lint.Finding) bool {
	for _, f := range fs {
		inBlock := false
		for i := range f.Path {
			if n := root.Lookup(f.Path[:i]); n != nil && n.Kind == values.String {
				inBlock = true
			}
		}
		if n := root.Lookup(f.Path); n != nil && n.Kind == values.String && strings.Contains(n.Str, "\n") {
			inBlock = true
		}
		if !inBlock {
			return true
		}
	}
	return false
}

// compile gives the verdict of two libraries, which have to agree.
func compile(t *testing.T, p *pack.Pack) func(t *testing.T, doc any) bool {
	t.Helper()
	text, err := p.JSONSchema(pack.Overlay, false)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	one, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	two, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(text))
	if err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T, doc any) bool {
		t.Helper()
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		var plain any
		if err := json.Unmarshal(raw, &plain); err != nil {
			t.Fatal(err)
		}
		a := one.Validate(plain) == nil
		r, err := two.Validate(gojsonschema.NewBytesLoader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if a != r.Valid() {
			t.Errorf("santhosh-tekuri takes it: %t, xeipuuv takes it: %t\n%s", a, r.Valid(), raw)
		}
		return a
	}
}
