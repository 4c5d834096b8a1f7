package cuecheck

import (
	"cmp"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Options say how much of a release the values are.
type Options struct {
	// Whole values are all of a release, so that what is missing is a finding.
	Whole bool
}

// Result is what a schema has to say about values.
type Result struct {
	Findings []lint.Finding // sorted
	// Missing lists the required keys that are absent from values that are not
	// whole, in the order of the schema. What a list item lacks is a finding in
	// any case: lists replace, so nothing can add to an item.
	Missing []Missing
}

// Missing is a required key that the values do not have.
type Missing struct {
	Path  lint.Path
	Facts []string
}

// Check judges values. The root has to be a mapping; anything else is the
// business of whoever read the file. Placeholders that nothing has filled in
// fit everything.
func (s *Schema) Check(root *values.Node, o Options) Result {
	if s == nil || s.root == nil || root == nil || root.Kind != values.Map {
		return Result{}
	}
	w := &walker{s: s, opts: o, root: root}
	w.findMisplaced()
	w.visit(&scope{f: s.root, a: *s.root.attrs(), closed: s.root.attrs().unknown}, root)
	if s.cross {
		w.settle()
	}
	r := Result{Missing: w.missing}
	for _, f := range w.found {
		if f.Severity != lint.Off {
			r.Findings = append(r.Findings, f.Finding)
		}
	}
	r.Findings = lint.Sort(r.Findings)
	return r
}

// walker is one walk of values along a schema.
type walker struct {
	s    *Schema
	opts Options
	root *values.Node

	path    lint.Path // where we are; cloned before it is kept
	lists   int       // how many lists we are in
	foreign int       // > 0 in text whose positions are not exact

	found     []located
	missing   []Missing
	explained map[*values.Field]bool // misplaced keys, reported already
	within    map[*values.Node]bool  // mappings that hold some of those
}

// located is a finding on its way out.
type located struct {
	lint.Finding
	candidate bool // an unknown key that CUE may yet allow
}

// scope is a field with what applies to it here: what items and keys of a
// pattern take over from the field they are in.
type scope struct {
	f      *field
	a      attrs
	secret bool
	item   bool // of a list
	closed *unknownAttr
}

func (sc *scope) child(f *field, item bool) *scope {
	a := *f.attrs()
	c := &scope{f: f, item: item, closed: cmp.Or(a.unknown, sc.closed)}
	own := a.secret
	if item || f.pattern {
		if a.rule == "" {
			a.rule = sc.a.rule
		}
		if a.severity == nil {
			a.severity = sc.a.severity
		}
		if len(a.facts) == 0 {
			a.facts = sc.a.facts
		}
	}
	c.secret = own || sc.secret && (item || f.pattern || sc.f.shape().kinds()&kScalar == 0)
	c.a = a
	return c
}

func (w *walker) at(step lint.Step, do func()) {
	w.path = append(w.path, step)
	do()
	w.path = w.path[:len(w.path)-1]
}

func (w *walker) here() lint.Path { return slices.Clone(w.path) }

// content returns the YAML inside a string of a @yaml field.
func (w *walker) content(f *field, n *values.Node) *values.Node {
	if n.Kind != values.String || !f.attrs().yaml {
		return nil
	}
	if e := n.Embedded(); e != nil {
		return e
	}
	if t := strings.TrimSpace(n.Str); strings.HasPrefix(t, "[") || strings.HasPrefix(t, "{") {
		if in := readYAML(t); in != nil && (in.Kind == values.Map || in.Kind == values.List) {
			return moved(in, n.Span)
		}
	}
	return nil
}

// readYAML reads one flow collection or plain word as Helm would; nil when it
// is none.
func readYAML(text string) *values.Node {
	d := values.Parse("", []byte("value: "+text), values.DefaultLimits)
	if len(d.Problems) > 0 || len(d.Roots) != 1 || len(d.Roots[0].Fields) != 1 {
		return nil
	}
	return d.Roots[0].Fields[0].Value
}

// moved copies a tree to one place: text in one line of quotes has no
// positions of its own.
func moved(n *values.Node, at lint.Span) *values.Node {
	c := &values.Node{Kind: n.Kind, Bool: n.Bool, IsInt: n.IsInt, Number: n.Number, Int: n.Int, Str: n.Str, Text: n.Text, Style: n.Style, Span: at}
	for _, f := range n.Fields {
		c.Fields = append(c.Fields, &values.Field{Key: f.Key, KeyText: f.KeyText, KeySpan: at, Quoted: f.Quoted, Merged: f.Merged, Value: moved(f.Value, at)})
	}
	for _, it := range n.Items {
		c.Items = append(c.Items, moved(it, at))
	}
	return c
}

func (w *walker) visit(sc *scope, n *values.Node) {
	sh := sc.f.shape()
	if n.Alias {
		w.foreign++
		defer func() { w.foreign-- }()
	}
	if sc.a.yaml && n.Kind == values.String && !w.fitsScalar(sh, n) {
		switch e := w.content(sc.f, n); {
		case e != nil:
			if n.Style != values.Literal {
				w.foreign++
				defer func() { w.foreign-- }()
			}
			n = e
		case strings.TrimSpace(n.Str) == "":
			if n.Style == values.Literal || n.Style == values.Folded {
				w.emptyBlock(sc, n)
			}
			return
		case n.Unknown():
			return
		default:
			if probs := n.EmbeddedProblems(); len(probs) > 0 {
				w.brokenYAML(sc, probs)
				return
			}
		}
	}
	if n.Unknown() {
		return
	}
	if n.Kind == values.Null {
		w.null(sc, n)
		return
	}
	var fit []*alt
	for _, a := range sh.alts {
		if a.kinds&kindOf(n) != 0 {
			fit = append(fit, a)
		}
	}
	if len(fit) == 0 {
		if n.Kind == values.Map && w.allExplained(n) {
			return
		}
		w.wrongKind(sc, n)
		return
	}
	switch n.Kind {
	case values.Map:
		w.collection(sc, fit, n, w.mapping)
	case values.List:
		w.collection(sc, fit, n, w.list)
	default:
		if !slices.ContainsFunc(fit, func(a *alt) bool { return a.holds(n, w.s.accepts) }) {
			w.wrongScalar(sc, fit, n)
		}
	}
}

func (w *walker) fitsScalar(sh *shape, n *values.Node) bool {
	return slices.ContainsFunc(sh.alts, func(a *alt) bool { return a.kinds&kString != 0 && a.holds(n, w.s.accepts) })
}

// collection walks into the alternative that fits best, so that the findings
// are about what was meant.
func (w *walker) collection(sc *scope, fit []*alt, n *values.Node, walk func(*scope, *alt, *values.Node)) {
	whole := func(a *alt) {
		for _, t := range a.tests {
			if !t.holds(n, w.s.accepts) {
				w.wrongWhole(sc, t, n)
			}
		}
		walk(sc, a, n)
	}
	if len(fit) == 1 {
		whole(fit[0])
		return
	}
	found, missing := len(w.found), len(w.missing)
	least := -1
	var bestFound []located
	var bestMissing []Missing
	for _, a := range fit {
		if a.kinds == kAll && len(a.structs) == 0 && !a.cross && len(a.tests) == 0 {
			w.found, w.missing = w.found[:found], w.missing[:missing]
			return // anything goes
		}
		whole(a)
		score := w.distance(a, n, w.found[found:], len(w.missing)-missing)
		if least < 0 || score < least {
			least = score
			bestFound, bestMissing = slices.Clone(w.found[found:]), slices.Clone(w.missing[missing:])
		}
		w.found, w.missing = w.found[:found], w.missing[:missing]
	}
	w.found = append(w.found, bestFound...)
	w.missing = append(w.missing, bestMissing...)
}

// distance tells how far values are from an alternative. A field whose value
// the schema fixes (`kind: "a"`) is what tells alternatives apart.
func (w *walker) distance(a *alt, n *values.Node, found []located, missing int) int {
	d := 3 * missing
	for _, f := range found {
		switch strings.TrimPrefix(f.Rule, w.s.name+"/") {
		case UnknownKey, MisplacedKey:
			d += 5 // the key of another alternative
		case MissingKey:
			d += 3
		default:
			d += 4
		}
	}
	if n.Kind != values.Map || len(a.structs) == 0 {
		return d
	}
	for _, f := range a.view().order {
		sh := f.shape()
		if len(sh.alts) != 1 || len(sh.alts[0].tests) != 1 || sh.alts[0].tests[0].op != opLit {
			continue
		}
		if v := n.Get(f.name); v != nil {
			if sh.alts[0].tests[0].lit.equal(v.Value) {
				d -= 20
			} else {
				d += 20
			}
		}
	}
	return max(d, 0)
}

func (w *walker) mapping(sc *scope, a *alt, n *values.Node) {
	v := a.view()
	for _, f := range v.order {
		if f.need != optional && n.Get(f.name) == nil {
			w.at(lint.Step{Key: f.name}, func() { w.absent(f) })
		}
	}
	for i, fd := range n.Fields {
		if w.explained[fd] {
			continue
		}
		f, known := v.get(fd.Key)
		w.at(lint.Step{Key: fd.Key}, func() {
			switch {
			case !known:
				w.unknown(sc, v, n, i, a.cross || v.dynamic)
			case f != nil:
				w.visitField(sc.child(f, false), v, fd, n, i)
			}
		})
	}
}

func (w *walker) visitField(sc *scope, v *view, fd *values.Field, parent *values.Node, i int) {
	if fd.Merged {
		w.foreign++
		defer func() { w.foreign-- }()
	}
	if fd.Value.Kind == values.Null && sc.a.null != nil && sc.f.shape().kinds()&kNull == 0 {
		w.nullValue(sc, v, fd, parent, i)
		return
	}
	w.visit(sc, fd.Value)
}

func (w *walker) list(sc *scope, a *alt, n *values.Node) {
	l := a.list()
	if l.free {
		return
	}
	if len(n.Items) < l.min || l.max >= 0 && len(n.Items) > l.max {
		w.wrongLength(sc, l, n)
	}
	w.lists++
	for i, it := range n.Items {
		if f := l.item(i); f != nil {
			w.at(lint.Step{Index: i, IsIndex: true}, func() { w.visit(sc.child(f, true), it) })
		}
	}
	w.lists--
}

// null judges an explicit null that the schema has no word for. In a mapping it
// deletes the chart's default, which is legal; in a list it is an item.
func (w *walker) null(sc *scope, n *values.Node) {
	if slices.ContainsFunc(sc.f.shape().alts, func(a *alt) bool { return a.kinds&kNull != 0 && a.holds(n, w.s.accepts) }) {
		return
	}
	if sc.item {
		w.wrongKind(sc, n)
		return
	}
	w.absent(sc.f)
}

// absent judges that the field at the current path is not there.
func (w *walker) absent(f *field) {
	switch f.need {
	case required:
		w.missingKey(f, w.here(), "")
	case regular:
		alts := f.shape().alts
		for _, a := range alts {
			if a.deflt {
				return
			}
		}
		if len(alts) != 1 {
			if len(alts) > 0 {
				w.missingKey(f, w.here(), "")
			}
			return
		}
		switch a := alts[0]; {
		case a.cross || a.kinds == kNull || slices.ContainsFunc(a.tests, func(t *expr) bool { return t.op == opLit || t.op == opCUE }):
			return // the schema itself has the value, or CUE knows
		case a.kinds == kMap:
			for _, in := range a.view().order {
				w.at(lint.Step{Key: in.name}, func() { w.absent(in) })
			}
		case a.kinds == kList:
			if len(a.lists) > 0 && a.list().min > 0 {
				w.missingKey(f, w.here(), "")
			}
		default:
			w.missingKey(f, w.here(), "")
		}
	}
}

// eachField calls do for every field that the schema names, parents first, with
// its path: `*` stands for a key that only a pattern describes, and index 0
// for list items. A definition inside itself is visited once.
func (s *Schema) eachField(do func(lint.Path, *field)) {
	if s.root == nil {
		return
	}
	var walk func(f *field, p lint.Path, open []*definition)
	walk = func(f *field, p lint.Path, open []*definition) {
		for _, a := range f.shape().alts {
			inner := open
			again := false
			for _, d := range a.defs {
				again = again || slices.Contains(open, d)
				inner = append(slices.Clip(inner), d)
			}
			if again || len(p) > 40 {
				continue
			}
			if a.kinds&kMap != 0 {
				for _, in := range a.view().order {
					do(p.Key(in.name), in)
					walk(in, p.Key(in.name), inner)
				}
				for _, pt := range a.view().patterns {
					in := &field{name: "*", pattern: true, own: pt.expr.attrs, doc: pt.expr.doc, pos: pt.expr.pos, parts: []boundExpr{{pt.expr.value, pt.in}}}
					do(p.Key("*"), in)
					walk(in, p.Key("*"), inner)
				}
			}
			if a.kinds&kList != 0 && !a.list().free {
				items := a.list().items
				if r := a.list().rest; r != nil {
					items = append(slices.Clip(items), r)
				}
				for _, in := range items {
					do(p.Index(0), in)
					walk(in, p.Index(0), inner)
				}
			}
		}
	}
	walk(s.root, nil, nil)
}

// everyField calls do for the fields of the values and of all objects.
func (s *Schema) everyField(do func(lint.Path, *field)) {
	s.eachField(do)
	for _, kind := range s.Objects() {
		s.objects[kind].eachField(do)
	}
}
