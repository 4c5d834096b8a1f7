package cuecheck

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
	"github.com/helmvet/helmvet/internal/values"
)

// The schema is read twice. This file turns CUE's syntax into expressions of
// our own: what a values schema is mostly made of (structs, lists, kinds,
// literals, bounds, patterns, & and |) is understood here, so that a file can
// be walked without CUE's evaluator and no mistake hides another. Whatever is
// not understood is left to CUE: as a test of one value when it stands for
// itself (opCUE), or for the document as a whole when it looks at other keys
// (opCross).

type op uint8

const (
	opTop    op = iota
	opBottom    // _|_
	opKind
	opLit
	opBound
	opAnd
	opOr
	opStruct
	opList
	opRef
	opSize  // strings.MinRunes, list.MaxItems, ...
	opError // error("text")
	opCUE
	opCross
)

// kinds is a set of kinds. Every number is both kInt and kFloat as far as CUE's
// types go, since Helm knows only one kind of number.
type kinds uint8

const (
	kNull kinds = 1 << iota
	kBool
	kInt
	kFloat
	kString
	kMap
	kList

	kNumber = kInt | kFloat
	kScalar = kBool | kNumber | kString
	kAll    = kNull | kScalar | kMap | kList
)

func kindOf(n *values.Node) kinds {
	return [...]kinds{values.Null: kNull, values.Bool: kBool, values.Number: kNumber, values.String: kString, values.Map: kMap, values.List: kList}[n.Kind]
}

type expr struct {
	op    op
	kinds kinds       // that the expression can hold at all
	src   ast.Expr    // for messages and for CUE
	tok   token.Token // of opBound; of opSize LEQ or GEQ
	lit   scalar      // of opLit and opBound
	re    *pattern    // of an opBound with =~ or !~
	args  []*expr     // of opAnd, opOr, and the items of opList
	deflt []bool      // of opOr: which of args are marked *
	rest  *expr       // of an open opList: what the other items are
	str   *structExpr // of opStruct
	def   *definition // of opRef
	size  int         // of opSize
	text  string      // of opError
	cue   int         // of opCUE: index into Schema.leaves
}

// scalar is a concrete value.
type scalar struct {
	kind kinds
	b    bool
	n    float64
	s    string
}

func (s scalar) equal(n *values.Node) bool {
	switch n.Kind {
	case values.Null:
		return s.kind == kNull
	case values.Bool:
		return s.kind == kBool && s.b == n.Bool
	case values.Number:
		return s.kind&kNumber != 0 && s.n == n.Number
	case values.String:
		return s.kind == kString && s.s == n.Str
	}
	return false
}

func (s scalar) String() string {
	switch s.kind {
	case kBool:
		return strconv.FormatBool(s.b)
	case kString:
		return strconv.Quote(s.s)
	case kNull:
		return "null"
	}
	return strconv.FormatFloat(s.n, 'f', -1, 64)
}

// pattern is a regular expression that is compiled when first needed: most
// patterns of a schema never meet a value. A broken one is for Verify to tell,
// and no fault of the values.
type pattern struct {
	text string
	once sync.Once
	re   *regexp.Regexp
	err  error
}

func (p *pattern) match(s string) bool {
	p.once.Do(func() { p.re, p.err = regexp.Compile(p.text) })
	return p.err != nil || p.re.MatchString(s)
}

type structExpr struct {
	fields   []*fieldExpr
	patterns []*fieldExpr // label is set
	embeds   []*expr
	open     bool
	dynamic  bool // has fields that only CUE can tell
}

type fieldExpr struct {
	name  string
	label *expr // of a pattern
	need  need
	value *expr
	attrs attrs
	doc   string
	pos   token.Pos
}

// need says whether a field must be there. CUE's regular fields (`a: string`)
// are there by themselves and must be concrete in the end.
type need uint8

const (
	optional need = iota
	regular
	required
)

// definition is a name of the package.
type definition struct {
	name   string
	decls  []*ast.Field
	expr   *expr
	attrs  attrs
	doc    string
	isDef  bool // a #definition, which closes what it holds
	active bool // being compiled
}

// compiler turns syntax into expressions.
type compiler struct {
	pack   string
	defs   map[string]*definition
	leaves []ast.Expr
	cross  bool
	errs   []error
}

func (c *compiler) errorf(p token.Pos, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s: %s", position(p), fmt.Sprintf(format, args...)))
}

