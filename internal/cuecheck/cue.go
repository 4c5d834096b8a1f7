package cuecheck

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	cueerrors "cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// cuePackage is the pack's CUE as CUE itself sees it. It is built when the walk
// meets something that only CUE can tell, which is never for most packs.
type cuePackage struct {
	name   string
	files  []*ast.File
	leaves []ast.Expr

	once sync.Once
	ctx  *cue.Context
	vals []cue.Value // of leaves
	err  error
}

// leafName names the definitions that hold the leaves: a definition, because
// that closes structs as at the place where the leaf was found.
func leafName(i int) string { return "#helmvetLeaf" + strconv.Itoa(i) }

func (p *cuePackage) build() {
	if len(p.files) == 0 {
		return
	}
	// The leaves go into the files that they come from, for the sake of imports.
	for i, x := range p.leaves {
		home := p.files[0]
		for _, f := range p.files {
			if pos := x.Pos(); pos.IsValid() && pos.Filename() == f.Filename {
				home = f
			}
		}
		home.Decls = append(home.Decls, &ast.Field{Label: ast.NewIdent(leafName(i)), Value: x})
	}
	p.ctx = cuecontext.New()
	v := p.ctx.BuildInstance(instance(p.files))
	if p.err = v.Err(); p.err != nil {
		return
	}
	p.vals = make([]cue.Value, len(p.leaves))
	for i := range p.leaves {
		p.vals[i] = v.LookupPath(cue.MakePath(cue.Def(leafName(i))))
	}
}

func instance(files []*ast.File) *build.Instance {
	inst := build.NewContext().NewInstance("", nil)
	for _, f := range files {
		if inst.PkgName == "" {
			inst.PkgName = f.PackageName()
		}
		if err := inst.AddSyntax(f); err != nil {
			inst.Err = err
		}
	}
	return inst
}

func (p *cuePackage) leaf(i int) (cue.Value, error) {
	p.once.Do(p.build)
	if p.err != nil {
		return cue.Value{}, p.err
	}
	return p.vals[i], nil
}

// accepts asks CUE whether a value fits an expression of the schema.
func (s *Schema) accepts(leaf int, n *values.Node) bool {
	v, err := s.pkg.leaf(leaf)
	if err != nil {
		return true // Verify tells; it is no fault of the values
	}
	data := func(float bool) bool {
		x := dataExpr(n, float)
		return v.Unify(cuecontext.New().BuildExpr(x)).Validate(cue.Concrete(true)) == nil
	}
	return data(false) || n.Kind == values.Number && data(true)
}

// Verify has CUE itself judge the schema: references, types, contradictions. It
// also compares pack.misplaced with it. Compile leaves that out, because it
// takes longer than checking a file does.
func (s *Schema) Verify() error {
	s.pkg.once.Do(s.pkg.build)
	if s.pkg.err != nil {
		return fmt.Errorf("pack %s: %w", s.name, cueError(s.pkg.err))
	}
	for _, v := range s.pkg.vals {
		if err := v.Validate(); err != nil {
			return fmt.Errorf("pack %s: %w", s.name, cueError(err))
		}
	}
	var errs []error
	s.everyField(func(p lint.Path, f *field) {
		if f.shape().kinds() == 0 && f.shape().text == "" {
			errs = append(errs, fmt.Errorf("%s: no value can ever fit %s; its constraints contradict each other", position(f.pos), p))
		}
		for _, a := range f.shape().alts {
			for _, t := range a.tests {
				if t.re != nil {
					t.re.match("")
					if t.re.err != nil {
						errs = append(errs, fmt.Errorf("%s: %w", position(f.pos), t.re.err))
					}
				}
			}
		}
	})
	for _, m := range s.misplaced {
		for _, r := range m.right {
			if !s.names(r) {
				errs = append(errs, fmt.Errorf("pack.misplaced: %s is said to belong at %s, which #Values does not have", m.wrong, r))
			}
		}
		if s.names(m.wrong) {
			errs = append(errs, fmt.Errorf("pack.misplaced: %s is called wrong, but #Values has it", m.wrong))
		}
	}
	if len(errs) > 0 {
		return fmt.Errorf("pack %s: %w", s.name, errors.Join(errs...))
	}
	return nil
}

