package cuecheck

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/token"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

func (w *walker) add(f located) { w.found = append(w.found, f) }

// report adds a finding about the value of a field; rule is the generic one.
func (w *walker) report(sc *scope, rule string, span lint.Span, fix *lint.Fix, message string) {
	f := lint.Finding{
		Rule: w.s.name + "/" + rule, Severity: lint.Error, Message: message,
		Path: w.here(), Span: span, Facts: sc.a.facts, Fix: fix,
	}
	if sc.a.rule != "" {
		f.Rule = sc.a.rule
	}
	if sc.a.severity != nil {
		f.Severity = *sc.a.severity
	}
	w.add(located{Finding: f})
}

// subject begins a message with the path and what is there.
func (w *walker) subject(sc *scope, n *values.Node, typed bool) string {
	p := w.here().String()
	if n.Kind == values.String && n.Str == "" { // nothing that could be secret
		return p + ` is the empty string ""`
	}
	if w.hides(sc, n) {
		if typed {
			return fmt.Sprintf("the value of %s is %s", p, n.Kind)
		}
		return fmt.Sprintf("the value of %s does not fit", p)
	}
	if n.Kind == values.Null && n.Text == "" {
		return p + " is empty, which is null"
	}
	if typed {
		return p + " is " + w.s.typedValue(n)
	}
	return p + " is " + shown(n)
}

// hides reports whether a value must not be printed: a field marked @secret,
// or a scalar in place of a mapping that holds one.
func (w *walker) hides(sc *scope, n *values.Node) bool {
	if n.Kind == values.Map || n.Kind == values.List || n.Kind == values.Null {
		return false
	}
	return sc.secret || sc.a.secret || sc.f.holdsSecret(nil)
}

func (f *field) holdsSecret(open []*definition) bool {
	if f.attrs().secret {
		return true
	}
	for _, a := range f.shape().alts {
		if slices.ContainsFunc(a.defs, func(d *definition) bool { return slices.Contains(open, d) }) {
			continue
		}
		in := append(slices.Clip(open), a.defs...)
		if a.kinds&kMap != 0 && slices.ContainsFunc(a.view().order, func(f *field) bool { return f.holdsSecret(in) }) {
			return true
		}
		if a.kinds&kList != 0 && !a.list().free && a.list().rest != nil && a.list().rest.holdsSecret(in) {
			return true
		}
	}
	return false
}

const longest = 80 // characters of a value in a message

// shown writes a value as the file has it.
func shown(n *values.Node) string {
	switch n.Kind {
	case values.String:
		return quoted(n.Str)
	case values.Null:
		return "null"
	case values.Map, values.List:
		return n.Kind.String()
	}
	return n.Text
}

func quoted(s string) string {
	if utf8.RuneCountInString(s) > longest {
		r := []rune(s)
		return strconv.Quote(string(r[:longest])) + "..."
	}
	return strconv.Quote(s)
}

// typedValue writes a value with its type, and what Helm makes of it when that
// is not what the file shows.
func (s *Schema) typedValue(n *values.Node) string {
	switch n.Kind {
	case values.Bool:
		if t := strconv.FormatBool(n.Bool); t != n.Text && n.Text != "" {
			return fmt.Sprintf("the boolean %s (written %s)", t, n.Text)
		}
		return "the boolean " + strconv.FormatBool(n.Bool)
	case values.Number:
		if h := helmNumber(n); h != n.Text && n.Text != "" {
			return fmt.Sprintf("the number %s, which %s as %s", n.Text, s.reads(), h)
		}
		return "the number " + helmNumber(n)
	case values.String:
		if n.Style == values.Literal || n.Style == values.Folded {
			return "a block string"
		}
		return "the string " + quoted(n.Str)
	}
	return shown(n)
}

// helmNumber writes a number as a template does: the numbers of files are
// float64, only those of --set may be int64.
func helmNumber(n *values.Node) string {
	if n.IsInt {
		return strconv.FormatInt(n.Int, 10)
	}
	return fmt.Sprint(n.Number)
}

// wrongKind reports a value of a kind that no alternative has.
func (w *walker) wrongKind(sc *scope, n *values.Node) {
	sh := sc.f.shape()
	if n.Kind == values.Number && sc.a.number != nil && sh.kinds()&kString != 0 {
		if w.unquotedNumber(sc, n) {
			return
		}
	}
	hint, fix, want := w.retype(sc, sh, n)
	hint = flagHint(n, hint)
	if want == "" {
		want = w.want(sc, sh.alts)
	}
	w.report(sc, WrongType, n.Span, fix, w.subject(sc, n, true)+"; "+want+hint)
}