func (c *compiler) definition(name string) *definition {
	d := c.defs[name]
	if d == nil || d.active || d.expr != nil {
		return d
	}
	d.active = true
	d.expr = &expr{}
	whole := &expr{op: opAnd, kinds: kAll}
	for i, f := range d.decls {
		e := c.expr(f.Value)
		whole.args = append(whole.args, e)
		whole.kinds &= e.kinds
		a := c.attrs(f)
		if i == 0 {
			d.attrs, d.doc = a, docOf(f)
		} else {
			d.attrs = d.attrs.beside(a)
		}
	}
	if len(whole.args) == 1 {
		whole = whole.args[0]
	}
	*d.expr = *whole
	d.active = false
	return d
}

func (c *compiler) attrs(f *ast.Field) attrs {
	a, err := readAttrs(c.pack, f.Attrs)
	if err != nil {
		c.errorf(f.Pos(), "%v", err)
	}
	return a
}

func docOf(f *ast.Field) string {
	for _, g := range ast.Comments(f) {
		if g.Doc {
			return strings.TrimSpace(g.Text())
		}
	}
	return ""
}

// predeclared are CUE's names for kinds and for ranges of whole numbers.
var predeclared = map[string]expr{
	"_":      {op: opTop, kinds: kAll},
	"string": {op: opKind, kinds: kString},
	"bool":   {op: opKind, kinds: kBool},
	"int":    {op: opKind, kinds: kInt},
	"float":  {op: opKind, kinds: kFloat},
	"number": {op: opKind, kinds: kNumber},
}

var ranges = map[string][2]float64{
	"uint8": {0, 1<<8 - 1}, "uint16": {0, 1<<16 - 1}, "uint32": {0, 1<<32 - 1},
	"int8": {-1 << 7, 1<<7 - 1}, "int16": {-1 << 15, 1<<15 - 1}, "int32": {-1 << 31, 1<<31 - 1},
	"rune": {0, 0x10FFFF},
}

func (c *compiler) expr(x ast.Expr) *expr {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return c.expr(x.X)
	case *ast.BottomLit:
		return &expr{op: opBottom, src: x}
	case *ast.BasicLit:
		if s, ok := readScalar(x); ok {
			return &expr{op: opLit, kinds: s.kind, lit: s, src: x}
		}
	case *ast.Ident:
		return c.ident(x)
	case *ast.UnaryExpr:
		return c.unary(x)
	case *ast.BinaryExpr:
		switch x.Op {
		case token.AND:
			e := &expr{op: opAnd, kinds: kAll, src: x}
			for _, a := range operands(x, token.AND) {
				e.args = append(e.args, c.expr(a))
				e.kinds &= e.args[len(e.args)-1].kinds
			}
			return e
		case token.OR:
			e := &expr{op: opOr, src: x}
			for _, a := range operands(x, token.OR) {
				marked := false
				if u, ok := a.(*ast.UnaryExpr); ok && u.Op == token.MUL {
					a, marked = u.X, true
				}
				v := c.expr(a)
				e.args, e.deflt = append(e.args, v), append(e.deflt, marked)
				e.kinds |= v.kinds
			}
			return e
		}
	case *ast.StructLit:
		return &expr{op: opStruct, kinds: kMap, str: c.structure(x), src: x}
	case *ast.ListLit:
		return c.list(x)
	case *ast.CallExpr:
		return c.call(x)
	}
	return c.foreign(x, kAll)
}

// operands flattens a chain of the same operator.
func operands(x *ast.BinaryExpr, op token.Token) []ast.Expr {
	var out []ast.Expr
	var add func(ast.Expr)
	add = func(e ast.Expr) {
		inner := e
		for {
			p, ok := inner.(*ast.ParenExpr)
			if !ok {
				break
			}
			inner = p.X
		}
		if b, ok := inner.(*ast.BinaryExpr); ok && b.Op == op {
			add(b.X)
			add(b.Y)
			return
		}
		out = append(out, e)
	}
	add(x)
	return out
}

func readScalar(x *ast.BasicLit) (scalar, bool) {
	switch x.Kind {
	case token.NULL:
		return scalar{kind: kNull}, true
	case token.TRUE, token.FALSE:
		return scalar{kind: kBool, b: x.Kind == token.TRUE}, true
	case token.STRING:
		if strings.HasPrefix(strings.TrimLeft(x.Value, "#"), "'") {
			return scalar{}, false // bytes
		}
		s, err := literal.Unquote(x.Value)
		return scalar{kind: kString, s: s}, err == nil
	case token.INT, token.FLOAT:
		var n literal.NumInfo
		if err := literal.ParseNum(x.Value, &n); err != nil {
			return scalar{}, false
		}
		f, err := strconv.ParseFloat(n.String(), 64)
		k := kNumber
		if x.Kind == token.INT {
			k = kInt
		}
		return scalar{kind: k, n: f}, err == nil
	}
	return scalar{}, false
}

