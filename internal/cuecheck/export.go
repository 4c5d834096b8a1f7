package cuecheck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp/syntax"
	"slices"
	"strings"

	"cuelang.org/go/cue/token"
)

// Export says what JSON Schema is written of a schema.
type Export struct {
	// Overlay is for one values file among several: nothing is required, a null
	// may delete a default, and placeholders fit everything. Without it the
	// schema is for merged values and accepts what CUE accepts.
	Overlay bool
	// Nulls takes a null wherever lint takes one; Overlay does so, too.
	Nulls bool
	// Draft2020 writes draft 2020-12 in place of draft-07.
	Draft2020 bool
	// Open takes keys that the schema does not name. A schema that was read off a
	// chart cannot know all that its templates read.
	Open  bool
	ID    string // $id
	Title string
	// Source tells where the facts that a field stands for are documented; nil
	// tells nothing.
	Source func(facts []string) string
}

// JSONSchema writes the schema of the values as JSON Schema, the same bytes on
// every call. CUE has its own generator, but it loses constraints and refuses
// values that CUE accepts (see the table in the docs); this one is written from
// what the checks themselves go by. What JSON Schema cannot say is left out, so
// that nothing is refused that CUE accepts, and named in the schema's $comment
// and in lost.
func (s *Schema) JSONSchema(o Export) (text []byte, lost []string, err error) {
	if s == nil || s.root == nil {
		return nil, nil, fmt.Errorf("the pack has no schema of values")
	}
	e := &exporter{Export: o, defs: map[string]any{}, lost: map[string][]string{}, made: map[defKey]string{}}
	root := e.shape(s.root, nil, "", false)
	if s.cross {
		e.lose("", "constraints between keys")
	}
	for _, what := range slices.Sorted(maps.Keys(e.lost)) {
		if paths := e.lost[what]; len(paths) > 0 {
			slices.Sort(paths)
			what += " (" + strings.Join(paths, ", ") + ")"
		}
		lost = append(lost, what)
	}
	root["$schema"] = "http://json-schema.org/draft-07/schema#"
	if o.Draft2020 {
		root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	}
	if o.ID != "" {
		root["$id"] = o.ID
	}
	if o.Title != "" {
		root["title"] = o.Title
	}
	if doc := s.root.doc; doc != "" {
		root["description"] = doc
	}
	if o.Open {
		lost = append(lost, "keys that the chart does not know")
	}
	if len(lost) > 0 {
		root["$comment"] = "Not expressed here, but checked by helmvet lint: " + strings.Join(lost, "; ")
	}
	if o.Overlay {
		e.defs[placeholderDef] = map[string]any{
			"type":        "string",
			"pattern":     placeholderPattern,
			"description": "A placeholder that is replaced before Helm runs.",
		}
	}
	root[e.defsKey()] = e.defs
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(root); err != nil {
		return nil, nil, err
	}
	return b.Bytes(), lost, nil
}

// HasValues reports whether the pack has a schema of values.
func (s *Schema) HasValues() bool { return s != nil && s.root != nil }

const (
	placeholderDef = "placeholder"
	// placeholderPattern finds $NAME, ${NAME} and {{ }} as lint does.
	placeholderPattern = `\$[A-Za-z_]|\$\{[A-Za-z_]|\{\{`
)

type exporter struct {
	Export
	defs map[string]any
	made map[defKey]string
	lost map[string][]string // what cannot be said, and of which fields
}

// defKey is a definition as it is needed at some place: what an item of a list
// lacks is missing in an overlay, too, because nothing adds to lists.
type defKey struct {
	def    *definition
	inList bool
}

func (e *exporter) defsKey() string {
	if e.Draft2020 {
		return "$defs"
	}
	return "definitions"
}

func (e *exporter) lose(path, what string) {
	if path != "" && !slices.Contains(e.lost[what], path) {
		e.lost[what] = append(e.lost[what], path)
	} else if path == "" {
		e.lost[what] = nil
	}
}

// field is the schema of a key or item with its words.
func (e *exporter) field(f *field, path string, inList bool) map[string]any {
	a := f.attrs()
	s := e.ref(f, path, inList)
	if a.yaml {
		// The text of a block string is a list or mapping in YAML; a schema sees a
		// string.
		e.lose(path, "the YAML inside a block string")
		s = map[string]any{"anyOf": []any{s, map[string]any{"type": "string", "contentMediaType": "application/yaml"}}}
	}
	s = e.relax(s, f)
	e.words(s, f)
	return s
}