// want says what was expected.
func (w *walker) want(sc *scope, alts []*alt) string {
	if t := sc.f.shape().text; t != "" && sc.a.expect == "" {
		return t
	}
	if sc.a.expect != "" {
		return "want " + sc.a.expect
	}
	s := "want " + describe(alts)
	if why := firstSentence(sc.f.doc); why != "" && !sc.item && !sc.f.pattern {
		s += " (" + why + ")"
	}
	return s
}

// flagHint says how a flag gives the other type: quotes do not reach Helm.
func flagHint(n *values.Node, hint string) string {
	if hint == "" || n.Layer == nil {
		return hint
	}
	switch n.Layer.Kind {
	case values.Set:
		return ": give it with --set-string"
	case values.SetString, values.SetLiteral, values.SetFile:
		return ": give it with --set"
	}
	return hint
}

// retype finds out whether quotes are all that is wrong.
func (w *walker) retype(sc *scope, sh *shape, n *values.Node) (hint string, fix *lint.Fix, want string) {
	k := sh.kinds()
	holds := func(m *values.Node) bool {
		return slices.ContainsFunc(sh.alts, func(a *alt) bool { return a.kinds&kindOf(m) != 0 && a.holds(m, w.s.accepts) })
	}
	secret := w.hides(sc, n)
	switch n.Kind {
	case values.Bool:
		text := strconv.FormatBool(n.Bool)
		switch {
		case k&kString == 0:
		case n.Text != "" && n.Text != text && holds(&values.Node{Kind: values.String, Str: n.Text}):
			return ": quote it", effective(w.quote(n)), ""
		case holds(&values.Node{Kind: values.String, Str: text}):
			mark := func(fix *lint.Fix) *lint.Fix { return fix }
			if n.Bool { // a switch that was off so far
				mark = effective
			}
			if stringEnum(sh) && !secret {
				want = fmt.Sprintf("want the string %q", text)
				if !w.s.object {
					hint = fmt.Sprintf(", the chart compares it with %q", text)
				}
			}
			if n.Text == text {
				return ": quote it" + hint, mark(w.quote(n)), want
			}
			return fmt.Sprintf(": write %q with the quotes", text) + hint, mark(w.rewrite(n, strconv.Quote(text), fmt.Sprintf("write %q", text))), want
		}
	case values.Number:
		if k&kString != 0 && n.Text != "" && holds(&values.Node{Kind: values.String, Str: n.Text}) {
			fix := w.quote(n)
			if sc.a.expect != "" { // more is expected than the schema can tell
				fix = effective(fix)
			}
			return ": quote it", fix, ""
		}
	case values.String:
		if k&(kMap|kList) != 0 && k&kString == 0 && n.Embedded() != nil {
			return ": remove the | after the key", nil, ""
		}
		if k&(kBool|kNumber) == 0 || !plainWord.MatchString(n.Str) {
			return "", nil, ""
		}
		m := readYAML(n.Str)
		if m == nil || !holds(m) {
			return "", nil, ""
		}
		if m.Kind == values.Bool && strconv.FormatBool(m.Bool) != n.Str {
			return fmt.Sprintf(": write %t without quotes", m.Bool), w.rewrite(n, strconv.FormatBool(m.Bool), fmt.Sprintf("write %t", m.Bool)), ""
		}
		if n.Style == values.SingleQuoted || n.Style == values.DoubleQuoted {
			if n.Str == "false" && !w.s.object {
				hint = ", a template takes any text for true"
			}
			return ": remove the quotes" + hint, w.unquote(n), ""
		}
		return fmt.Sprintf(": write it plainly after the key, without %s", [...]string{values.Plain: "its tag", values.Literal: "the |", values.Folded: "the >"}[n.Style]), nil, ""
	case values.List:
		if k&kMap != 0 && k&kList == 0 && len(n.Items) == 1 && n.Items[0].Kind == values.Map {
			return `: remove the "- "`, nil, ""
		}
		if len(n.Items) == 1 && k&kList == 0 && n.Items[0].Kind != values.Null && holds(n.Items[0]) {
			return ": write its item alone", nil, ""
		}
	case values.Map:
		if k&kList != 0 && k&kMap == 0 {
			return `: put a "- " before each item`, nil, ""
		}
	}
	return "", nil, ""
}

var plainWord = lazyregexp.New(`^[A-Za-z0-9.+_-]+$`)

