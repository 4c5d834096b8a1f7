// Package cuecheck is the schema engine: the CUE of a pack against a tree of
// values. It walks schema and values side by side, so that one run reports
// every mistake, and speaks of values as Helm sees them.
package cuecheck

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"cuelang.org/go/cue/ast"
	cueerrors "cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
	"github.com/helmvet/helmvet/internal/lint"
)

// rulesFile holds the words of the rules, which only explain and the docs need.
const rulesFile = "rules.cue"

// Schema is the compiled schema of a pack. It may be used by several
// goroutines at once.
type Schema struct {
	name      string
	root      *field // nil for a pack without #Values
	rootLeaf  int    // the root among the expressions known to CUE
	cross     bool   // some constraint looks at more than one key
	context   *Schema
	objects   map[string]*Schema // by kind, of #Manifests
	object    bool               // of one kind of #Manifests
	misplaced []misplacedPath
	packData  map[string]any // the struct pack, without its context
	pkg       *cuePackage

	indexOnce sync.Once
	places    map[string][]place // by leaf name
}

// Compile reads the CUE of a pack: every *.cue file at the root of the folder
// except rules.cue. The files are one package, and its #Values is the schema
// of the values, and each field of its #Manifests that of the Kubernetes objects of
// one kind; what has no schema is fine. Errors name file and line.
func Compile(name string, fsys fs.FS) (*Schema, error) {
	files, err := parseFiles(name, fsys)
	if err != nil {
		return nil, err
	}
	c := &compiler{pack: name, defs: map[string]*definition{}}
	for _, f := range files {
		c.collect(f)
	}
	s := &Schema{name: name, rootLeaf: -1, pkg: &cuePackage{name: name, files: files}}
	if s.packData, err = packFields(files); err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	if s.misplaced, err = misplacedPaths(s.packData["misplaced"]); err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	if d := c.definition("#Values"); d != nil {
		s.root = &field{name: "values", need: regular, doc: d.doc, own: d.attrs, parts: []boundExpr{{expr: &expr{op: opRef, kinds: kAll, def: d}}}}
		s.cross = c.cross
		c.leaves = append(c.leaves, ast.NewIdent("#Values"))
		s.rootLeaf = len(c.leaves) - 1
	} else if near := misspelt(c.defs, "#Values"); near != "" {
		c.errorf(c.defs[near].decls[0].Pos(), "definition %s is not read; the schema of the values is called #Values", near)
	}
	s.objects = c.objects(s)
	if x := contextExpr(files); x != nil {
		c.cross = false
		e := c.expr(x)
		c.leaves = append(c.leaves, x)
		s.context = &Schema{
			name: name, pkg: s.pkg, cross: c.cross, rootLeaf: len(c.leaves) - 1,
			root: &field{name: "context", need: regular, parts: []boundExpr{{expr: e}}},
		}
	}
	s.pkg.leaves = c.leaves
	if len(c.errs) > 0 {
		return nil, fmt.Errorf("pack %s: %w", name, errors.Join(c.errs...))
	}
	if s.root != nil && s.root.shape().kinds()&kMap == 0 {
		return nil, fmt.Errorf("pack %s: #Values is no struct; values are always a mapping", name)
	}
	return s, nil
}

func misspelt(defs map[string]*definition, name string) string {
	for n := range defs {
		if n != name && strings.EqualFold(strings.TrimLeft(n, "_#"), name[1:]) {
			return n
		}
	}
	return ""
}

// Context returns the schema of what the configuration may tell the pack, the
// field `context` of its `pack`, or nil.
func (s *Schema) Context() *Schema { return s.context }