func (c *compiler) ident(x *ast.Ident) *expr {
	switch x.Scope.(type) {
	case nil, *ast.File:
	default:
		return c.crossing(x)
	}
	if d := c.definition(x.Name); d != nil && !isImport(x.Node) {
		return &expr{op: opRef, kinds: kAll, def: d, src: x}
	}
	if x.Node == nil {
		if p, ok := predeclared[x.Name]; ok {
			p.src = x
			return &p
		}
		if r, ok := ranges[x.Name]; ok {
			return c.intRange(x, &r[0], &r[1])
		}
		switch x.Name {
		case "uint":
			zero := 0.0
			return c.intRange(x, &zero, nil)
		case "bytes", "int64", "uint64", "int128", "uint128", "float32", "float64",
			"__string", "__bool", "__int", "__float", "__number", "__bytes":
			return c.foreign(x, kAll)
		}
		c.errorf(x.Pos(), "reference %q is not defined in the package; define it or mend the name%s", x.Name, c.meant(x.Name))
		return &expr{op: opTop, kinds: kAll, src: x}
	}
	return c.crossing(x) // let clauses and aliases of the file
}

func (c *compiler) meant(name string) string {
	names := make([]string, 0, len(c.defs))
	for n := range c.defs {
		names = append(names, n)
	}
	if near := nearest(name, names); near != "" {
		return fmt.Sprintf(" (did you mean %s?)", near)
	}
	return ""
}

func isImport(n ast.Node) bool {
	_, ok := n.(*ast.ImportSpec)
	return ok
}

func (c *compiler) intRange(x ast.Expr, lo, hi *float64) *expr {
	e := &expr{op: opAnd, kinds: kInt, src: x, args: []*expr{{op: opKind, kinds: kInt, src: x}}}
	if lo != nil {
		e.args = append(e.args, &expr{op: opBound, kinds: kNumber, tok: token.GEQ, lit: scalar{kind: kInt, n: *lo}, src: x})
	}
	if hi != nil {
		e.args = append(e.args, &expr{op: opBound, kinds: kNumber, tok: token.LEQ, lit: scalar{kind: kInt, n: *hi}, src: x})
	}
	return e
}

func (c *compiler) unary(x *ast.UnaryExpr) *expr {
	switch x.Op {
	case token.ADD, token.SUB:
		if v := c.concrete(x); v != nil {
			return &expr{op: opLit, kinds: v.kind, lit: *v, src: x}
		}
	case token.LSS, token.LEQ, token.GTR, token.GEQ, token.NEQ, token.MAT, token.NMAT:
		v := c.concrete(x.X)
		if v == nil {
			break
		}
		e := &expr{op: opBound, tok: x.Op, lit: *v, src: x}
		switch v.kind {
		case kString:
			e.kinds = kString
		case kNull:
			if x.Op != token.NEQ {
				return c.foreign(x, kAll)
			}
			e.kinds = kAll &^ kNull
		case kBool:
			e.kinds = kBool
		default:
			e.kinds = kNumber
		}
		if x.Op == token.MAT || x.Op == token.NMAT {
			if v.kind != kString {
				return c.foreign(x, kAll)
			}
			e.re = &pattern{text: v.s}
		}
		return e
	}
	return c.foreign(x, kAll)
}

// concrete returns the value of a literal, or of a name that stands for one.
func (c *compiler) concrete(x ast.Expr) *scalar {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return c.concrete(x.X)
	case *ast.UnaryExpr:
		if v := c.concrete(x.X); v != nil && v.kind&kNumber != 0 {
			n := *v
			if x.Op == token.SUB {
				n.n = -n.n
				return &n
			}
			if x.Op == token.ADD {
				return &n
			}
		}
	case *ast.BasicLit, *ast.Ident:
		e := c.expr(x)
		for e.op == opRef {
			e = e.def.expr
		}
		if e.op == opLit {
			return &e.lit
		}
	}
	return nil
}

