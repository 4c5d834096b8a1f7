package cuecheck

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"unicode/utf8"

	"cuelang.org/go/cue/token"
	"github.com/helmvet/helmvet/internal/values"
)

// shape is what the schema says of one place: alternatives, of which a value
// has to fit one. `string & ("a" | "b")` has the alternatives string & "a" and
// string & "b".
type shape struct {
	alts   []*alt
	common []*definition // that every alternative refers to
	text   string        // of error("...") among the alternatives
}

// alt is one alternative: everything in it has to hold at once.
type alt struct {
	kinds   kinds
	tests   []*expr // opLit, opBound, opSize and opCUE
	structs []boundStruct
	lists   []boundExpr // list literals
	defs    []*definition
	deflt   bool // marked *
	cross   bool // something only the whole document can tell

	viewOnce sync.Once
	v        *view
	listOnce sync.Once
	l        *listView
}

// closer stands for one use of a definition. A definition refuses the keys that
// nothing in it names: not any one struct of it, but all of them together.
type closer struct{ _ byte } // of some size, so that each has its own address

// boundStruct is a struct with the definitions that it is part of.
type boundStruct struct {
	*structExpr
	in []*closer
	// here holds definitions that the struct embeds: they let its keys pass, but
	// have no say about what lies below those.
	here []*closer
}

type boundExpr struct {
	*expr
	in []*closer
}

// maxAlts bounds how far alternatives are multiplied out; a schema beyond that
// is left to CUE.
const maxAlts = 256

// alternatives multiplies an expression out.
func alternatives(e *expr, in []*closer, depth int) []*alt {
	if depth > 100 { // a definition that is itself
		return []*alt{{kinds: kAll, cross: true}}
	}
	switch e.op {
	case opTop:
		return []*alt{{kinds: kAll}}
	case opBottom, opError:
		return nil
	case opKind:
		return []*alt{{kinds: e.kinds}}
	case opLit, opBound, opSize, opCUE:
		return []*alt{{kinds: e.kinds, tests: []*expr{e}}}
	case opCross:
		return []*alt{{kinds: kAll, cross: true}}
	case opAnd:
		out := []*alt{{kinds: kAll}}
		for _, a := range e.args {
			out = product(out, alternatives(a, in, depth+1))
		}
		return out
	case opOr:
		var out []*alt
		for i, a := range e.args {
			for _, b := range alternatives(a, in, depth+1) {
				if e.deflt[i] {
					b.deflt = true
				}
				out = append(out, b)
			}
		}
		return out
	case opRef:
		if e.def.isDef {
			in = append(slices.Clip(in), &closer{})
		}
		out := alternatives(e.def.expr, in, depth+1)
		for _, a := range out {
			a.defs = append([]*definition{e.def}, a.defs...)
		}
		return out
	case opList:
		return []*alt{{kinds: kList, lists: []boundExpr{{e, in}}}}
	case opStruct:
		return structAlternatives(e.str, in, depth)
	}
	return nil
}

func structAlternatives(s *structExpr, in []*closer, depth int) []*alt {
	out := []*alt{{kinds: kMap, structs: []boundStruct{{structExpr: s, in: in}}, cross: s.dynamic}}
	for _, e := range s.embeds {
		var next []*alt
		for _, b := range alternatives(e, in, depth+1) {
			if b.kinds&kMap == 0 || len(b.tests) > 0 || len(b.lists) > 0 {
				return []*alt{{kinds: kAll, cross: true}} // an embedded scalar: CUE knows
			}
			for _, a := range out {
				next = append(next, embed(a, b))
			}
		}
		if len(next) > maxAlts {
			return []*alt{{kinds: kAll, cross: true}}
		}
		out = next
	}
	return out
}

// embed puts the structs of b beside the one of a, which embeds them.
func embed(a, b *alt) *alt {
	own := slices.Clone(a.structs)
	for _, s := range b.structs {
		for _, c := range append(slices.Clip(s.in), s.here...) {
			for i := range own {
				if !slices.Contains(own[i].in, c) && !slices.Contains(own[i].here, c) {
					own[i].here = append(slices.Clip(own[i].here), c)
				}
			}
		}
	}
	return &alt{
		kinds: kMap, structs: append(own, b.structs...), cross: a.cross || b.cross,
		defs: append(slices.Clip(a.defs), b.defs...), deflt: a.deflt || b.deflt,
	}
}

func product(as, bs []*alt) []*alt {
	if len(as)*len(bs) > maxAlts {
		return []*alt{{kinds: kAll, cross: true}}
	}
	out := make([]*alt, 0, len(as)*len(bs))
	for _, a := range as {
		for _, b := range bs {
			k := a.kinds & b.kinds
			if k == 0 || contradict(a.tests, b.tests) {
				continue
			}
			out = append(out, &alt{
				kinds:   k,
				tests:   append(slices.Clip(a.tests), b.tests...),
				structs: append(slices.Clip(a.structs), b.structs...),
				lists:   append(slices.Clip(a.lists), b.lists...),
				defs:    append(slices.Clip(a.defs), b.defs...),
				deflt:   a.deflt || b.deflt,
				cross:   a.cross || b.cross,
			})
		}
	}
	return out
}

