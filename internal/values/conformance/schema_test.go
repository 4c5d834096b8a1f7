package conformance

import (
	"math/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/xeipuuv/gojsonschema"
	"sigs.k8s.io/yaml"

	"github.com/helmvet/helmvet/internal/jsonschema"
	"github.com/helmvet/helmvet/internal/values"
	chartutil3 "helm.sh/helm/v3/pkg/chartutil"
	util4 "helm.sh/helm/v4/pkg/chart/common/util"
)

// judges are Helm's own verdicts, by version.
var judges = map[string]func(schema []byte, v map[string]any) error{
	"3.22": func(schema []byte, v map[string]any) error { return chartutil3.ValidateAgainstSingleSchema(v, schema) },
	"4.3":  func(schema []byte, v map[string]any) error { return util4.ValidateAgainstSingleSchema(v, schema) },
	// Helm 3.18.4 cannot be linked beside its successor; this is what it does.
	"3.18.4": func(schema []byte, v map[string]any) error {
		raw, err := yaml.Marshal(v)
		if err != nil {
			return err
		}
		if raw, err = yaml.YAMLToJSON(raw); err != nil {
			return err
		}
		result, err := gojsonschema.Validate(gojsonschema.NewBytesLoader(schema), gojsonschema.NewBytesLoader(raw))
		if err == nil && !result.Valid() {
			err = os.ErrInvalid
		}
		return err
	},
}

const richSchema = `{%s
 "type": "object", "required": ["name"],
 "properties": {
  "name": {"type": "string", "minLength": 1, "maxLength": 6, "pattern": "^[a-z]"},
  "count": {"type": "integer", "minimum": 0, "maximum": 9, "multipleOf": 3},
  "ratio": {"type": "number", "exclusiveMinimum": 0},
  "mode": {"enum": ["a", "b", 1, null, true]},
  "kind": {"const": "x"},
  "list": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true, "items": {"type": ["string", "integer"]}},
  "closed": {"type": "object", "additionalProperties": false, "properties": {"p": {}, "q": {}}, "dependencies": {"p": ["q"]}},
  "open": {"patternProperties": {"^x": {"type": "boolean"}}, "additionalProperties": {"type": "string"}, "minProperties": 1, "propertyNames": {"maxLength": 4}},
  "any": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["p"]}]},
  "one": {"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 5}]},
  "all": {"allOf": [{"type": "string"}, {"maxLength": 3}]},
  "not": {"not": {"type": "string"}},
  "cond": {"if": {"required": ["p"]}, "then": {"required": ["q"]}, "else": {"required": ["r"]}},
  "ref": {"$ref": "#/definitions/port"},
  "host": {"type": "string", "format": "ipv4"}},
 "definitions": {"port": {"type": "integer", "maximum": 65535}}}`

