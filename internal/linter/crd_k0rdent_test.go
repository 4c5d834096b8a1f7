package linter_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"
)

// stricter are the places where our schema refuses more than that of the CRD,
// because code of the controller does.
var stricter = regexp.MustCompile(`^spec\.serviceSpec\.services\[0\]\.(name|namespace|templateChain|helmOptions\.timeout|valuesFrom\[0\]\.name)$` +
	`|^spec\.clusterSelector\.matchExpressions\[0\]\.operator$|^spec\.helmOptions\.timeout$|^spec\.config(\.clusterLabels.*)?$|^spec\.serviceSpec\.provider\.config$`)

// laxer are required keys that the webhook or a default fills in.
var laxer = regexp.MustCompile(`\.(chartSpec\.interval|chartSpec\.sourceRef|deploymentType|verify\.provider)$`)

// TestCRDOracle compares our schemas with the openAPIV3Schema of the CRDs, which
// lie beside the repository: on the vendor's own manifests, on an object with
// every field, and on that object with one thing wrong.
func TestCRDOracle(t *testing.T) {
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no corpus")
	}
	i := slices.IndexFunc(pack.Builtins(), func(p *pack.Pack) bool { return p.Name == "k0rdent" })
	ours, err := pack.Builtins()[i].Schema()
	if err != nil {
		t.Fatal(err)
	}
	crds := map[string]map[string]any{}
	oracle := map[string]*jsonschema.Schema{}
	names, err := filepath.Glob(filepath.Join(dir, "k0rdent-kcm/crds/*.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no CRDs: %v", err)
	}
	for _, name := range names {
		kind, schema := readCRD(t, name)
		if ours.Object(kind) == nil {
			continue
		}
		crds[kind] = schema
		c := jsonschema.NewCompiler()
		if err := c.AddResource(kind, closed(schema, "")); err != nil {
			t.Fatal(err)
		}
		if oracle[kind], err = c.Compile(kind); err != nil {
			t.Fatal(err)
		}
	}
	compared, refused := 0, 0
	compare := func(what, kind string, object map[string]any) {
		raw, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		var plain any
		if err := json.Unmarshal(raw, &plain); err != nil {
			t.Fatal(err)
		}
		theirs := oracle[kind].Validate(plain)
		d := values.Parse("object", raw, values.DefaultLimits)
		found := ours.Object(kind).Check(d.Roots[0], cuecheck.Options{Whole: true}).Findings
		compared++
		if theirs != nil {
			refused++
		}
		switch {
		case theirs == nil && slices.ContainsFunc(found, func(f lint.Finding) bool { return !stricter.MatchString(f.Path.String()) }):
			t.Errorf("%s: the CRD of %s takes it, we do not\n%s", what, kind, listing(found))
		case theirs != nil && len(found) == 0:
			t.Errorf("%s: the CRD of %s refuses it, we do not: %v", what, kind, theirs)
		}
	}
	own, err := filepath.Glob(filepath.Join(dir, "k0rdent-kcm/config/dev/*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range own {
		var object map[string]any
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(data, &object); err != nil {
			t.Fatal(err)
		}
		if kind := fmt.Sprint(object["kind"]); oracle[kind] != nil {
			compare(filepath.Base(name), kind, object)
		}
	}
	for kind, schema := range crds {
		full := func() map[string]any {
			o := instance(schema, "").(map[string]any)
			delete(o, "status")
			o["apiVersion"], o["kind"], o["metadata"] = "k0rdent.mirantis.com/v1beta1", kind, map[string]any{"name": "a"}
			return o
		}
		compare("every field", kind, full())
		for n := 0; ; n++ {
			o := full()
			what, ok := mutate(o["spec"], "spec", n)
			if !ok {
				break
			}
			if what != "" {
				compare(what, kind, o)
			}
		}
	}
	t.Logf("%d objects compared, %d of them refused", compared, refused)
}