func contradict(a, b []*expr) bool {
	for _, x := range a {
		for _, y := range b {
			if x.op == opLit && y.op == opLit && (x.kinds&y.kinds == 0 || x.lit.b != y.lit.b || x.lit.n != y.lit.n || x.lit.s != y.lit.s) {
				return true
			}
		}
	}
	return false
}

func newShape(parts []boundExpr) *shape {
	as := []*alt{{kinds: kAll}}
	s := &shape{}
	for _, p := range parts {
		as = product(as, alternatives(p.expr, p.in, 0))
		if s.text == "" {
			s.text = errorText(p.expr, 0)
		}
	}
	s.alts = as
	for i, a := range as {
		if i == 0 {
			s.common = slices.Clone(a.defs)
			continue
		}
		s.common = slices.DeleteFunc(s.common, func(d *definition) bool { return !slices.Contains(a.defs, d) })
	}
	return s
}

func errorText(e *expr, depth int) string {
	switch e.op {
	case opError:
		return e.text
	case opRef:
		if depth < 100 {
			return errorText(e.def.expr, depth+1)
		}
	case opOr, opAnd:
		for _, a := range e.args {
			if t := errorText(a, depth+1); t != "" {
				return t
			}
		}
	}
	return ""
}

func (s *shape) kinds() kinds {
	var k kinds
	for _, a := range s.alts {
		k |= a.kinds
	}
	return k
}

// view is what an alternative says of the keys of a mapping.
type view struct {
	fields   map[string]*field
	order    []*field
	patterns []*patternField
	closed   []closure
	dynamic  bool

	mu     sync.Mutex
	extras map[uint64]*field // fields of keys that only patterns match
}

// closure is what one definition lets pass: fields and patterns by number.
type closure struct {
	fields   map[string]bool
	patterns uint64
}

type patternField struct {
	label *shape
	expr  *fieldExpr
	in    []*closer
}

// field is one key that the schema knows, with all that it says of it.
type field struct {
	name    string
	need    need
	own     attrs
	doc     string
	pos     token.Pos
	parts   []boundExpr
	pattern bool // the name is not in the schema, only a pattern for it

	once sync.Once
	sh   *shape
	eff  attrs
}

// shape and the attributes in force are worked out when first asked for, so
// that a schema costs what the data touches, and may be recursive.
func (f *field) shape() *shape {
	f.once.Do(f.build)
	return f.sh
}

func (f *field) attrs() *attrs {
	f.once.Do(f.build)
	return &f.eff
}

func (f *field) build() {
	f.sh = newShape(f.parts)
	f.eff = f.own
	for _, d := range f.sh.common {
		f.eff = f.eff.under(d.attrs)
		if f.doc == "" && f.eff.expect == "" {
			f.doc = d.doc
		}
	}
}

func (a *alt) view() *view {
	a.viewOnce.Do(func() { a.v = newView(a.structs) })
	return a.v
}

func newView(structs []boundStruct) *view {
	v := &view{fields: map[string]*field{}}
	first := make([]int, len(structs)) // number of each struct's first pattern
	for i, s := range structs {
		v.dynamic = v.dynamic || s.dynamic
		first[i] = len(v.patterns)
		for _, p := range s.patterns {
			v.patterns = append(v.patterns, &patternField{label: newShape([]boundExpr{{expr: p.label}}), expr: p, in: s.in})
		}
		for _, fe := range s.fields {
			f := v.fields[fe.name]
			if f == nil {
				f = &field{name: fe.name, own: fe.attrs, doc: fe.doc, pos: fe.pos}
				v.fields[fe.name] = f
				v.order = append(v.order, f)
			} else {
				f.own = f.own.beside(fe.attrs)
				if f.doc == "" {
					f.doc = fe.doc
				}
			}
			f.need = max(f.need, fe.need)
			f.parts = append(f.parts, boundExpr{fe.value, s.in})
		}
	}
	for _, f := range v.order {
		for _, p := range v.patterns {
			if p.matches(f.name) {
				f.parts = append(f.parts, boundExpr{p.expr.value, p.in})
			}
		}
	}
	if v.close(structs, first); len(v.patterns) > 64 {
		v.closed = nil // no schema has so many; let the rest pass
	}
	return v
}