// dataExpr writes a value as CUE. Whole numbers are written as CUE's int or,
// with float, as its float; Helm does not know the difference.
func dataExpr(n *values.Node, float bool) ast.Expr {
	switch n.Kind {
	case values.Bool:
		return ast.NewBool(n.Bool)
	case values.String:
		return &ast.BasicLit{Kind: token.STRING, Value: literal.String.Quote(n.Str)}
	case values.Number:
		return numberExpr(n.Number, float)
	case values.Map:
		st := &ast.StructLit{}
		for _, f := range n.Fields {
			st.Elts = append(st.Elts, &ast.Field{Label: stringLabel(f.Key), Value: dataExpr(f.Value, float)})
		}
		return st
	case values.List:
		l := &ast.ListLit{}
		for _, it := range n.Items {
			l.Elts = append(l.Elts, dataExpr(it, float))
		}
		return l
	}
	return ast.NewNull()
}

func stringLabel(key string) ast.Label {
	return &ast.BasicLit{Kind: token.STRING, Value: literal.Label.Quote(key)}
}

func numberExpr(f float64, float bool) ast.Expr {
	neg := f < 0
	if neg {
		f = -f
	}
	lit := &ast.BasicLit{Kind: token.FLOAT, Value: strconv.FormatFloat(f, 'e', -1, 64)}
	if b := big.NewFloat(f); b.IsInt() && !float {
		i, _ := b.Int(nil)
		lit = &ast.BasicLit{Kind: token.INT, Value: i.String()}
	}
	if neg {
		return &ast.UnaryExpr{Op: token.SUB, X: lit}
	}
	return lit
}

// settle asks CUE about the whole document, with everything set aside that is
// known to be wrong, until it finds nothing more: one conflict hides others in
// CUE. It reports what the walk could not see, and drops from the walk's
// findings the unknown keys that a constraint of several keys allows.
func (w *walker) settle() {
	v, err := w.s.pkg.leaf(w.s.rootLeaf)
	if err != nil {
		return
	}
	aside := map[string]bool{}
	for _, f := range w.found {
		if !f.candidate {
			aside[f.Path.String()] = true
		}
	}
	confirmed := map[string]bool{}
	unify := func() cue.Value {
		return v.Unify(cuecontext.New().BuildExpr(w.expression(w.s.root, w.root, nil, aside)))
	}
	for range 50 {
		news := w.conflicts(unify().Validate(), aside, confirmed)
		if !news {
			break
		}
	}
	w.found = slices.DeleteFunc(w.found, func(f located) bool { return f.candidate && !confirmed[f.Path.String()] })
	if w.opts.Whole {
		w.incomplete(unify().Validate(cue.Concrete(true)), aside)
	}
}

// conflicts turns CUE's errors into findings and sets aside what they are about.
func (w *walker) conflicts(err error, aside, confirmed map[string]bool) (news bool) {
	type conflict struct {
		path lint.Path
		msg  string
	}
	var all []conflict
	for _, e := range cueerrors.Errors(err) {
		p := w.dataPath(e.Path())
		format, args := e.Msg()
		msg := fmt.Sprintf(format, args...)
		if i := slices.IndexFunc(all, func(c conflict) bool { return c.path.Equal(p) }); i >= 0 {
			if strings.Contains(all[i].msg, "empty disjunction") {
				all[i].msg = msg // a branch says more than the headline
			}
			continue
		}
		all = append(all, conflict{p, msg})
	}
	for _, c := range all {
		key := c.path.String()
		if aside[key] || w.isFaulty(c.path, aside) {
			continue
		}
		aside[key] = true
		news = true
		switch {
		case strings.Contains(c.msg, "field not allowed"):
			confirmed[key] = true
			if !w.isCandidate(c.path) {
				w.add(w.unlisted(c.path))
			}
		case len(c.path) == 0:
			news = false // nothing left to set aside
			w.conflict(c.path, c.msg)
		default:
			w.conflict(c.path, c.msg)
		}
	}
	return news
}

