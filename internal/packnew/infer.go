package packnew

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"go.yaml.in/yaml/v3"
)

// infer writes the fields of #Values: the keys of values.yaml with the type of
// their defaults, and what values.schema.json says beyond that.
func infer(c *chart.Chart) (string, error) {
	root, err := defaults(c)
	if err != nil {
		return "", err
	}
	var schema map[string]any
	if c.Schema != nil {
		if err := json.Unmarshal(c.Schema.Data, &schema); err != nil {
			return "", fmt.Errorf("%s: %w; mend it, for Helm refuses it, too", c.Schema.Name, err)
		}
	}
	if root == nil && schema == nil {
		return "", fmt.Errorf("%s: the chart has neither values.yaml nor values.schema.json to read a schema off; leave out --from-chart", c.Location)
	}
	w := writer{root: schema, open: map[string]bool{"global": true}}
	for _, d := range c.Metadata.Dependencies {
		w.open[d.Key()] = true
	}
	for _, sub := range c.Charts {
		w.open[sub.Metadata.Name] = true
	}
	w.fields(root, schema, 0)
	return w.b.String(), nil
}

func defaults(c *chart.Chart) (*yaml.Node, error) {
	if c.Values == nil {
		return nil, nil
	}
	var d yaml.Node
	if err := yaml.Unmarshal(c.Values.Data, &d); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Values.Name, err)
	}
	if len(d.Content) == 0 || d.Content[0].Kind != yaml.MappingNode {
		return nil, nil
	}
	return d.Content[0], nil
}

type writer struct {
	b    strings.Builder
	root map[string]any  // the JSON Schema, for its references
	open map[string]bool // keys at the top that other charts know
}

// free are mappings whose defaults show only examples of their keys: the
// names are Kubernetes' or the user's.
var free = lazyregexp.New(`(?i)(labels|annotations|selector|affinity|tolerations?|securitycontext|resources|limits|requests|env|envvars|config|data|probe|spread\w*|strategy|hosts|matchlabels|args|extra\w*)$`)

// fields writes the keys of a mapping: n is its default and s its schema; one
// of them may be nil.
func (w *writer) fields(n *yaml.Node, s map[string]any, depth int) {
	props, _ := w.resolve(s)["properties"].(map[string]any)
	required, _ := w.resolve(s)["required"].([]any)
	seen := map[string]bool{}
	write := func(key string, node *yaml.Node, doc string) {
		if seen[key] {
			return
		}
		seen[key] = true
		sub, _ := props[key].(map[string]any)
		sub = w.resolve(sub)
		if doc == "" {
			doc, _ = sub["description"].(string)
		}
		for line := range strings.Lines(strings.TrimSpace(doc)) {
			w.b.WriteString("// " + strings.TrimSpace(line) + "\n")
		}
		mark := "?"
		if slices.Contains(required, any(key)) {
			mark = "!"
		}
		fmt.Fprintf(&w.b, "%s%s: ", label(key), mark)
		w.value(key, node, sub, depth)
		if (key == "tag" || strings.HasSuffix(key, "Tag") || key == "version") && !strings.HasSuffix(w.b.String(), "}") {
			w.b.WriteString(" @number()")
		}
		w.b.WriteByte('\n')
	}
	if n != nil && n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			write(n.Content[i].Value, n.Content[i+1], comment(n.Content[i].HeadComment))
		}
	}
	for _, key := range sortedKeys(props) {
		write(key, nil, "")
	}
}

func (w *writer) value(key string, n *yaml.Node, s map[string]any, depth int) {
	if depth == 0 && w.open[key] {
		w.b.WriteString("{...}")
		return
	}
	if n != nil && n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if text := w.fromSchema(s); text != "" && !w.isObject(s) {
		w.b.WriteString(text)
		return
	}
	if n == nil && s == nil {
		w.b.WriteString("_")
		return
	}
	props, _ := s["properties"].(map[string]any)
	if w.isObject(s) || n != nil && n.Kind == yaml.MappingNode {
		empty := (n == nil || len(n.Content) == 0) && len(props) == 0
		if empty || free.MatchString(key) && len(props) == 0 || depth > 30 {
			w.b.WriteString("{...}")
			return
		}
		w.b.WriteString("{\n")
		w.fields(n, s, depth+1)
		if extra, ok := s["additionalProperties"]; ok && extra != false {
			w.b.WriteString("...\n")
		}
		w.b.WriteString("}")
		return
	}
	if n.Kind == yaml.SequenceNode {
		w.b.WriteString(listOf(n))
		return
	}
	switch n.Tag {
	case "!!bool":
		w.b.WriteString("bool")
	case "!!int":
		w.b.WriteString("int")
	case "!!float":
		w.b.WriteString("number")
	case "!!str":
		w.b.WriteString("string")
	default:
		w.b.WriteString("_") // null tells no type
	}
}

