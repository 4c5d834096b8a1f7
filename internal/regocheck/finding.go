package regocheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/open-policy-agent/opa/v1/ast"
)

// Target says which part of the input a path leads into.
type Target uint8

// The targets. Index of Place counts within the list of the input.
const (
	Values Target = iota
	Manifest
	LayerValues
	FleetValues
	CommandLine
	ContextValue
)

// Place is where a finding points to, before it is looked up.
type Place struct {
	Path     lint.Path
	Target   Target
	Index    int    // of the manifest, layer, release or command
	Word     int    // of a command; -1 is all of it
	Previous bool   // in Input.Previous
	Key      bool   // the key is meant, not its value
	Pack     string // of a value of the context
}

// Related is a second place that explains a finding.
type Related struct {
	Place
	Message string
}

// Fix sets the value at a place.
type Fix struct {
	Place
	Description string
	Value       any  // as JSON has it
	Unsafe      bool // a guess, or more than the mistake calls for
}

// Finding is one problem as a rule reports it: with paths, without lines.
type Finding struct {
	Place
	Rule     string
	Severity lint.Severity
	Message  string
	Facts    []string
	Source   *lint.Source
	Related  []Related
	Holds    bool // true whatever unresolved placeholders stand for
	Fix      *Fix
}

// named adds the message to an error, so that its author finds the place.
func (f *Finding) named() string {
	if f.Message == "" {
		return ""
	}
	return fmt.Sprintf(" %q", f.Message)
}

// reader takes a finding apart and keeps the first thing that is wrong.
type reader struct {
	in   *Input
	pack string
	err  error
}

func (rd *reader) fail(format string, args ...any) {
	if rd.err == nil {
		rd.err = fmt.Errorf(format, args...)
	}
}

// read fills f from what the rule reports. facts are those of the METADATA.
func (f *Finding) read(t *ast.Term, in *Input, facts []string) error {
	o, ok := t.Value.(ast.Object)
	if !ok {
		return fmt.Errorf("it is %s; want an object with path and message", kindOf(t.Value))
	}
	pack, _, _ := strings.Cut(f.Rule, "/")
	rd := &reader{in: in, pack: pack}
	if m := o.Get(ast.InternedTerm("message")); m != nil {
		f.Message = rd.text("message", m) // first, so that errors can quote it
	}
	pr := rd.place(o)
	o.Foreach(func(k, v *ast.Term) {
		key, _ := ast.JSON(k.Value)
		switch key {
		case "severity":
			s := rd.text("severity", v)
			sev, err := lint.ParseSeverity(s)
			if err != nil || sev == lint.Off {
				rd.fail("severity is %s; want error, warning or info", v)
			}
			f.Severity = sev
		case "facts":
			f.Facts = rd.facts(v, facts)
		case "related":
			f.Related = rd.related(v)
		case "holds":
			f.Holds = rd.flag("holds", v)
		case "fix":
			f.Fix = rd.fix(v, pr)
		case "message", "path", "manifest", "layer", "release", "command", "word", "context", "previous", "key":
		default:
			rd.fail("key %v is unknown; want path, message, severity, facts, related, key, holds, manifest, layer, release, command, word, context, previous or fix", k)
		}
	})
	f.Place = pr
	if f.Message == "" {
		rd.fail("message is missing; say what is wrong and what to do")
	}
	return rd.err
}

// place reads the keys that say where: of a finding, or of a related place.
func (rd *reader) place(o ast.Object) Place {
	p := Place{Word: -1}
	in := rd.in
	if v := o.Get(ast.InternedTerm("previous")); v != nil {
		if p.Previous = rd.flag("previous", v); p.Previous && o.Get(ast.InternedTerm("release")) == nil {
			if in = in.Previous; in == nil {
				rd.fail("previous is true, but the input has no previous release")
				return p
			}
		}
	}
	given := ""
	target := func(key string, t Target, n int) {
		v := o.Get(ast.InternedTerm(key))
		if v == nil {
			return
		}
		if given != "" {
			rd.fail("both %s and %s are given; a place lies in one of them", given, key)
		}
		given = key
		p.Target, p.Index = t, rd.index(key, v, n)
	}
	target("manifest", Manifest, len(in.Manifests))
	target("layer", LayerValues, len(in.Layers))
	target("release", FleetValues, len(in.Releases))
	if p.Target == FleetValues && p.Previous && rd.err == nil && in.Releases[p.Index].Previous == nil {
		rd.fail("previous is true, but release %d has no previous release", p.Index)
	}
	target("command", CommandLine, len(in.Commands))
	if v := o.Get(ast.InternedTerm("context")); v != nil && rd.flag("context", v) {
		if given != "" {
			rd.fail("both %s and context are given; a place lies in one of them", given)
		}
		p.Target, p.Pack = ContextValue, rd.pack
	} else if given == "" && in.Values == nil && len(in.Releases) > 0 {
		rd.fail("path leads into no release; a rule about the fleet gives the index of one as release")
	}
	if v := o.Get(ast.InternedTerm("word")); v != nil {
		if p.Target != CommandLine {
			rd.fail("word is given without command")
		} else if rd.err == nil {
			p.Word = rd.index("word", v, len(in.Commands[p.Index].Words))
		}
	}
	if v := o.Get(ast.InternedTerm("path")); v != nil {
		p.Path = rd.path("path", v)
	} else if p.Target != CommandLine {
		rd.fail("path is missing; want a list of keys and indexes, [] for the root")
	}
	if v := o.Get(ast.InternedTerm("key")); v != nil {
		p.Key = rd.flag("key", v)
	}
	return p
}

