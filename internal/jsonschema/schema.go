// Package jsonschema judges values by a chart's values.schema.json with the
// libraries that Helm judges them with, and says in plain words, at a path,
// what each of them found. It never opens a file or a connection.
package jsonschema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xeipuuv/gojsonschema"
)

// Schema is a compiled values.schema.json.
type Schema struct {
	// Root is the schema as a tree with positions, nil when it is no JSON object.
	Root *values.Node

	doc  *values.Document
	now  *jsonschema.Schema   // of Helm from 3.18.5 on
	then *gojsonschema.Schema // of Helm up to 3.18.4
}

// Fault is what is wrong with a schema itself.
type Fault struct {
	Span    lint.Span
	Message string
	// Refuses: Helm installs the chart with no values at all.
	Refuses bool
	// Remote: the schema needs something that lies elsewhere.
	Remote bool
}

// Violation is one way in which values break a schema.
type Violation struct {
	Path lint.Path
	Kind Kind
	// Want says what the value should be, as "a string"; of an unknown key the
	// keys that are known, of a missing one nothing.
	Want  string
	Known []string
	// Rule is where the schema says so.
	Rule lint.Span
}

// Kind tells violations apart that are worded differently.
type Kind uint8

// The kinds of violations.
const (
	Wrong   Kind = iota // the value is not what it should be
	Unknown             // the key may not be there
	Missing             // the key must be there; the path is its
)

const location = "file:///values.schema.json"

// Compile reads a schema as Helm of the given version does. Without a schema
// that can judge, the faults say why Helm refuses the chart; with one, they name
// what was left out of it.
func Compile(name string, data []byte, p values.Profile) (*Schema, []Fault) {
	s := &Schema{doc: values.Parse(name, data, values.DefaultLimits)}
	if root := s.doc.Values(); root != nil && len(s.doc.Problems) == 0 {
		s.Root = root
	}
	parsed, err := decode(data, p.OldSchemas())
	if err != nil {
		return nil, []Fault{s.syntax(data, err)}
	}
	if tooDeep(parsed, maxDepth) {
		return nil, []Fault{{Span: s.top(), Refuses: true, Message: fmt.Sprintf("schema is nested deeper than %d levels; is the file generated?", maxDepth)}}
	}
	refs := s.references(p)
	var faults []Fault
	for _, r := range refs {
		if f := r.fault(p); f != nil {
			faults = append(faults, *f)
		}
	}
	if p.OldSchemas() {
		if at := s.circle(); at != nil {
			return nil, append(faults, Fault{Span: at.Span, Refuses: true, Message: "schema leads back to itself in a circle, and Helm crashes on it; a reference must go into a property or an item"})
		}
		s.then, err = gojsonschema.NewSchema(offline{gojsonschema.NewBytesLoader(data), refs})
	} else {
		s.now, err = compile(parsed, refs)
	}
	if err != nil {
		if slices.ContainsFunc(faults, func(f Fault) bool { return f.Refuses }) {
			return nil, faults
		}
		return nil, append(faults, s.broken(err))
	}
	return s, faults
}

func compile(parsed any, refs []reference) (s *jsonschema.Schema, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	c := jsonschema.NewCompiler()
	c.UseLoader(loader{refs})
	if err := c.AddResource(location, parsed); err != nil {
		return nil, err
	}
	return c.Compile(location)
}

// maxDepth is far above what schemas need; the libraries take very long over
// deeper ones.
const maxDepth = 400

func tooDeep(v any, left int) bool {
	if left == 0 {
		return true
	}
	switch v := v.(type) {
	case map[string]any:
		for _, w := range v {
			if tooDeep(w, left-1) {
				return true
			}
		}
	case []any:
		for _, w := range v {
			if tooDeep(w, left-1) {
				return true
			}
		}
	}
	return false
}

// decode reads JSON as the libraries do. The older one stops after the first
// value.
func decode(data []byte, first bool) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if first {
		return v, nil
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &json.SyntaxError{Offset: d.InputOffset() + 1}
	}
	return v, nil
}

// syntax places an error of the JSON reader.
func (s *Schema) syntax(data []byte, err error) Fault {
	off, what := int64(len(data)), err.Error()
	var syn *json.SyntaxError
	if errors.As(err, &syn) {
		off = syn.Offset
	}
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		what = "the file is empty; write {} for a schema that allows everything, or delete the file"
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		what = "the JSON ends too early; is a closing brace missing?"
	case what == "":
		what = "text after the end of the JSON; delete it"
	}
	return Fault{Span: s.at(data, int(off)-1), Message: "schema is no JSON, and Helm refuses the chart: " + what, Refuses: true}
}

func (s *Schema) at(data []byte, off int) lint.Span {
	off = max(min(off, len(data)), 0)
	line := 1 + bytes.Count(data[:off], []byte("\n"))
	col := 1 + len([]rune(string(data[bytes.LastIndexByte(data[:off], '\n')+1:off])))
	return lint.Span{File: s.doc.Name, Line: line, Column: col, EndLine: line, EndCol: col + 1}
}