// TestSchemas judges random values by rich schemas, and broken ones, and wants
// Helm's verdict.
func TestSchemas(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(3))
	keys := []string{"name", "count", "ratio", "mode", "kind", "list", "closed", "open", "any", "one", "all", "not", "cond", "ref", "host", "zz"}
	scalars := []any{nil, true, false, 0.0, 1.0, 3.0, 6.0, 0.5, 70000.0, -3.0, "", "a", "abc", "abcdefgh", "x", "X", "1.2.3.4", "5"}
	var value func(depth int) any
	value = func(depth int) any {
		switch n := r.Intn(8); {
		case n == 0 && depth < 3:
			l := []any{}
			for range r.Intn(4) {
				l = append(l, value(depth+1))
			}
			return l
		case n < 3 && depth < 3:
			m := map[string]any{}
			for range r.Intn(3) {
				m[[]string{"p", "q", "r", "xa", "long-key"}[r.Intn(5)]] = value(depth + 1)
			}
			return m
		}
		return scalars[r.Intn(len(scalars))]
	}
	refused := 0
	for _, head := range []string{"", `"$schema": "http://json-schema.org/draft-07/schema#",`, `"$schema": "http://json-schema.org/schema#",`, `"$schema": "http://json-schema.org/draft-06/schema#",`, `"$schema": "https://json-schema.org/draft/2019-09/schema",`, `"$schema": "https://json-schema.org/draft/2020-12/schema",`} {
		text := []byte(replaceHead(head))
		compiled := map[string]*jsonschema.Schema{}
		for version := range judges {
			p, _ := values.ParseProfile(version)
			s, faults := jsonschema.Compile("s.json", text, p)
			if s == nil {
				t.Fatalf("%s %s: %v", head, version, faults)
			}
			compiled[version] = s
		}
		for range 600 {
			v := map[string]any{"name": "abc"}
			for range 1 + r.Intn(2) {
				v[keys[r.Intn(len(keys))]] = value(0)
			}
			if r.Intn(12) == 0 {
				delete(v, "name")
			}
			node := layerOf(t, values.File, "v.yaml", v).Root
			for version, judge := range judges {
				want := judge(text, plain(v).(map[string]any))
				got := compiled[version].Check(node)
				if (want != nil) != (len(got) > 0) {
					t.Fatalf("%s, Helm %s: %v\nHelm says %v\nwe say %v", head, version, v, want, got)
				}
				if want != nil {
					refused++
				}
			}
		}
	}
	if refused < 2000 {
		t.Errorf("only %d were refused", refused)
	}
	for _, text := range []string{"", "{", "[]", `{"type": "strin"}`, `{"properties": 5}`, `{"pattern": "("}`, `{} x`, `{"$ref": "#/none"}`, `{"$ref": "other.json"}`, `{"properties": {"a": {"pattern": "(?=x)"}}}`, `true`, `{"minimum": "1"}`} {
		for version, judge := range judges {
			p, _ := values.ParseProfile(version)
			want := judge([]byte(text), map[string]any{"a": "b"})
			s, faults := jsonschema.Compile("s.json", []byte(text), p)
			refuses := s == nil || len(s.Check(layerOf(t, values.File, "v.yaml", map[string]any{"a": "b"}).Root)) > 0
			for _, f := range faults {
				refuses = refuses || f.Refuses
			}
			if refuses != (want != nil) {
				t.Errorf("%q, Helm %s: Helm says %v, we say %v", text, version, want, faults)
			}
		}
	}
}

func replaceHead(head string) string {
	return string([]byte(richSchema[:1])) + head + richSchema[3:]
}

// TestCorpusSchemas does the same with the schemas of the corpus, when it is
// there, and values that break them.
func TestCorpusSchemas(t *testing.T) {
	corpus := os.Getenv("HELMVET_CORPUS")
	files, _ := filepath.Glob(filepath.Join(corpus, "*/templates/cluster/*/values.schema.json"))
	if corpus == "" || len(files) == 0 {
		t.Skip("no corpus")
	}
	r := rand.New(rand.NewSource(4))
	n, refused := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(filepath.Join(filepath.Dir(file), "values.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		for i := range 60 {
			v := map[string]any{}
			if err := yaml.Unmarshal(raw, &v); err != nil {
				t.Fatal(err)
			}
			for range i % 3 {
				spoil(r, v)
			}
			node := layerOf(t, values.File, "v.yaml", v).Root
			for version, judge := range judges {
				p, _ := values.ParseProfile(version)
				s, faults := jsonschema.Compile(file, text, p)
				if s == nil {
					t.Fatal(file, version, faults)
				}
				want := judge(text, v)
				n++
				if want != nil {
					refused++
				}
				if got := s.Check(node); (want != nil) != (len(got) > 0) {
					t.Errorf("%s, Helm %s: Helm says %v, we say %v", file, version, want, got)
				}
			}
		}
	}
	t.Logf("%d verdicts, %d refusals", n, refused)
}

// spoil changes one value, or one key, somewhere.
func spoil(r *rand.Rand, m map[string]any) {
	for k, v := range m {
		if r.Intn(3) > 0 {
			continue
		}
		if sub, ok := v.(map[string]any); ok && len(sub) > 0 && r.Intn(3) > 0 {
			spoil(r, sub)
			return
		}
		switch r.Intn(4) {
		case 0:
			delete(m, k)
		case 1:
			m[k+"x"] = v
		default:
			m[k] = []any{1.5, "odd", true, map[string]any{"odd": 1.0}, []any{"odd"}}[r.Intn(5)]
		}
		return
	}
}