// ref refers to a definition where the field is nothing else.
func (e *exporter) ref(f *field, path string, inList bool) map[string]any {
	if len(f.parts) != 1 || f.parts[0].op != opRef || !f.parts[0].def.isDef {
		return e.shape(f, f.shape(), path, inList)
	}
	key := defKey{f.parts[0].def, inList && e.Overlay}
	name, ok := e.made[key]
	if !ok {
		name = strings.TrimLeft(key.def.name, "_#")
		if key.inList {
			name += "InList"
		}
		for e.defs[name] != nil {
			name += "_"
		}
		e.made[key] = name
		e.defs[name] = true // until it is known; a definition may hold itself
		e.defs[name] = e.shape(f, f.shape(), name, inList)
	}
	return map[string]any{"$ref": "#/" + e.defsKey() + "/" + name}
}

// relax lets an overlay hold placeholders, and nulls where they may delete.
func (e *exporter) relax(s map[string]any, f *field) map[string]any {
	if !e.Overlay && !e.Nulls {
		return s
	}
	more := []any{}
	sh := f.shape()
	if e.Overlay && !anyString(sh) {
		more = append(more, map[string]any{"$ref": "#/" + e.defsKey() + "/" + placeholderDef})
	}
	if f.attrs().null == nil && sh.kinds()&kNull == 0 {
		more = append(more, map[string]any{"type": "null"})
	}
	if len(more) == 0 || len(s) == 0 {
		return s
	}
	if alts, ok := s["anyOf"].([]any); ok && len(s) == 1 {
		return map[string]any{"anyOf": append(slices.Clip(alts), more...)}
	}
	return map[string]any{"anyOf": append([]any{s}, more...)}
}

// anyString reports whether every string fits.
func anyString(sh *shape) bool {
	return slices.ContainsFunc(sh.alts, func(a *alt) bool { return a.kinds&kString != 0 && len(a.tests) == 0 })
}

// words adds what a reader is told of the field.
func (e *exporter) words(s map[string]any, f *field) {
	if ref, ok := s["$ref"]; ok && !e.Draft2020 {
		// Beside a $ref, draft-07 reads nothing.
		delete(s, "$ref")
		s["allOf"] = []any{map[string]any{"$ref": ref}}
	}
	a := f.attrs()
	if t := firstSentence(f.doc); t != "" {
		s["title"] = strings.ToUpper(t[:1]) + t[1:]
	}
	describeEnum(s, a.meanings)
	if f.doc != "" {
		s["description"] = f.doc
		if e.Source != nil {
			if src := e.Source(a.facts); src != "" {
				s["markdownDescription"] = f.doc + "\n\n" + src
			}
		}
	}
	if a.expect != "" {
		s["errorMessage"] = "want " + a.expect
	}
	if a.secret {
		s["writeOnly"] = true
	}
	if len(a.examples) > 0 {
		out := make([]any, len(a.examples))
		for i, x := range a.examples {
			out[i] = x
		}
		s["examples"] = out
	}
	if a.deprecated != "" {
		s["deprecated"], s["deprecationMessage"] = true, a.deprecated
	}
	if d, ok := defaultOf(f.shape()); ok {
		s["default"] = d
	}
}

// describeEnum tells beside an enumeration what its words mean.
func describeEnum(s map[string]any, meanings [][2]string) {
	if len(meanings) == 0 {
		return
	}
	if alts, ok := s["anyOf"].([]any); ok {
		for _, alt := range alts {
			if m, ok := alt.(map[string]any); ok {
				describeEnum(m, meanings)
			}
		}
	}
	words, ok := s["enum"].([]any)
	if !ok {
		return
	}
	texts := make([]string, len(words))
	for i, w := range words {
		for _, m := range meanings {
			if m[0] == w {
				texts[i] = m[1]
			}
		}
	}
	s["enumDescriptions"] = texts
}

// defaultOf is the literal that is marked *.
func defaultOf(sh *shape) (any, bool) {
	for _, a := range sh.alts {
		if a.deflt && len(a.tests) == 1 && a.tests[0].op == opLit {
			return a.tests[0].lit.plain(), true
		}
	}
	return nil, false
}

func (s scalar) plain() any {
	switch s.kind {
	case kBool:
		return s.b
	case kString:
		return s.s
	case kNull:
		return nil
	}
	return s.n
}