func (w *walker) isFaulty(p lint.Path, aside map[string]bool) bool {
	for i := 1; i <= len(p); i++ {
		if aside[p[:i].String()] {
			return true
		}
	}
	return false
}

func (w *walker) isCandidate(p lint.Path) bool {
	return slices.ContainsFunc(w.found, func(f located) bool { return f.candidate && f.Path.Equal(p) })
}

// incomplete reports what has to be there because of other keys.
func (w *walker) incomplete(err error, aside map[string]bool) {
	for _, e := range cueerrors.Errors(err) {
		p := w.dataPath(e.Path())
		if w.root.Lookup(p) != nil || w.isFaulty(p, aside) || w.unknownAbove(p) {
			continue
		}
		aside[p.String()] = true
		if !slices.ContainsFunc(w.found, func(f located) bool { return f.Path.Equal(p) }) {
			fields, _ := w.s.fieldsAt(p)
			f := &field{}
			if len(fields) > 0 {
				f = fields[0]
			}
			w.missingKey(f, p, ", because of what other keys say")
		}
	}
}

func (w *walker) unknownAbove(p lint.Path) bool {
	for i := range p {
		if n := w.root.Lookup(p[:i]); n != nil && n.Unknown() && n.Embedded() == nil {
			return true
		}
	}
	return false
}

// dataPath turns CUE's path into one of the values. CUE begins with the name
// of the definition, and quotes keys that are no identifiers.
func (w *walker) dataPath(steps []string) lint.Path {
	for len(steps) > 0 && strings.HasPrefix(steps[0], "#") {
		steps = steps[1:]
	}
	var p lint.Path
	n := w.root
	for _, s := range steps {
		if n != nil && n.Kind == values.String && n.Embedded() != nil {
			n = n.Embedded()
		}
		if n != nil && n.Kind == values.List {
			if i, err := strconv.Atoi(s); err == nil {
				p = p.Index(i)
				n = n.Lookup(lint.Path{}.Index(i))
				continue
			}
		}
		if u, err := literal.Unquote(s); err == nil {
			s = u
		}
		p = p.Key(s)
		if n != nil {
			n = n.Lookup(lint.Keys(s))
		}
	}
	return p
}

// expression writes the values as CUE: without what is set aside, with what is
// deleted by null left out, and with what is not known yet as anything at all.
func (w *walker) expression(f *field, n *values.Node, p lint.Path, aside map[string]bool) ast.Expr {
	k := kAll
	if f != nil {
		k = f.shape().kinds()
		if e := w.content(f, n); e != nil {
			n = e
		}
	}
	if n.Unknown() {
		return ast.NewIdent("_")
	}
	child := func(step lint.Step) *field {
		if f == nil {
			return nil
		}
		for _, a := range f.shape().alts {
			if in := a.step(step); in != nil {
				return in
			}
		}
		return nil
	}
	switch n.Kind {
	case values.Map:
		st := &ast.StructLit{}
		for _, fd := range n.Fields {
			at := p.Key(fd.Key)
			if aside[at.String()] {
				continue
			}
			in := child(at.Last())
			if fd.Value.Kind == values.Null && (in == nil || in.shape().kinds()&kNull == 0) {
				continue
			}
			st.Elts = append(st.Elts, &ast.Field{Label: stringLabel(fd.Key), Value: w.expression(in, fd.Value, at, aside)})
		}
		return st
	case values.List:
		l := &ast.ListLit{}
		for i, it := range n.Items {
			at := p.Index(i)
			if aside[at.String()] {
				l.Elts = append(l.Elts, ast.NewIdent("_"))
				continue
			}
			l.Elts = append(l.Elts, w.expression(child(at.Last()), it, at, aside))
		}
		return l
	}
	return dataExpr(n, k&kNumber == kFloat)
}