// stringEnum reports whether only certain strings fit.
func stringEnum(sh *shape) bool {
	return !slices.ContainsFunc(sh.alts, func(a *alt) bool {
		return a.kinds&kString != 0 && !slices.ContainsFunc(a.tests, func(t *expr) bool { return t.op == opLit })
	})
}

// unquotedNumber reports a version written as a number; false when its text
// would not fit in quotes either.
func (w *walker) unquotedNumber(sc *scope, n *values.Node) bool {
	str := &values.Node{Kind: values.String, Str: n.Text}
	if !slices.ContainsFunc(sc.f.shape().alts, func(a *alt) bool { return a.holds(str, w.s.accepts) }) {
		return false
	}
	c := *sc
	if sc.a.number.rule != "" {
		c.a.rule = sc.a.number.rule
	}
	severity, msg := lint.Warning, w.here().String()+" is the number "+n.Text+"; quote it, so that it stays as written"
	if sc.a.number.severity != lint.Off {
		severity = sc.a.number.severity
	}
	if h := helmNumber(n); h != n.Text {
		severity = lint.Error
		msg = fmt.Sprintf("%s is the number %s, which %s as %s; quote it", w.here(), n.Text, w.s.reads(), h)
	}
	if w.hides(sc, n) {
		msg = fmt.Sprintf("the value of %s is a number; quote it", w.here())
	}
	c.a.severity = &severity
	w.report(&c, WrongType, n.Span, w.quote(n), msg)
	return true
}

// wrongScalar reports a scalar of the right kind that fits no alternative.
func (w *walker) wrongScalar(sc *scope, fit []*alt, n *values.Node) {
	rule := InvalidValue
	if !slices.ContainsFunc(fit, func(a *alt) bool { return a.fits(n) }) {
		rule = WrongType
	}
	sh := sc.f.shape()
	if hint, fix, want := w.retype(sc, sh, n); hint != "" {
		hint = flagHint(n, hint)
		if want == "" {
			want = w.want(sc, sh.alts)
		}
		w.report(sc, WrongType, n.Span, fix, w.subject(sc, n, true)+"; "+want+hint)
		return
	}
	if sc.a.expect == "" && len(fit) == 1 {
		for _, d := range fit[0].defs {
			if d.attrs.expect != "" {
				c := *sc
				c.a.expect = d.attrs.expect
				sc = &c
				break
			}
		}
	}
	if text := sc.a.mistake(n); text != "" && !w.hides(sc, n) {
		w.report(sc, rule, n.Span, nil, w.subject(sc, n, false)+", "+text)
		return
	}
	msg := w.subject(sc, n, false) + "; " + w.want(sc, sh.alts)
	var fix *lint.Fix
	if n.Kind == values.String && !w.hides(sc, n) {
		if near := nearestWord(n.Str, literals(sh)); near != "" {
			msg += fmt.Sprintf(" (did you mean %q?)", near)
			fix = effective(w.rewrite(n, requoted(n, near), fmt.Sprintf("write %q", near)))
		}
	}
	w.report(sc, rule, n.Span, fix, msg)
}

// mistake returns the text of the first well-known mistake that the string is.
func (a *attrs) mistake(n *values.Node) string {
	if n.Kind != values.String {
		return ""
	}
	for _, m := range a.mistakes {
		if at := m.match.FindStringSubmatchIndex(n.Str); at != nil {
			return string(m.match.ExpandString(nil, m.text, n.Str, at))
		}
	}
	return ""
}

func literals(sh *shape) []string {
	var out []string
	for _, a := range sh.alts {
		for _, t := range a.tests {
			if t.op == opLit && t.lit.kind == kString {
				out = append(out, t.lit.s)
			}
		}
	}
	return out
}

// wrongWhole reports a mapping or list that breaks a constraint as a whole.
func (w *walker) wrongWhole(sc *scope, t *expr, n *values.Node) {
	msg := w.here().String() + " is " + n.Kind.String()
	if n.Kind == values.List {
		msg += " of " + count(len(n.Items), "item")
	}
	want := "want " + strings.TrimPrefix(t.describe(), "of ")
	if sc.a.expect != "" {
		want = "want " + sc.a.expect
	}
	w.report(sc, InvalidValue, n.Span, nil, msg+"; "+want)
}