// shape is the schema of a field without its words.
func (e *exporter) shape(f *field, sh *shape, path string, inList bool) map[string]any {
	if sh == nil {
		sh = f.shape()
	}
	if off := f.attrs().severity; e.Overlay && off != nil && *off == 0 {
		return map[string]any{} // lint says nothing about it either
	}
	var enum []any
	var kinds kinds // of alternatives that say nothing but the kind
	var rest []*alt
	for _, a := range sh.alts {
		switch {
		case len(a.tests) == 1 && a.tests[0].op == opLit && !a.cross:
			if v := a.tests[0].lit.plain(); !slices.Contains(enum, v) {
				enum = append(enum, v)
			}
		case len(a.tests)+len(a.structs)+len(a.lists) == 0 && !a.cross:
			kinds |= a.kinds
		default:
			rest = append(rest, a)
		}
	}
	var out []any
	if kinds == kAll {
		return map[string]any{}
	}
	if len(enum) > 0 {
		out = append(out, map[string]any{"enum": enum})
	}
	if kinds != 0 {
		out = append(out, map[string]any{"type": types(kinds)})
	}
	for _, a := range rest {
		out = append(out, e.alt(a, path, inList))
	}
	switch len(out) {
	case 0:
		return map[string]any{"not": map[string]any{}}
	case 1:
		return out[0].(map[string]any)
	}
	return map[string]any{"anyOf": out}
}