// listOf is a list whose items have the type of the default's, where that shows
// one.
func listOf(n *yaml.Node) string {
	tags := map[string]bool{}
	for _, item := range n.Content {
		tags[item.Tag] = true
	}
	if len(tags) == 1 {
		for tag, typ := range map[string]string{"!!str": "string", "!!int": "int", "!!bool": "bool", "!!map": "{...}"} {
			if tags[tag] {
				return "[..." + typ + "]"
			}
		}
	}
	return "[...]"
}

// fromSchema is the CUE of a JSON Schema of a value that is no mapping; "" when
// it says too little.
func (w *writer) fromSchema(s map[string]any) string {
	if s == nil {
		return ""
	}
	if enum, ok := s["enum"].([]any); ok && len(enum) > 0 {
		var words []string
		for _, v := range enum {
			raw, err := json.Marshal(v)
			if err != nil {
				return ""
			}
			words = append(words, string(raw))
		}
		return strings.Join(words, " | ")
	}
	var types []string
	switch t := s["type"].(type) {
	case string:
		types = []string{t}
	case []any:
		for _, x := range t {
			types = append(types, fmt.Sprint(x))
		}
	}
	var alts []string
	for _, t := range types {
		switch t {
		case "string":
			text := "string"
			if p, ok := s["pattern"].(string); ok {
				if _, err := regexp.Compile(p); err == nil {
					text = "=~" + strconv.Quote(p)
				}
			} else if least, ok := s["minLength"].(float64); ok && least > 0 {
				text = `string & !=""`
			}
			alts = append(alts, text)
		case "integer", "number":
			text := map[string]string{"integer": "int", "number": "number"}[t]
			for _, bound := range [][2]string{{"minimum", ">="}, {"maximum", "<="}, {"exclusiveMinimum", ">"}, {"exclusiveMaximum", "<"}} {
				if v, ok := s[bound[0]].(float64); ok {
					text += " & " + bound[1] + number(v)
				}
			}
			alts = append(alts, text)
		case "boolean":
			alts = append(alts, "bool")
		case "null":
			alts = append(alts, "null")
		case "array":
			items, _ := s["items"].(map[string]any)
			inner := w.fromSchema(w.resolve(items))
			if w.isObject(w.resolve(items)) {
				inner = "{...}"
			}
			if strings.Contains(inner, " ") {
				inner = "(" + inner + ")"
			}
			alts = append(alts, "[..."+inner+"]")
		case "object":
			alts = append(alts, "{...}")
		}
	}
	return strings.Join(alts, " | ")
}

func number(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// isObject reports whether the schema wants a mapping and nothing else.
func (w *writer) isObject(s map[string]any) bool {
	_, props := s["properties"]
	return s["type"] == "object" || s["type"] == nil && props
}

// resolve follows references inside the schema.
func (w *writer) resolve(s map[string]any) map[string]any {
	for range 20 {
		ref, ok := s["$ref"].(string)
		if !ok {
			return s
		}
		rest, ok := strings.CutPrefix(ref, "#/")
		if !ok {
			return nil // another file; the author knows
		}
		var at any = w.root
		for step := range strings.SplitSeq(rest, "/") {
			m, _ := at.(map[string]any)
			at = m[strings.NewReplacer("~1", "/", "~0", "~").Replace(step)]
		}
		s, _ = at.(map[string]any)
	}
	return nil
}

var plainLabel = lazyregexp.New(`^[a-zA-Z][a-zA-Z0-9_]*$`)

func label(key string) string {
	if plainLabel.MatchString(key) {
		return key
	}
	return strconv.Quote(key)
}

// comment is the text of a comment above a key: the last paragraph of it, without
// the marks of helm-docs.
func comment(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "#"))
		switch {
		case line == "":
			lines = nil
		case strings.HasPrefix(line, "@"):
		default:
			lines = append(lines, strings.TrimSpace(strings.TrimPrefix(line, "-- ")))
		}
	}
	if len(lines) > 4 {
		lines = lines[:4]
	}
	return strings.Join(lines, "\n")
}

// typeExample is a default of the chart that is a number or a switch, and the
// same in quotes.
func typeExample(c *chart.Chart) (good, bad string, ok bool) {
	root, err := defaults(c)
	if err != nil || root == nil {
		return "", "", false
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, v := root.Content[i].Value, root.Content[i+1]
		if plainLabel.MatchString(key) && (v.Tag == "!!int" || v.Tag == "!!bool") {
			return key + ": " + v.Value + "\n", key + ": \"" + v.Value + "\"", true
		}
		if v.Kind == yaml.MappingNode && plainLabel.MatchString(key) && !free.MatchString(key) {
			for j := 0; j+1 < len(v.Content); j += 2 {
				in, w := v.Content[j].Value, v.Content[j+1]
				if plainLabel.MatchString(in) && (w.Tag == "!!int" || w.Tag == "!!bool") {
					return key + ":\n  " + in + ": " + w.Value + "\n", key + ":\n  " + in + ": \"" + w.Value + "\"", true
				}
			}
		}
	}
	return "", "", false
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
