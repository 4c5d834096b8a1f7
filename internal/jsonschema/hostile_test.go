package jsonschema_test

import (
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/jsonschema"
	"github.com/helmvet/helmvet/internal/values"
)

// TestHostile wants an answer, and no crash, to schemas that go in circles or
// are far too much.
func TestHostile(t *testing.T) {
	t.Parallel()
	for _, schema := range []string{
		`{"$ref": "#"}`, `{"$ref": "#a"}`, `{"$ref": "#/%"}`, `{"allOf": [{"$ref": "#none"}]}`,
		`{"allOf": [{"$ref": "#"}]}`,
		`{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}`,
		`{"anyOf": [{"$ref": "#"}, {"type": "string"}]}`,
		`{"properties": {"a": {"$ref": "#"}}}`,
		`{"$dynamicRef": "#x", "$dynamicAnchor": "x"}`,
		`{"$schema": "https://example.com/own", "$id": "https://example.com/own"}`,
		`{"$schema": 5}`, `{"$ref": 5}`, `{"$id": "::"}`, `[]`, `true`, `5`, `null`, `"x"`,
		`{"properties": {"a": ` + strings.Repeat(`{"properties": {"a": `, 3000) + `{}` + strings.Repeat(`}}`, 3000) + `}}`,
		`{"properties": {"a": ` + strings.Repeat(`{"properties": {"a": `, 190) + `{}` + strings.Repeat(`}}`, 190) + `}}`,
		`{"pattern": "` + strings.Repeat("(a|", 500) + strings.Repeat(")", 500) + `"}`,
		`{"properties": {"a": {"type": ["string"` + strings.Repeat(`, "string"`, 100) + `]}}}`,
	} {
		for version, p := range profiles {
			s, faults := jsonschema.Compile("values.schema.json", []byte(schema), p)
			if s == nil {
				if len(faults) == 0 {
					t.Errorf("%s: %.60s: neither a schema nor a reason", version, schema)
				}
				continue
			}
			s.Check(values.Parse("v.yaml", []byte("a: {a: {a: b}}\n"), values.DefaultLimits).Values())
		}
	}
}