// types are the names of kinds: one, or a list.
func types(k kinds) any {
	var out []any
	for _, t := range []struct {
		k    kinds
		name string
	}{{kNull, "null"}, {kBool, "boolean"}, {kString, "string"}, {kMap, "object"}, {kList, "array"}} {
		if k&t.k != 0 {
			out = append(out, t.name)
		}
	}
	switch {
	case k&kFloat != 0:
		out = append(out, "number")
	case k&kInt != 0:
		out = append(out, "integer")
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

// alt is the schema of one alternative.
func (e *exporter) alt(a *alt, path string, inList bool) map[string]any {
	if a.cross {
		e.lose(path, "a constraint that looks at other keys")
		return map[string]any{}
	}
	s := map[string]any{"type": types(a.kinds)}
	for _, t := range a.tests {
		e.test(s, t, a.kinds, path)
	}
	if a.kinds&kMap != 0 && len(a.structs) > 0 {
		e.mapping(s, a.view(), path, inList)
	}
	if l := a.list(); a.kinds&kList != 0 && !l.free {
		e.list(s, l, path)
	}
	return s
}

// test adds one constraint of a scalar, or of the length of a list.
func (e *exporter) test(s map[string]any, t *expr, k kinds, path string) {
	and := func(more map[string]any) {
		all, _ := s["allOf"].([]any)
		s["allOf"] = append(all, more)
	}
	put := func(key string, v any) {
		if _, taken := s[key]; taken {
			and(map[string]any{key: v})
		} else {
			s[key] = v
		}
	}
	switch t.op {
	case opLit:
		put("const", t.lit.plain())
	case opSize:
		name := map[bool]string{true: "Items", false: "Length"}[t.kinds == kList]
		limit := "max"
		if t.tok == token.GEQ {
			limit = "min"
		}
		put(limit+name, t.size)
	case opBound:
		e.bound(put, and, t, path)
	default:
		e.lose(path, source(t.src))
	}
}

func (e *exporter) bound(put func(string, any), and func(map[string]any), t *expr, path string) {
	number := t.lit.kind&kNumber != 0
	switch {
	case t.tok == token.MAT || t.tok == token.NMAT:
		if !everywhere(t.re.text) {
			e.lose(path, "the pattern "+t.re.text)
			return
		}
		if t.tok == token.MAT {
			put("pattern", t.re.text)
		} else {
			and(map[string]any{"not": map[string]any{"pattern": t.re.text}})
		}
	case t.tok == token.NEQ && t.lit.kind == kString && t.lit.s == "":
		put("minLength", 1)
	case t.tok == token.NEQ:
		and(map[string]any{"not": map[string]any{"const": t.lit.plain()}})
	case !number:
		e.lose(path, source(t.src))
	default:
		put(map[token.Token]string{
			token.GEQ: "minimum", token.GTR: "exclusiveMinimum", token.LEQ: "maximum", token.LSS: "exclusiveMaximum",
		}[t.tok], t.lit.n)
	}
}

// everywhere reports whether a pattern means the same to Go, which CUE uses, and
// to ECMAScript, which editors use.
func everywhere(pattern string) bool {
	for _, only := range []string{"(?", `\A`, `\z`, `\Q`, `\C`, `\p`, `\P`, "[:", `\a`, `\x{`, `\<`, `\>`} {
		for i := strings.Index(pattern, only); i >= 0; i = strings.Index(pattern, only) {
			if strings.HasPrefix(pattern[i:], "(?:") {
				pattern = pattern[i+3:]
				continue
			}
			return false
		}
	}
	_, err := syntax.Parse(pattern, syntax.Perl)
	return err == nil
}

// mapping adds what is said of the keys of a mapping.
func (e *exporter) mapping(s map[string]any, v *view, path string, inList bool) {
	if v.dynamic {
		e.lose(path, "keys that depend on others")
	}
	if path != "" {
		path += "."
	}
	properties, patterns := map[string]any{}, map[string]any{}
	var needed []string
	for _, f := range v.order {
		if _, known := v.get(f.name); !known {
			properties[f.name] = false
			continue
		}
		properties[f.name] = e.field(f, path+f.name, inList)
		if (!e.Overlay || inList) && f.mustBeThere(0) {
			needed = append(needed, f.name)
		}
	}
	rest := any(len(v.closed) == 0 || e.Open)
	for i, p := range v.patterns {
		if slices.ContainsFunc(v.closed, func(c closure) bool { return c.patterns&(1<<i) == 0 }) {
			continue
		}
		in := &field{name: "*", pattern: true, own: p.expr.attrs, doc: p.expr.doc, pos: p.expr.pos, parts: []boundExpr{{p.expr.value, p.in}}}
		value := e.field(in, path+"*", inList)
		switch re, negative, ok := p.label.keys(); {
		case ok && re == "":
			rest = value
		case ok && negative && everywhere(re):
			rest = value
			s["propertyNames"] = map[string]any{"not": map[string]any{"pattern": re}}
			for name := range properties {
				if !p.matches(name) {
					delete(s, "propertyNames")
					e.lose(path+"*", "names of keys that match "+re)
				}
			}
		case ok && !negative && everywhere(re):
			patterns[re] = value
		default:
			rest = true
			e.lose(path+"*", "names of keys")
		}
	}
	if len(properties) > 0 {
		s["properties"] = properties
	}
	if len(patterns) > 0 {
		s["patternProperties"] = patterns
	}
	if rest != true {
		s["additionalProperties"] = rest
	}
	if len(needed) > 0 {
		slices.Sort(needed)
		s["required"] = needed
	}
}

// mustBeThere reports whether values without the key are refused. A regular
// field of CUE is there by itself where it needs nothing more.
func (f *field) mustBeThere(depth int) bool {
	if f.need != regular || depth > 20 {
		return f.need == required
	}
	alts := f.shape().alts
	if slices.ContainsFunc(alts, func(a *alt) bool { return a.deflt }) || len(alts) == 0 {
		return false
	}
	if len(alts) > 1 {
		return true
	}
	switch a := alts[0]; {
	case a.cross || a.kinds == kNull || slices.ContainsFunc(a.tests, func(t *expr) bool { return t.op == opLit || t.op == opCUE }):
		return false
	case a.kinds == kMap:
		return slices.ContainsFunc(a.view().order, func(in *field) bool { return in.mustBeThere(depth + 1) })
	case a.kinds == kList:
		return len(a.lists) > 0 && a.list().min > 0
	}
	return true
}

// keys is the regular expression that the label of a pattern stands for, "" for
// every key.
func (s *shape) keys() (re string, negative, ok bool) {
	if len(s.alts) != 1 || s.alts[0].cross {
		return "", false, false
	}
	switch tests := s.alts[0].tests; {
	case len(tests) == 0:
		return "", false, true
	case len(tests) == 1 && tests[0].op == opBound && (tests[0].tok == token.MAT || tests[0].tok == token.NMAT):
		return tests[0].re.text, tests[0].tok == token.NMAT, true
	}
	return "", false, false
}

// list adds what is said of the items of a list.
func (e *exporter) list(s map[string]any, l *listView, path string) {
	var items []any
	for i, f := range l.items {
		items = append(items, e.field(f, fmt.Sprintf("%s[%d]", path, i), true))
	}
	var rest any = false
	if l.rest != nil {
		rest = e.field(l.rest, path+"[]", true)
	}
	if l.min > 0 {
		low, _ := s["minItems"].(int)
		s["minItems"] = max(low, l.min)
	}
	switch {
	case len(items) == 0 && l.rest != nil:
		s["items"] = rest
	case len(items) == 0:
		s["maxItems"] = 0
	case e.Draft2020:
		s["prefixItems"], s["items"] = items, rest
	default:
		s["items"], s["additionalItems"] = items, rest
	}
	if l.max >= 0 {
		high, ok := s["maxItems"].(int)
		if !ok {
			high = l.max
		}
		s["maxItems"] = min(high, l.max)
	}
}