func readCRD(t *testing.T, name string) (kind string, schema map[string]any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var crd struct {
		Spec struct {
			Names    struct{ Kind string }
			Versions []struct {
				Name   string
				Schema struct{ OpenAPIV3Schema map[string]any }
			}
		}
	}
	if err := yaml.Unmarshal(data, &crd); err != nil {
		t.Fatal(err)
	}
	for _, v := range crd.Spec.Versions {
		if v.Name == "v1beta1" {
			return crd.Spec.Names.Kind, v.Schema.OpenAPIV3Schema
		}
	}
	t.Fatalf("%s has no v1beta1", name)
	return "", nil
}

// closed makes of a structural schema one that refuses what the API server
// would drop, and does not ask for what is filled in.
func closed(s map[string]any, at string) map[string]any {
	out := map[string]any{}
	for k, v := range s {
		if !strings.HasPrefix(k, "x-") && k != "format" {
			out[k] = v
		}
	}
	if required, ok := s["required"].([]any); ok {
		out["required"] = slices.DeleteFunc(slices.Clone(required), func(r any) bool { return laxer.MatchString(fmt.Sprintf("%s.%s", at, r)) })
	}
	if props, ok := s["properties"].(map[string]any); ok {
		inner := map[string]any{}
		for k, v := range props {
			inner[k] = closed(v.(map[string]any), at+"."+k)
		}
		out["properties"] = inner
		if s["additionalProperties"] == nil && s["x-kubernetes-preserve-unknown-fields"] != true {
			out["additionalProperties"] = false
		}
	}
	if items, ok := s["items"].(map[string]any); ok {
		out["items"] = closed(items, at)
	}
	return out
}

var samples = []string{"a", "In", "10m", "60s", "https://example.com", "oci://example.com"}

// instance is a value that has every field of a schema.
func instance(s map[string]any, at string) any {
	switch s["type"] {
	case "object":
		out := map[string]any{}
		if props, ok := s["properties"].(map[string]any); ok {
			for k, v := range props {
				out[k] = instance(v.(map[string]any), at+"."+k)
			}
		} else if s["additionalProperties"] != nil {
			out["k"] = "v"
		}
		return out
	case "array":
		return []any{instance(s["items"].(map[string]any), at)}
	case "integer":
		return 1
	case "boolean":
		return true
	case "string":
		if enum, ok := s["enum"].([]any); ok {
			return enum[0]
		}
		pattern, _ := s["pattern"].(string)
		for _, text := range samples {
			if regexp.MustCompile(pattern).MatchString(text) && (!strings.HasSuffix(at, ".operator") || text == "In") &&
				(!strings.HasSuffix(at, "imeout") || text == "60s") {
				return text
			}
		}
	}
	return map[string]any{}
}

// mutate does the n-th thing wrong below a value and says what; false when there
// are no more.
func mutate(v any, at string, n int) (string, bool) {
	var walk func(v any, at string) string
	next := func() bool { n--; return n == -1 }
	walk = func(v any, at string) string {
		switch v := v.(type) {
		case map[string]any:
			if next() {
				v["unheardOf"] = 1
				return at + " with an unknown key"
			}
			keys := []string{}
			for k := range v {
				keys = append(keys, k)
			}
			slices.Sort(keys)
			for _, k := range keys {
				here := at + "." + k
				if next() {
					delete(v, k)
					return here + " removed"
				}
				for _, wrong := range []any{"###", 7.5, 0, true, []any{"x"}, []any{map[string]any{"x": 1}}, map[string]any{"x": 1}} {
					if next() {
						v[k] = wrong
						return fmt.Sprintf("%s = %v", here, wrong)
					}
				}
				if what := walk(v[k], here); what != "" {
					return what
				}
			}
		case []any:
			for i, it := range v {
				here := fmt.Sprintf("%s[%d]", at, i)
				if next() {
					v[i] = map[string]any{"x": 1}
					return here + " = a mapping"
				}
				if next() {
					v[i] = "###"
					return here + " = a string"
				}
				if what := walk(it, here); what != "" {
					return what
				}
			}
		}
		return ""
	}
	what := walk(v, at)
	return what, what != ""
}