func (w *walker) wrongLength(sc *scope, l *listView, n *values.Node) {
	want := "exactly " + count(l.max, "item")
	switch {
	case l.max < 0:
		want = "at least " + count(l.min, "item")
	case l.max == 0:
		want = "an empty list"
	}
	w.report(sc, InvalidValue, n.Span, nil, fmt.Sprintf("%s is a list of %s; want %s", w.here(), count(len(n.Items), "item"), want))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// emptyBlock reports `volumes: |` with nothing below it, which is a list whose
// indentation got lost; who wants no items writes "" or [].
func (w *walker) emptyBlock(sc *scope, n *values.Node) {
	w.report(sc, WrongType, n.Span, nil, fmt.Sprintf("%s is a block string with nothing in it; %s: indent its lines below the key", w.here(), w.want(sc, sc.f.shape().alts)))
}

func (w *walker) brokenYAML(sc *scope, probs []values.Problem) {
	for _, p := range probs {
		w.report(sc, InvalidValue, p.Span, nil, fmt.Sprintf("%s holds YAML that cannot be read: %s", w.here(), p.Message))
		w.found[len(w.found)-1].Related = p.Related
	}
}

// nullValue reports a null that deletes what the chart needs.
func (w *walker) nullValue(sc *scope, v *view, fd *values.Field, parent *values.Node, i int) {
	at := w.here()
	sh := sc.f.shape()
	deletes := ", which deletes the chart's default"
	switch {
	case w.lists > 0:
		deletes = "" // lists have no defaults
	case sh.kinds()&kMap != 0:
		deletes = ", which deletes all defaults below it"
	}
	msg := fmt.Sprintf("%s is null%s; give it a value, or remove the key", at, deletes)
	if lost := lostChild(sh, v, parent, i); lost != "" {
		msg = fmt.Sprintf("%s is null, and %q after it belongs below it: the indentation is lost; indent %q under %q", at, lost, lost, fd.Key)
	}
	c := *sc
	c.a.rule = ""
	c.a.severity = &sc.a.null.severity
	if len(sc.a.null.facts) > 0 {
		c.a.facts = sc.a.null.facts
	}
	span := fd.Value.Span
	if span.IsZero() {
		span = fd.KeySpan
	}
	w.report(&c, NullValue, span, nil, msg)
}

// lostChild returns the key after the null one when it is a child of that, and
// no key of the level it stands on.
func lostChild(sh *shape, v *view, parent *values.Node, i int) string {
	if i+1 >= len(parent.Fields) {
		return ""
	}
	next := parent.Fields[i+1]
	here, there := parent.Fields[i].KeySpan, next.KeySpan
	if v.fields[next.Key] != nil || next.Merged || there.File != here.File || there.Line < here.Line {
		return ""
	}
	for _, a := range sh.alts {
		if a.kinds&kMap != 0 && a.view().fields[next.Key] != nil {
			return next.Key
		}
	}
	return ""
}

// missingKey reports a key that has to be there.
func (w *walker) missingKey(f *field, p lint.Path, because string) {
	a := f.attrs()
	if !w.opts.Whole && w.lists == 0 {
		w.missing = append(w.missing, Missing{Path: p, Facts: a.facts})
		return
	}
	sc := &scope{f: f, a: *a}
	want := "it is required"
	if a.expect != "" {
		want = "want " + a.expect
	} else if len(f.parts) > 0 && f.shape().kinds() != kAll {
		want = w.want(sc, f.shape().alts)
	}
	span, _ := w.root.Locate(p)
	if span.EndLine > span.Line {
		span.EndLine, span.EndCol = span.Line, span.Column+1
	}
	what := "is missing" + because
	if n := w.root.Lookup(p); n != nil && n.Kind == values.Null {
		what = "is null, which leaves it unset"
	}
	saved := w.path
	w.path = p
	w.report(sc, MissingKey, span, nil, fmt.Sprintf("%s %s; %s", p, what, want))
	w.path = saved
}

// conflict reports what only CUE saw.
func (w *walker) conflict(p lint.Path, msg string) {
	fields, hidden := w.s.fieldsAt(p)
	sc := &scope{f: &field{}, secret: hidden}
	if len(fields) > 0 {
		sc.f, sc.a = fields[0], *fields[0].attrs()
	}
	n := w.root.Lookup(p)
	if n == nil {
		n = w.root
	}
	saved := w.path
	w.path = p
	subject := "the values do not fit"
	if len(p) > 0 {
		subject = w.subject(sc, n, false)
	}
	want := "the schema says: " + msg
	switch {
	case sc.a.expect != "":
		want = "want " + sc.a.expect
	case sc.f.attrs().secret || hidden:
		want = "other keys rule it out"
	}
	span, _ := w.root.Locate(p)
	w.report(sc, InvalidValue, span, nil, subject+"; "+want)
	w.path = saved
}

// describe says in words which values fit.
func describe(alts []*alt) string {
	var words []string
	lists := func(s string) {
		if s != "" && !slices.Contains(words, s) {
			words = append(words, s)
		}
	}
	for _, a := range alts {
		if a.kinds != kNull || len(alts) == 1 {
			lists(a.describe())
		}
	}
	switch len(words) {
	case 0:
		return "another value"
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

func (a *alt) describe() string {
	for _, t := range a.tests {
		if t.op == opLit {
			return t.lit.String()
		}
	}
	for _, d := range a.defs {
		if d.attrs.expect != "" {
			return d.attrs.expect
		}
	}
	k := a.kinds
	if len(a.tests) == 1 && a.tests[0].op == opCUE {
		return a.tests[0].describe()
	}
	switch {
	case k == kBool:
		return "true or false"
	case k == kNull:
		return "null"
	case k&^kNumber == 0:
		return a.describeNumber()
	case k == kString:
		return a.describeString()
	case k == kMap:
		return "a mapping"
	case k == kList:
		return a.describeList()
	case k == kAll&^kNull:
		return "any value but null"
	}
	return "any value"
}

func (a *alt) describeNumber() string {
	what := "a number"
	if a.kinds == kInt {
		what = "a whole number"
	}
	var lo, hi, rest string
	for _, t := range a.tests {
		if t.op != opBound {
			rest += " and " + t.describe()
			continue
		}
		switch v := t.lit.String(); t.tok {
		case token.GEQ:
			lo = "at least " + v
		case token.GTR:
			lo = "more than " + v
		case token.LEQ:
			hi = "at most " + v
		case token.LSS:
			hi = "less than " + v
		case token.NEQ:
			rest += " but not " + v
		}
	}
	switch {
	case strings.HasPrefix(lo, "at least ") && strings.HasPrefix(hi, "at most "):
		what += " from " + lo[len("at least "):] + " to " + hi[len("at most "):]
	case lo != "" && hi != "":
		what += " of " + lo + " and " + hi
	case lo+hi != "":
		what += " of " + lo + hi
	}
	return what + rest
}

func (a *alt) describeString() string {
	what := "a string"
	var and []string
	for _, t := range a.tests {
		switch {
		case t.op == opBound && t.tok == token.NEQ && t.lit.s == "",
			t.op == opSize && t.tok == token.GEQ && t.size == 1:
			what = "a non-empty string"
		case t.op == opBound && t.tok == token.MAT:
			and = append(and, "that matches "+t.lit.s)
		case t.op == opBound && t.tok == token.NMAT:
			and = append(and, "that does not match "+t.lit.s)
		case t.op == opBound && t.tok == token.NEQ:
			and = append(and, "other than "+t.lit.String())
		default:
			and = append(and, t.describe())
		}
	}
	if len(and) > 0 {
		what += " " + strings.Join(and, " and ")
	}
	return what
}

func (a *alt) describeList() string {
	if len(a.lists) == 0 || a.list().rest == nil {
		return "a list"
	}
	alts := a.list().rest.shape().alts
	if len(alts) != 1 {
		return "a list"
	}
	switch alts[0].kinds {
	case kString:
		return "a list of strings"
	case kInt:
		return "a list of whole numbers"
	case kNumber:
		return "a list of numbers"
	case kBool:
		return "a list of booleans"
	case kMap:
		return "a list of mappings"
	}
	return "a list"
}

func (t *expr) describe() string {
	switch t.op {
	case opSize:
		what := "character"
		if t.kinds == kList {
			what = "item"
		}
		if t.tok == token.GEQ {
			return "of at least " + count(t.size, what)
		}
		return "of at most " + count(t.size, what)
	case opCUE:
		return "what " + source(t.src) + " allows"
	case opBound:
		return "a value " + t.tok.String() + t.lit.String()
	}
	return t.lit.String()
}

func source(x ast.Expr) string {
	b, err := format.Node(x)
	if err != nil {
		return "the schema"
	}
	return strings.Join(strings.Fields(string(b)), " ")
}

// firstSentence takes the first sentence of a doc comment for the end of a
// message, if it is short.
func firstSentence(doc string) string {
	s := strings.Join(strings.Fields(doc), " ")
	if i := strings.Index(s, ". "); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimSuffix(s, ".")
	if s == "" || utf8.RuneCountInString(s) > 120 || strings.HasPrefix(s, "#") {
		return ""
	}
	r, size := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(r) && !unicode.IsUpper(next) {
		s = string(unicode.ToLower(r)) + s[size:]
	}
	return s
}
