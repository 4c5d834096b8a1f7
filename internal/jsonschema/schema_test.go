package jsonschema_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/jsonschema"
	"github.com/helmvet/helmvet/internal/values"
)

var profiles = map[string]values.Profile{}

func init() {
	for _, v := range []string{"3.18.4", "3.22", "4.3"} {
		p, err := values.ParseProfile(v)
		if err != nil {
			panic(err)
		}
		profiles[v] = p
	}
}

func check(t *testing.T, version, schema, vals string) []string {
	t.Helper()
	s, faults := jsonschema.Compile("values.schema.json", []byte(schema), profiles[version])
	var out []string
	for _, f := range faults {
		out = append(out, fmt.Sprintf("%d:%d %s", f.Span.Line, f.Span.Column, f.Message))
	}
	if s == nil {
		return out
	}
	for _, v := range s.Check(values.Parse("values.yaml", []byte(vals), values.DefaultLimits).Values()) {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", v.Path, []string{"wants", "unknown", "missing"}[v.Kind], v.Want)))
	}
	return out
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		schema, values string
		now, then      []string
	}{
		"types": {`{"properties": {"a": {"type": "string"}, "b": {"type": ["integer", "null"]}, "l": {"items": {"type": "boolean"}}}}`,
			"a: 1\nb: x\nl: [true, 2]\n", []string{"a wants a string", "b wants a whole number or null", "l[1] wants true or false"}, nil},
		"keys": {`{"properties": {"a": {}}, "required": ["a", "c"], "additionalProperties": false}`,
			"b: 1\nd.e: 2\n", []string{"a missing", "b unknown", "c missing", `d\.e unknown`}, nil},
		"enum":                   {`{"properties": {"a": {"enum": ["x", 1]}, "b": {"const": "y"}}}`, "a: z\nb: z\n", []string{`a wants one of "x", 1`, `b wants "y"`}, nil},
		"numbers":                {`{"properties": {"a": {"minimum": 1, "maximum": 5}, "b": {"maximum": 2.5}, "c": {"multipleOf": 2}}}`, "a: 0\nb: 3\nc: 3\n", []string{"a wants at least 1", "b wants at most 2.5", "c wants a multiple of 2"}, nil},
		"text":                   {`{"properties": {"a": {"pattern": "^x"}, "b": {"minLength": 2}}}`, "a: q\nb: z\n", []string{"a wants text that matches ^x", "b wants at least 2 characters"}, nil},
		"format":                 {`{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"format": "ipv4"}}}`, "a: q\n", []string{"a wants an IPv4 address"}, nil},
		"no format":              {`{"properties": {"a": {"format": "ipv4"}}}`, "a: q\n", nil, []string{"a wants an IPv4 address"}},
		"alternatives by kind":   {`{"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}}`, "a: [1]\n", []string{"a wants a string or a whole number"}, []string{"a wants a string"}},
		"closest alternative":    {`{"properties": {"a": {"oneOf": [{"type": "string"}, {"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}}]}}}`, "a: {x: 1}\n", []string{"a.x wants a string"}, []string{"a.x wants a string"}},
		"two alternatives":       {`{"properties": {"a": {"oneOf": [{"type": "integer"}, {"type": "number"}]}}}`, "a: 1\n", []string{"a wants a value that only one alternative of the schema takes, while the first and the second do"}, []string{"a wants what exactly one alternative of the schema allows"}},
		"reference":              {`{"$defs": {"p": {"type": "string"}}, "properties": {"a": {"$ref": "#/$defs/p"}}}`, "a: 1\n", []string{"a wants a string"}, nil},
		"draft 4":                {`{"$schema": "http://json-schema.org/draft-04/schema#", "properties": {"a": {"minimum": 1, "exclusiveMinimum": true}}}`, "a: 1\n", []string{"a wants more than 1"}, nil},
		"remote":                 {"{\"properties\": {\"a\": {\"$ref\": \"https://example.com/x.json#/definitions/y\"},\n \"b\": {\"type\": \"string\"}}}", "a: 1\nb: 1\n", []string{`1:31 $ref "https://example.com/x.json#/definitions/y" lies on another host, which Helm asks at every install and helmvet never does; what it says is not judged, so copy it into the schema`, "b wants a string"}, nil},
		"named like references":  {`{"properties": {"$ref": {"type": "string"}, "e": {"enum": [{"$ref": "https://example.com"}]}}}`, "{}", nil, nil},
		"the draft as reference": {`{"properties": {"a": {"$ref": "http://json-schema.org/draft-07/schema#"}}}`, "a: {type: string}\n", nil, nil},
		"relative":               {`{"properties": {"a": {"$ref": "common.json"}}}`, "a: 1\n", []string{`1:31 $ref "common.json" is a file beside the schema, which Helm looks for at /common.json of the machine it runs on; copy it into the schema below $defs`}, []string{`1:31 $ref "common.json" is a file beside the schema, which Helm cannot find; copy it into the schema below $defs`}},
		"its own name":           {`{"$id": "https://example.com/me.json", "$defs": {"p": {"type": "string"}}, "properties": {"a": {"$ref": "https://example.com/me.json#/$defs/p"}}}`, "a: 1\n", []string{"a wants a string"}, []string{"a wants a string"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.then == nil && name != "no format" {
				tc.then = tc.now
			}
			for version := range profiles {
				want := tc.now
				if version == "3.18.4" {
					want = tc.then
				}
				if got := check(t, version, tc.schema, tc.values); !slices.Equal(got, want) {
					t.Errorf("%s:\n got %q\nwant %q", version, got, want)
				}
			}
		})
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for schema, want := range map[string]string{
		"":                           "1:1 schema is no JSON, and Helm refuses the chart: the file is empty",
		"{\n  \"a\": 1,\n}":          "3:1 schema is no JSON",
		"{\"a\": {":                  "1:7 schema is no JSON, and Helm refuses the chart: the JSON ends too early",
		"{} {}":                      "schema is no JSON, and Helm refuses the chart: text after the end",
		"{\n \"type\": \"strin\"\n}": "2:10 type of the schema is not what JSON Schema allows",
		"{\n\t\"properties\": {\"a\": {\"pattern\": \"(?!x)\"}}\n}": `2:34 pattern "(?!x)" is no regular expression that Helm can read`,
		`{"$ref": "#/$defs/none"}`:                                  "schema cannot be used, and Helm refuses the chart",
	} {
		got := check(t, "3.22", schema, "{}")
		if len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%s:\n got %q\nwant %q", schema, got, want)
		}
	}
}