// broken is a schema that is JSON and yet no schema.
func (s *Schema) broken(err error) Fault {
	f := Fault{Span: s.top(), Refuses: true}
	var invalid *jsonschema.SchemaValidationError
	var verr *jsonschema.ValidationError
	var pattern *jsonschema.InvalidRegexError
	regex := func(text string) Fault {
		f.Message = fmt.Sprintf("pattern %q is no regular expression that Helm can read, and Helm refuses the chart; it knows RE2, without look-around and back references", text)
		if n := find(s.Root, text); n != nil {
			f.Span = n.Span
		}
		return f
	}
	switch {
	case errors.As(err, &invalid) && errors.As(invalid.Err, &verr):
		found := flatten(verr, s)
		if len(found) == 0 {
			break
		}
		v := found[0]
		f.Span = s.locate(v.Path)
		if s.Root == nil {
			break
		}
		if n := s.Root.Lookup(v.Path); n != nil && v.Want == format("regex") {
			return regex(n.Str)
		}
		f.Message = fmt.Sprintf("%s of the schema is not what JSON Schema allows, and Helm refuses the chart: want %s", orRoot(v.Path), v.text())
		return f
	case errors.As(err, &pattern):
		return regex(pattern.Regex)
	}
	f.Message = "schema cannot be used, and Helm refuses the chart: " + strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "; ")
	return f
}

func orRoot(p lint.Path) string {
	if len(p) == 0 {
		return "the root"
	}
	return p.String()
}

func (s *Schema) top() lint.Span {
	return lint.Span{File: s.doc.Name, Line: 1, Column: 1, EndLine: 1, EndCol: 2}
}

func (s *Schema) locate(p lint.Path) lint.Span {
	if s.Root == nil {
		return s.top()
	}
	span, _ := s.Root.Locate(p)
	return span
}

// find returns the first string of that text.
func find(n *values.Node, text string) *values.Node {
	var hit *values.Node
	n.Walk(nil, func(_ lint.Path, v *values.Node) bool {
		if hit == nil && v.Kind == values.String && v.Str == text {
			hit = v
		}
		return hit == nil
	})
	return hit
}

// Check judges values, the mapping that the chart's templates receive.
// Violations come in a stable order.
func (s *Schema) Check(n *values.Node) (out []Violation) {
	defer func() {
		if r := recover(); r != nil { // as Helm does
			out = []Violation{{Want: fmt.Sprintf("something that the schema library cannot judge (%v)", r)}}
		}
	}()
	if s.then != nil {
		out = s.checkOld(n)
	} else {
		out = s.checkNew(n)
	}
	for i := range out {
		out[i].Path = indexed(n, out[i].Path)
	}
	slices.SortStableFunc(out, func(a, b Violation) int {
		if c := strings.Compare(a.Path.String(), b.Path.String()); c != 0 {
			return c
		}
		return strings.Compare(a.text(), b.text())
	})
	return slices.CompactFunc(out, func(a, b Violation) bool {
		return a.Path.Equal(b.Path) && a.Kind == b.Kind && a.Want == b.Want
	})
}

func (v Violation) text() string {
	if v.Kind == Unknown {
		return "no such key"
	}
	if v.Kind == Missing {
		return "the key"
	}
	return v.Want
}

// indexed turns the steps into lists from keys into indexes.
func indexed(n *values.Node, p lint.Path) lint.Path {
	out := make(lint.Path, 0, len(p))
	for _, s := range p {
		if n != nil && n.Kind == values.List && !s.IsIndex {
			i := 0
			if _, err := fmt.Sscanf(s.Key, "%d", &i); err == nil {
				s = lint.Step{Index: i, IsIndex: true}
			}
		}
		out = append(out, s)
		n = n.Lookup(lint.Path{s})
	}
	return out
}

// reference is a `$ref` or a `$schema` that leads out of the schema.
type reference struct {
	key  string // "$ref", "$dynamicRef" or "$schema"
	text string
	url  *url.URL // where Helm looks, without the fragment
	frag string
	span lint.Span
}