// close works out what each definition lets pass.
func (v *view) close(structs []boundStruct, first []int) {
	var all []*closer
	for _, s := range structs {
		for _, c := range append(slices.Clip(s.in), s.here...) {
			if !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	for _, c := range all {
		cl, open := closure{fields: map[string]bool{}}, false
		for i, s := range structs {
			if !slices.Contains(s.in, c) && !slices.Contains(s.here, c) {
				continue
			}
			open = open || s.open
			for _, f := range s.fields {
				cl.fields[f.name] = true
			}
			for k := range s.patterns {
				cl.patterns |= 1 << (first[i] + k)
			}
		}
		if !open {
			v.closed = append(v.closed, cl)
		}
	}
}

func (p *patternField) matches(key string) bool {
	return slices.ContainsFunc(p.label.alts, func(a *alt) bool { return a.cross || a.acceptsString(key) })
}

// get returns the field of a key, or nil; known tells whether the key may be
// there at all.
func (v *view) get(key string) (f *field, known bool) {
	f = v.fields[key]
	var mask uint64
	for i, p := range v.patterns {
		if i < 64 && p.matches(key) {
			mask |= 1 << i
		}
	}
	for _, c := range v.closed {
		if !c.fields[key] && c.patterns&mask == 0 {
			return f, false
		}
	}
	if f != nil || mask == 0 {
		return f, true
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if f = v.extras[mask]; f != nil {
		return f, true
	}
	f = &field{name: "*", pattern: true}
	for i, p := range v.patterns {
		if mask&(1<<i) == 0 {
			continue
		}
		f.parts = append(f.parts, boundExpr{p.expr.value, p.in})
		f.own = f.own.beside(p.expr.attrs)
		if f.doc == "" {
			f.doc = p.expr.doc
		}
		f.pos = p.expr.pos
	}
	if v.extras == nil {
		v.extras = map[uint64]*field{}
	}
	v.extras[mask] = f
	return f, true
}

// listView is what an alternative says of the items of a list.
type listView struct {
	items    []*field
	rest     *field // nil when the list has a fixed length
	min, max int    // max is -1 when there is none
	free     bool   // nothing is said of the items
}

func (a *alt) list() *listView {
	a.listOnce.Do(func() { a.l = newListView(a.lists) })
	return a.l
}

func newListView(lists []boundExpr) *listView {
	l := &listView{max: -1, free: len(lists) == 0}
	n := 0
	for _, e := range lists {
		n = max(n, len(e.args))
		l.min = max(l.min, len(e.args))
		if e.rest == nil && (l.max < 0 || len(e.args) < l.max) {
			l.max = len(e.args)
		}
	}
	at := func(i int) *field {
		f := &field{name: "[]", need: regular}
		for _, e := range lists {
			switch {
			case i < len(e.args):
				f.parts = append(f.parts, boundExpr{e.args[i], e.in})
			case e.rest != nil:
				f.parts = append(f.parts, boundExpr{e.rest, e.in})
			}
		}
		return f
	}
	for i := range n {
		l.items = append(l.items, at(i))
	}
	if l.max < 0 {
		l.rest = at(n)
	}
	return l
}

func (l *listView) item(i int) *field {
	if i < len(l.items) {
		return l.items[i]
	}
	return l.rest
}

// fits reports whether a scalar has the right kind for the alternative.
func (a *alt) fits(n *values.Node) bool {
	k := kindOf(n)
	if a.kinds&k == 0 {
		return false
	}
	if n.Kind == values.Number && a.kinds&kFloat == 0 {
		return n.Number == math.Trunc(n.Number)
	}
	return true
}

func (a *alt) acceptsString(s string) bool {
	return a.holds(&values.Node{Kind: values.String, Str: s}, nil)
}

// holds reports whether a scalar, or the outside of a list, fits the
// alternative. Tests that only CUE can make are put to it; without it they are
// taken to hold.
func (a *alt) holds(n *values.Node, cue func(leaf int, n *values.Node) bool) bool {
	if !a.fits(n) {
		return false
	}
	for _, t := range a.tests {
		if !t.holds(n, cue) {
			return false
		}
	}
	return true
}

func (t *expr) holds(n *values.Node, cue func(int, *values.Node) bool) bool {
	switch t.op {
	case opLit:
		return t.lit.equal(n)
	case opBound:
		return t.inBound(n)
	case opSize:
		size := len(n.Items)
		if n.Kind == values.String {
			size = utf8.RuneCountInString(n.Str)
		}
		if t.tok == token.GEQ {
			return size >= t.size
		}
		return size <= t.size
	case opCUE:
		return cue == nil || cue(t.cue, n)
	}
	return true
}

func (t *expr) inBound(n *values.Node) bool {
	if t.tok == token.NEQ && t.lit.kind == kNull {
		return n.Kind != values.Null
	}
	var order int
	switch n.Kind {
	case values.Bool:
		return t.tok == token.NEQ && n.Bool != t.lit.b
	case values.Number:
		order = cmp.Compare(n.Number, t.lit.n)
	case values.String:
		switch t.tok {
		case token.MAT:
			return t.re.match(n.Str)
		case token.NMAT:
			return !t.re.match(n.Str) || t.re.err != nil
		}
		order = cmp.Compare(n.Str, t.lit.s)
	default:
		return false
	}
	switch t.tok {
	case token.LSS:
		return order < 0
	case token.LEQ:
		return order <= 0
	case token.GTR:
		return order > 0
	case token.GEQ:
		return order >= 0
	case token.NEQ:
		return order != 0
	}
	return false
}