func (c *compiler) list(x *ast.ListLit) *expr {
	e := &expr{op: opList, kinds: kList, src: x}
	for _, it := range x.Elts {
		switch it := it.(type) {
		case *ast.Ellipsis:
			e.rest = &expr{op: opTop, kinds: kAll}
			if it.Type != nil {
				e.rest = c.expr(it.Type)
			}
		case *ast.Comprehension:
			return c.foreign(x, kList)
		default:
			e.args = append(e.args, c.expr(it))
		}
	}
	return e
}

func (c *compiler) structure(x *ast.StructLit) *structExpr {
	s := &structExpr{}
	for _, d := range x.Elts {
		switch d := d.(type) {
		case *ast.Field:
			c.field(s, d)
		case *ast.Ellipsis:
			s.open = true
		case *ast.EmbedDecl:
			s.embeds = append(s.embeds, c.expr(d.Expr))
		case *ast.Comprehension:
			s.dynamic = true
			c.cross = true
		case *ast.LetClause, *ast.Alias:
			c.cross = true
		}
	}
	return s
}

func (c *compiler) field(s *structExpr, d *ast.Field) {
	f := &fieldExpr{attrs: c.attrs(d), doc: docOf(d), pos: d.Pos()}
	if d.Alias != nil {
		c.cross = true
	}
	switch d.Constraint {
	case token.OPTION:
		f.need = optional
	case token.NOT:
		f.need = required
	default:
		f.need = regular
	}
	label := d.Label
	if a, ok := label.(*ast.Alias); ok {
		c.cross = true
		l, ok := a.Expr.(ast.Label)
		if !ok {
			s.dynamic = true
			return
		}
		label = l
	}
	if l, ok := label.(*ast.ListLit); ok && len(l.Elts) == 1 {
		key := l.Elts[0]
		if a, ok := key.(*ast.Alias); ok {
			c.cross = true
			key = a.Expr
		}
		f.label, f.need, f.value = c.expr(key), optional, c.expr(d.Value)
		s.patterns = append(s.patterns, f)
		return
	}
	name, isIdent, err := ast.LabelName(label)
	if err != nil {
		s.dynamic, c.cross = true, true
		return
	}
	if isIdent && (strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_")) {
		return // no key of the data
	}
	f.name, f.value = name, c.expr(d.Value)
	s.fields = append(s.fields, f)
}

func (c *compiler) call(x *ast.CallExpr) *expr {
	switch f := x.Fun.(type) {
	case *ast.Ident:
		if f.Node == nil && f.Name == "error" && len(x.Args) == 1 {
			if v := c.concrete(x.Args[0]); v != nil && v.kind == kString {
				return &expr{op: opError, text: v.s, src: x}
			}
		}
	case *ast.SelectorExpr:
		pkg, ok := f.X.(*ast.Ident)
		name, _, err := ast.LabelName(f.Sel)
		if !ok || err != nil || !isImport(pkg.Node) {
			break
		}
		switch spec := pkg.Node.(*ast.ImportSpec); spec.Path.Value + "." + name {
		case `"strings".MinRunes`, `"strings".MaxRunes`, `"list".MinItems`, `"list".MaxItems`:
			if len(x.Args) != 1 {
				break
			}
			v := c.concrete(x.Args[0])
			if v == nil || v.kind != kInt {
				break
			}
			e := &expr{op: opSize, kinds: kList, size: int(v.n), tok: token.GEQ, src: x}
			if spec.Path.Value == `"strings"` {
				e.kinds = kString
			}
			if strings.HasPrefix(name, "Max") {
				e.tok = token.LEQ
			}
			return e
		default:
			if spec.Path.Value == `"strings"` {
				return c.foreign(x, kString)
			}
		}
	}
	return c.foreign(x, kAll)
}

// foreign leaves an expression to CUE, by itself if it looks at nothing else.
func (c *compiler) foreign(x ast.Expr, k kinds) *expr {
	crosses := false
	ast.Walk(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			switch n.Scope.(type) {
			case nil, *ast.File:
				if n.Node == nil {
					c.definition(n.Name)
				}
			default:
				crosses = true
			}
		case *ast.Comprehension, *ast.LetClause:
			crosses = true
		}
		return !crosses
	}, nil)
	if crosses {
		return c.crossing(x)
	}
	c.leaves = append(c.leaves, x)
	return &expr{op: opCUE, kinds: k, cue: len(c.leaves) - 1, src: x}
}

func (c *compiler) crossing(x ast.Expr) *expr {
	c.cross = true
	return &expr{op: opCross, kinds: kAll, src: x}
}