// references finds what leads out of the schema. Names of properties and values
// that happen to look like references are left out.
func (s *Schema) references(p values.Profile) []reference {
	if s.Root == nil {
		return nil
	}
	ids := map[string]bool{}
	base, _ := url.Parse(location)
	if p.OldSchemas() {
		base = &url.URL{}
	}
	var out []reference
	var walk func(n *values.Node, base *url.URL, names bool)
	collect := func(pass int) {
		walk = func(n *values.Node, base *url.URL, names bool) {
			switch n.Kind {
			case values.List:
				for _, it := range n.Items {
					walk(it, base, false)
				}
			case values.Map:
				if !names {
					for _, key := range []string{"$id", "id"} {
						if f := n.Get(key); f != nil && f.Value.Kind == values.String {
							if u, err := base.Parse(f.Value.Str); err == nil {
								base = u
								ids[without(u).String()] = true
								break
							}
						}
					}
				}
				for _, f := range n.Fields {
					switch {
					case names:
						walk(f.Value, base, false)
					case f.Key == "enum" || f.Key == "const" || f.Key == "default" || f.Key == "examples":
					case f.Key == "properties" || f.Key == "patternProperties" || f.Key == "definitions" || f.Key == "$defs" || f.Key == "dependencies" || f.Key == "dependentSchemas":
						walk(f.Value, base, true)
					case pass == 1 && f.Value.Kind == values.String && (f.Key == "$ref" || f.Key == "$dynamicRef" || f.Key == "$schema"):
						u, err := base.Parse(f.Value.Str)
						if err != nil {
							continue
						}
						r := reference{key: f.Key, text: f.Value.Str, url: without(u), frag: u.Fragment, span: f.Value.Span}
						at := r.url.String()
						if at == location || at == "" || ids[at] || known(at) {
							continue
						}
						out = append(out, r)
					default:
						walk(f.Value, base, false)
					}
				}
			}
		}
		walk(s.Root, base, false)
	}
	collect(0)
	collect(1)
	return out
}

func without(u *url.URL) *url.URL {
	c := *u
	c.Fragment, c.RawFragment = "", ""
	return &c
}

// known reports whether the libraries have the schema built in.
func known(at string) bool {
	rest, ok := strings.CutPrefix(at, "http://json-schema.org/")
	if !ok {
		rest, ok = strings.CutPrefix(at, "https://json-schema.org/")
	}
	return ok && (rest == "schema" || strings.HasPrefix(rest, "draft"))
}

// fault says what comes of the reference in the field.
func (r reference) fault(p values.Profile) *Fault {
	f := &Fault{Span: r.span, Remote: true}
	switch r.url.Scheme {
	case "http", "https":
		if r.key == "$schema" && p.OldSchemas() {
			return nil // not looked at
		}
		f.Message = fmt.Sprintf("%s %q lies on another host, which Helm asks at every install and helmvet never does; what it says is not judged, so copy it into the schema", r.key, r.text)
	case "urn":
		if p.TakesURN() {
			f.Message = fmt.Sprintf("%s %q names a schema that Helm does not have and passes over; copy it into the schema", r.key, r.text)
			return f
		}
		f.Refuses = true
		f.Message = fmt.Sprintf("%s %q names a schema that Helm does not have, and Helm refuses the chart; copy it into the schema", r.key, r.text)
	default:
		if r.key == "$schema" && p.OldSchemas() {
			return nil
		}
		f.Refuses = true
		where := "cannot find"
		if r.url.Scheme == "file" {
			where = "looks for at " + r.url.Path + " of the machine it runs on"
		}
		f.Message = fmt.Sprintf("%s %q is a file beside the schema, which Helm %s; copy it into the schema below $defs", r.key, r.text, where)
	}
	return f
}

// stub stands for a schema that lies elsewhere: it allows everything, at each
// place inside it that is referred to.
func stub(at string, refs []reference) any {
	root := map[string]any{}
	for _, r := range refs {
		if r.url.String() != at {
			continue
		}
		if r.key == "$schema" {
			return map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema"}
		}
		if r.frag != "" && !strings.HasPrefix(r.frag, "/") {
			defs, _ := root["$defs"].(map[string]any)
			if defs == nil {
				defs = map[string]any{}
				root["$defs"] = defs
			}
			defs[r.frag] = map[string]any{"$anchor": r.frag}
			continue
		}
		m := root
		for _, key := range strings.Split(r.frag, "/")[min(1, len(r.frag)):] {
			if key == "" {
				continue
			}
			key = strings.NewReplacer("~1", "/", "~0", "~").Replace(key)
			next, _ := m[key].(map[string]any)
			if next == nil {
				next = map[string]any{}
				m[key] = next
			}
			m = next
		}
	}
	return root
}

// loader gives the newer library stubs for everything.
type loader struct{ refs []reference }

func (l loader) Load(at string) (any, error) { return stub(at, l.refs), nil }

// offline is the schema for the older library, with stubs for everything else.
type offline struct {
	gojsonschema.JSONLoader
	refs []reference
}

// LoaderFactory makes the loaders of what the schema refers to.
func (o offline) LoaderFactory() gojsonschema.JSONLoaderFactory { return o }

// New is the loader for one address.
func (o offline) New(source string) gojsonschema.JSONLoader {
	at, _, _ := strings.Cut(source, "#")
	if known(at) {
		return gojsonschema.NewReferenceLoader(source)
	}
	return gojsonschema.NewGoLoader(stub(at, o.refs))
}