func parseFiles(name string, fsys fs.FS) ([]*ast.File, error) {
	names, err := fs.Glob(fsys, "*.cue")
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	names = slices.DeleteFunc(names, func(n string) bool { return n == rulesFile })
	if len(names) == 0 {
		return nil, fmt.Errorf("pack %s: no .cue file; write a pack.cue, and a values.cue with #Values", name)
	}
	// Parsing is most of the cost of a short run, and the files are few.
	files, errs := make([]*ast.File, len(names)), make([]error, len(names))
	var wg sync.WaitGroup
	for i, n := range names {
		wg.Go(func() { files[i], errs[i] = parseFile(name, fsys, n) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for i, f := range files {
		if a, b := f.PackageName(), files[0].PackageName(); a != b {
			return nil, fmt.Errorf("pack %s: %s is of package %q, %s of package %q; give both the same package clause", name, names[i], a, names[0], b)
		}
	}
	return files, nil
}

func parseFile(name string, fsys fs.FS, file string) (*ast.File, error) {
	src, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	f, err := parser.ParseFile(file, src, parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, cueError(err))
	}
	return f, nil
}

// cueError writes CUE's errors as file:line:column: text.
func cueError(err error) error {
	var out []error
	for _, e := range cueerrors.Errors(err) {
		format, args := e.Msg()
		msg := fmt.Sprintf(format, args...)
		pos := e.Position()
		if !pos.IsValid() {
			if ps := e.InputPositions(); len(ps) > 0 {
				pos = ps[0]
			}
		}
		if p := e.Path(); len(p) > 0 {
			msg = strings.Join(p, ".") + ": " + msg
		}
		out = append(out, fmt.Errorf("%s: %s", position(pos), msg))
	}
	return errors.Join(out...)
}

func (c *compiler) collect(f *ast.File) {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.Field:
			name, _, err := ast.LabelName(d.Label)
			if err != nil {
				continue
			}
			def := c.defs[name]
			if def == nil {
				def = &definition{name: name, isDef: strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_#")}
				c.defs[name] = def
			}
			def.decls = append(def.decls, d)
		case *ast.Comprehension, *ast.EmbedDecl:
			// They may change any definition.
			c.cross = true
		}
	}
}

// contextExpr finds the field `context` of the struct `pack`.
func contextExpr(files []*ast.File) ast.Expr {
	var out ast.Expr
	eachPackField(files, func(name string, f *ast.Field) {
		if name == "context" {
			out = f.Value
		}
	})
	return out
}

func eachPackField(files []*ast.File, do func(name string, f *ast.Field)) {
	for _, file := range files {
		for _, d := range file.Decls {
			f, ok := d.(*ast.Field)
			if !ok {
				continue
			}
			if name, _, err := ast.LabelName(f.Label); err != nil || name != "pack" {
				continue
			}
			st, ok := f.Value.(*ast.StructLit)
			if !ok {
				continue
			}
			for _, e := range st.Elts {
				if in, ok := e.(*ast.Field); ok {
					if name, _, err := ast.LabelName(in.Label); err == nil {
						do(name, in)
					}
				}
			}
		}
	}
}

func position(p token.Pos) string {
	if !p.IsValid() {
		return "schema"
	}
	return fmt.Sprintf("%s:%d:%d", path.Base(p.Filename()), p.Line(), p.Column())
}

// fieldsAt returns what the schema says of a path: one field, or several when
// alternatives differ; none when the schema does not name it. hidden reports
// whether a value there must never be printed.
func (s *Schema) fieldsAt(p lint.Path) (fields []*field, hidden bool) {
	if s == nil || s.root == nil {
		return nil, false
	}
	fields = []*field{s.root}
	for _, step := range p {
		var next []*field
		inherit := hidden && len(fields) == 0
		for _, f := range fields {
			secret := hidden || f.attrs().secret
			named := false
			for _, a := range f.shape().alts {
				in := a.step(step)
				if in == nil {
					continue
				}
				named = named || !step.IsIndex && !in.pattern
				if !slices.Contains(next, in) {
					next = append(next, in)
				}
			}
			inherit = inherit || secret && !(named && f.shape().kinds()&kScalar != 0)
		}
		fields, hidden = next, inherit
	}
	for _, f := range fields {
		hidden = hidden || f.attrs().secret
	}
	return fields, hidden
}

func (a *alt) step(step lint.Step) *field {
	if step.IsIndex {
		if a.kinds&kList == 0 || a.list().free {
			return nil
		}
		return a.list().item(step.Index)
	}
	if a.kinds&kMap == 0 {
		return nil
	}
	f, _ := a.view().get(step.Key)
	return f
}

// Secret reports whether the value at the path must never be printed: the
// schema marks it, or the mapping or list it is in, with @secret. A mark on a
// field that may be a plain value or a mapping is for the plain value, and for
// keys of the mapping that the schema does not name.
func (s *Schema) Secret(p lint.Path) bool {
	_, hidden := s.fieldsAt(p)
	return hidden
}

// YAML reports whether a string at the path holds YAML (@yaml).
func (s *Schema) YAML(p lint.Path) bool {
	fields, _ := s.fieldsAt(p)
	return slices.ContainsFunc(fields, func(f *field) bool { return f.attrs().yaml })
}
