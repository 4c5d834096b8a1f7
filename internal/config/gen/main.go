// Command gen writes the JSON Schema of .helmvet.yaml from its CUE, for
// editors.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/encoding/jsonschema"
	"github.com/helmvet/helmvet/schema"
)

// output is where the schema lies, seen from internal/config.
const output = "../../schema/json/helmvet-config.schema.json"

func main() {
	text, err := Schema()
	if err == nil {
		err = os.WriteFile(output, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// Schema is the JSON Schema of .helmvet.yaml. CUE writes draft 2020-12, which
// editors know less well than draft-07, and loses what open structs mean.
func Schema() ([]byte, error) {
	src, err := fs.ReadFile(schema.FS("config"), "values.cue")
	if err != nil {
		return nil, err
	}
	ctx := cuecontext.New()
	expr, err := jsonschema.Generate(ctx.CompileBytes(src).LookupPath(cue.ParsePath("#Values")), nil)
	if err != nil {
		return nil, err
	}
	raw, err := ctx.BuildExpr(expr).MarshalJSON()
	if err != nil {
		return nil, err
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	d := draft7{defs: doc["$defs"].(map[string]any)}
	root, ok := d.convert(doc).(map[string]any)
	if !ok {
		return nil, fmt.Errorf("the schema is no object")
	}
	defs := map[string]any{}
	for name, def := range d.defs {
		if name != embedded {
			defs[name] = d.convert(def)
		}
	}
	root["$schema"], root["title"], root["definitions"] = "http://json-schema.org/draft-07/schema#", ".helmvet.yaml", defs
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(root); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// embedded is the definition that others take in and nothing refers to.
const embedded = "Found"

// draft7 rewrites a schema of draft 2020-12.
type draft7 struct {
	defs map[string]any
}

func (d *draft7) convert(x any) any {
	switch x := x.(type) {
	case map[string]any:
		return d.object(x)
	case []any:
		out := make([]any, len(x))
		for i, v := range x {
			out[i] = d.convert(v)
		}
		return out
	}
	return x
}

func (d *draft7) object(x map[string]any) any {
	if c, ok := x["const"].(map[string]any); ok && len(c) == 0 {
		return map[string]any{"type": "object"} // what becomes of {...}
	}
	out := map[string]any{}
	for k, v := range x {
		switch k {
		case "$defs", "$schema":
		case "properties":
			out[k] = d.properties(v.(map[string]any), x["required"])
		case "not":
			if c, ok := v.(map[string]any)["const"]; ok && c == "" {
				out["minLength"] = 1
			} else {
				out[k] = d.convert(v)
			}
		case "description":
			out[k] = strings.ReplaceAll(v.(string), "\n", " ")
		case "$ref":
			out[k] = "#/definitions/" + strings.TrimPrefix(v.(string), "#/$defs/")
		default:
			out[k] = d.convert(v)
		}
	}
	return d.embed(out)
}

// embed gives draft-07, which ignores everything beside a $ref, the same
// meaning: the properties of an embedded struct are copied, other references
// are wrapped.
func (d *draft7) embed(x map[string]any) any {
	ref, ok := x["$ref"].(string)
	if !ok || len(x) == 1 {
		return x
	}
	delete(x, "$ref")
	own, ok := x["properties"].(map[string]any)
	if !ok {
		x["allOf"] = []any{map[string]any{"$ref": ref}}
		return x
	}
	def := d.convert(d.defs[strings.TrimPrefix(ref, "#/definitions/")]).(map[string]any)
	for name, p := range def["properties"].(map[string]any) {
		own[name] = p
	}
	return x
}

// properties lets optional properties be empty, as helmvet does.
func (d *draft7) properties(x map[string]any, required any) map[string]any {
	must := map[any]bool{}
	if list, ok := required.([]any); ok {
		for _, name := range list {
			must[name] = true
		}
	}
	out := map[string]any{}
	for name, p := range x {
		s := d.convert(p)
		if !must[name] {
			s = nullable(s)
		}
		out[name] = s
	}
	return out
}

func nullable(s any) any {
	m, ok := s.(map[string]any)
	if !ok {
		return s
	}
	none := map[string]any{"type": "null"}
	if t, ok := m["type"].(string); ok {
		m["type"] = []any{t, "null"}
		return m
	}
	if forms, ok := m["anyOf"].([]any); ok {
		m["anyOf"] = append(forms, none)
		return m
	}
	wrapped := map[string]any{}
	if text, ok := m["description"]; ok {
		wrapped["description"] = text
		delete(m, "description")
	}
	wrapped["anyOf"] = []any{m, none}
	return wrapped
}