func (rd *reader) related(t *ast.Term) []Related {
	var out []Related
	for _, e := range rd.list("related", t) {
		o, ok := e.Value.(ast.Object)
		if !ok {
			rd.fail("related holds %s; want objects with path and message", kindOf(e.Value))
			return nil
		}
		rel := Related{Place: rd.place(o)}
		o.Foreach(func(k, v *ast.Term) {
			key, _ := ast.JSON(k.Value)
			switch key {
			case "message":
				rel.Message = rd.text("message of related", v)
			case "path", "manifest", "layer", "release", "command", "word", "context", "previous", "key":
			default:
				rd.fail("key %v of related is unknown; want path, message, key, manifest, layer, release, command, word, context or previous", k)
			}
		})
		if rel.Message == "" {
			rd.fail("related has no message; say what is to be seen there")
		}
		out = append(out, rel)
	}
	return out
}

// fix reads a fix. Its path starts where that of the finding starts.
func (rd *reader) fix(t *ast.Term, at Place) *Fix {
	o, ok := t.Value.(ast.Object)
	if !ok {
		rd.fail("fix is %s; want an object with description, path, value and, when it is a guess, safe", kindOf(t.Value))
		return nil
	}
	fix := &Fix{Place: at}
	fix.Path, fix.Key = nil, false
	has := map[any]bool{}
	o.Foreach(func(k, v *ast.Term) {
		key, _ := ast.JSON(k.Value)
		has[key] = true
		switch key {
		case "description":
			fix.Description = rd.text("description of fix", v)
		case "path":
			fix.Path = rd.path("path of fix", v)
		case "value":
			val, err := ast.JSON(v.Value)
			if err != nil {
				rd.fail("value of fix: %w", err)
			}
			fix.Value = val
		case "safe":
			fix.Unsafe = !rd.flag("safe of fix", v)
		default:
			rd.fail("key %v of fix is unknown; want description, path, value and safe", k)
		}
	})
	for _, key := range []string{"description", "path", "value"} {
		if !has[key] {
			rd.fail("fix has no %s", key)
		}
	}
	return fix
}

func (rd *reader) facts(t *ast.Term, known []string) []string {
	out := []string{}
	for _, e := range rd.list("facts", t) {
		id := rd.text("facts", e)
		if rd.err == nil && !slices.Contains(known, id) {
			rd.fail("fact %q is not in custom.facts of the METADATA; add it there", id)
		}
		out = append(out, id)
	}
	return out
}

// list takes arrays and sets.
func (rd *reader) list(what string, t *ast.Term) []*ast.Term {
	var out []*ast.Term
	switch v := t.Value.(type) {
	case *ast.Array:
		v.Foreach(func(e *ast.Term) { out = append(out, e) })
	case ast.Set:
		out = v.Slice()
	default:
		rd.fail("%s is %s; want a list", what, kindOf(t.Value))
	}
	return out
}

func (rd *reader) text(what string, t *ast.Term) string {
	s, ok := t.Value.(ast.String)
	if !ok {
		rd.fail("%s is %s; want a string", what, kindOf(t.Value))
	}
	return string(s)
}

func (rd *reader) flag(what string, t *ast.Term) bool {
	b, ok := t.Value.(ast.Boolean)
	if !ok {
		rd.fail("%s is %s; want true or false", what, kindOf(t.Value))
	}
	return bool(b)
}

func (rd *reader) index(what string, t *ast.Term, n int) int {
	num, ok := t.Value.(ast.Number)
	i, isInt := num.Int()
	if !ok || !isInt {
		rd.fail("%s is %s; want an index", what, kindOf(t.Value))
		return 0
	}
	if i < 0 || i >= n {
		rd.fail("%s is %d, but the input has %d of them", what, i, n)
		return 0
	}
	return i
}

func (rd *reader) path(what string, t *ast.Term) lint.Path {
	p, err := pathOf(t)
	if err != nil {
		rd.fail("%s %w", what, err)
	}
	return p
}

func pathOf(t *ast.Term) (lint.Path, error) {
	a, ok := t.Value.(*ast.Array)
	if !ok {
		return nil, fmt.Errorf("is %s; want a list of keys and indexes", kindOf(t.Value))
	}
	p := make(lint.Path, a.Len())
	for i := range p {
		switch v := a.Elem(i).Value.(type) {
		case ast.String:
			p[i].Key = string(v)
		case ast.Number:
			n, ok := v.Int()
			if !ok || n < 0 {
				return nil, fmt.Errorf("holds %s; an index is a whole number from 0", v)
			}
			p[i].Index, p[i].IsIndex = n, true
		default:
			return nil, fmt.Errorf("holds %s; want keys and indexes", kindOf(v))
		}
	}
	return p, nil
}

// kindOf names what a rule wrote where something else was wanted.
func kindOf(v ast.Value) string {
	switch name := ast.ValueName(v); name {
	case "null":
		return name
	case "array", "object":
		return "an " + name
	default:
		return "a " + name
	}
}
