package redact

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Spans returns the places of a file that hold secrets, each within one line,
// in order and without overlap. extra names further paths whose values are
// secrets; it may be nil. also are further scalars of the file that are.
func Spans(d *values.Document, extra func(lint.Path) bool, also ...*values.Node) []lint.Span {
	m := masker{doc: d}
	for _, n := range also {
		m.value(n)
	}
	for _, root := range d.Roots {
		w := walker{extra: extra, found: m.value}
		w.walk(root, nil, false)
		if len(m.aliased) > 0 {
			m.anchors(root)
		}
	}
	if len(d.Problems) > 0 { // there is no tree where the text is broken
		m.text()
	}
	m.userInfo()
	return merge(m.spans)
}

// Nodes returns the scalars below root, also those inside block strings, that
// hold secrets; a block string is one when anything inside it is. It serves
// output that is not a source line, such as merged values.
func Nodes(root *values.Node, extra func(lint.Path) bool) map[*values.Node]bool {
	out := map[*values.Node]bool{}
	w := walker{extra: extra, texts: true, found: func(n *values.Node) { out[n] = true }}
	w.walk(root, nil, false)
	return out
}

// walker calls found for every secret scalar. Strings that hold one inside are
// found too where the places inside are not known one by one, or with texts.
type walker struct {
	extra func(lint.Path) bool
	found func(*values.Node)
	texts bool
	path  lint.Path
}

// walk reports whether n is or holds a secret. all says that everything below
// is one.
func (w *walker) walk(n, parent *values.Node, all bool) bool {
	switch n.Kind {
	case values.Map:
		object := IsSecretObject(n)
		held := false
		for _, f := range n.Fields {
			w.path = append(w.path, lint.Step{Key: f.Key})
			secret := all || object && (f.Key == "data" || f.Key == "stringData")
			for _, e := range f.Earlier {
				held = w.walk(e.Value, n, secret) || held
			}
			held = w.walk(f.Value, n, secret) || held
			w.path = w.path[:len(w.path)-1]
		}
		return held
	case values.List:
		held := false
		for i, it := range n.Items {
			w.path = append(w.path, lint.Step{Index: i, IsIndex: true})
			held = w.walk(it, nil, all) || held
			w.path = w.path[:len(w.path)-1]
		}
		return held
	}
	if n.Kind == values.Null {
		return false
	}
	if w.isSecret(n, parent, all) {
		w.found(n)
		return true
	}
	e := n.Embedded()
	if e == nil {
		return false
	}
	placed := n.Style == values.Literal
	inner := *w
	if !placed && !w.texts {
		inner.found = func(*values.Node) {}
	}
	held := inner.walk(e, parent, all)
	if held && (!placed || w.texts) {
		w.found(n)
	}
	return held
}

func (w *walker) isSecret(n, parent *values.Node, all bool) bool {
	if all {
		return n.Kind != values.String || !isOpenInSecret(n.Str)
	}
	if n.Kind == values.String && HasPassword(n.Str) && !isSecretPath(w.path) {
		return false // only the password inside the address is masked
	}
	return Classify(w.path, parent, n) == Literal || w.isExtra() && !isReferenceNode(n)
}

func isSecretPath(p lint.Path) bool { return strengthOf(keyOf(p)) == strong }

func (w *walker) isExtra() bool { return w.extra != nil && len(w.path) > 0 && w.extra(w.path) }

func isReferenceNode(n *values.Node) bool {
	return n.Kind == values.Bool || n.Kind == values.String && isReference(n.Str)
}

// isOpenInSecret spares what a Secret object holds before it is filled in.
func isOpenInSecret(s string) bool {
	return s == "" || strings.HasPrefix(s, "${") && strings.HasSuffix(s, "}") && strings.Count(s, "$") == 1 || s[0] == '$' && isName(s[1:])
}

// masker collects spans of one line each.
type masker struct {
	doc     *values.Document
	spans   []lint.Span
	aliased []*values.Node
}

func (m *masker) add(line, col, end int) {
	if end > col {
		m.spans = append(m.spans, lint.Span{File: m.doc.Name, Line: line, Column: col, EndLine: line, EndCol: end})
	}
}

func (m *masker) value(n *values.Node) {
	if n.Alias {
		m.aliased = append(m.aliased, n)
		return
	}
	s := n.Span
	if s.EndLine == s.Line && n.Style != values.Literal && n.Style != values.Folded {
		if n.Style != values.Plain && s.EndCol-s.Column >= 2 {
			m.add(s.Line, s.Column+1, s.EndCol-1)
		} else {
			m.add(s.Line, s.Column, s.EndCol)
		}
		return
	}
	for l := s.Line; l <= s.EndLine; l++ {
		text := m.doc.Line(l)
		from, to := indent(text)+1, utf8.RuneCountInString(text)+1
		if l == s.Line {
			if n.Style == values.Literal || n.Style == values.Folded {
				continue // the indicator
			}
			from = s.Column
			if n.Style != values.Plain {
				from++
			}
		}
		if l == s.EndLine && n.Style != values.Literal && n.Style != values.Folded {
			to = s.EndCol
			if n.Style != values.Plain {
				to--
			}
		}
		m.add(l, from, to)
	}
}

// anchors masks what the aliases of secrets repeat, wherever it was written.
func (m *masker) anchors(root *values.Node) {
	secrets := make(map[string]bool, len(m.aliased))
	for _, a := range m.aliased {
		secrets[a.Text] = true
	}
	m.aliased = nil
	root.Walk(nil, func(_ lint.Path, n *values.Node) bool {
		if n.Alias {
			return n.Kind == values.Map || n.Kind == values.List
		}
		if secrets[n.Text] && n.Kind != values.Map && n.Kind != values.List && n.Kind != values.Null {
			m.value(n)
		}
		return true
	})
}

// text masks by the look of the lines, where there is no tree.
func (m *masker) text() {
	deeper := -1 // inside a block string below a key of this indentation
	for l := 1; l <= m.doc.Lines(); l++ {
		line := m.doc.Line(l)
		in := indent(line)
		rest := line[min(in, len(line)):]
		if rest == "" {
			continue
		}
		if deeper >= 0 {
			if in > deeper {
				m.add(l, in+1, utf8.RuneCountInString(line)+1)
				continue
			}
			deeper = -1
		}
		if strings.Contains(rest, "-----BEGIN ") && strings.Contains(rest, "PRIVATE KEY") {
			deeper = in - 1
			continue
		}
		rest = strings.TrimLeft(rest, "- ")
		key, value, ok := strings.Cut(rest, ":")
		key = strings.Trim(key, `"' {`)
		if !ok || strengthOf(key) == none {
			continue
		}
		value = strings.TrimSpace(value)
		if value == "" || value[0] == '|' || value[0] == '>' {
			if strengthOf(key) == strong && value != "" {
				deeper = in
			}
			continue
		}
		if s := strings.Trim(value, `"'`); isReference(s) || strengthOf(key) == weak && isObjectName(s) && !looksRandom(s) {
			continue
		}
		after := line[strings.Index(line, ":")+1:]
		from := utf8.RuneCountInString(line[:len(line)-len(strings.TrimLeft(after, " \t"))]) + 1
		to := utf8.RuneCountInString(strings.TrimRight(line, " \t")) + 1
		m.add(l, from, to)
	}
}

// userInfo masks the password of addresses such as amqp://user:password@host,
// in values and comments alike.
func (m *masker) userInfo() {
	if !bytes.Contains(m.doc.Data, []byte("://")) {
		return
	}
	for l := 1; l <= m.doc.Lines(); l++ {
		line := m.doc.Line(l)
		for at := 0; ; {
			from, to, ok := password(line[at:])
			if !ok {
				break
			}
			m.add(l, utf8.RuneCountInString(line[:at+from])+1, utf8.RuneCountInString(line[:at+to])+1)
			at += to
		}
	}
}

// assigned finds secrets that text spells out: password=X, --token X, Bearer X.
var assigned = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)((?:password|passwd|pwd|secret|token|api[-_]?key|account[-_]?key|access[-_]?key)["']?(?:\s*[=:]\s*|\s+)["']?|\b(?:bearer|basic)\s+)([^\s"',;&<>{}()\[\]$/|][^\s"',;&]{5,})`)
})

// Text masks what a string shows of secrets: passwords of addresses, and what
// is assigned to a password, token or key.
func Text(s string) string {
	if strings.ContainsAny(s, "=: ") {
		s = assigned().ReplaceAllStringFunc(s, func(m string) string {
			at := assigned().FindStringSubmatchIndex(m)
			if secret := m[at[4]:at[5]]; !isReference(secret) && looksRandom(secret) {
				return m[:at[4]] + stars(utf8.RuneCountInString(secret))
			}
			return m
		})
	}
	return addresses(s)
}

// addresses masks the passwords of addresses.
func addresses(s string) string {
	var b strings.Builder
	for {
		from, to, ok := password(s)
		if !ok {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:from])
		b.WriteString(stars(utf8.RuneCountInString(s[from:to])))
		s = s[to:]
	}
}

// HasPassword reports whether a string holds an address with a password.
func HasPassword(s string) bool {
	_, _, ok := password(s)
	return ok
}

// password finds the first literal password of an address in s.
func password(s string) (from, to int, ok bool) {
	for base := 0; ; {
		i := strings.Index(s[base:], "://")
		if i < 0 {
			return 0, 0, false
		}
		base += i + len("://")
		end := strings.IndexAny(s[base:], " \t\n\"'`<>,/")
		if end < 0 {
			end = len(s) - base
		}
		authority := s[base : base+end]
		at := strings.LastIndexByte(authority, '@')
		colon := strings.IndexByte(authority, ':')
		if at < 0 || colon < 0 || colon > at || colon+1 == at {
			continue
		}
		if isReference(authority[colon+1 : at]) {
			continue
		}
		return base + colon + 1, base + at, true
	}
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// merge orders spans and joins those that overlap.
func merge(spans []lint.Span) []lint.Span {
	slices.SortFunc(spans, func(a, b lint.Span) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].Line == s.Line && s.Column <= out[n-1].EndCol {
			out[n-1].EndCol = max(out[n-1].EndCol, s.EndCol)
			continue
		}
		out = append(out, s)
	}
	return out
}

// maxStars bounds what the length of a mask tells.
const maxStars = 32

func stars(n int) string { return strings.Repeat("*", min(n, maxStars)) }

// Line returns a line of the file with the spans replaced by stars, one for
// each character so that columns keep their place, but never more than 32.
// spans are those that Spans returned.
func Line(d *values.Document, n int, spans []lint.Span) string {
	line := d.Line(n)
	i, _ := slices.BinarySearchFunc(spans, n, func(s lint.Span, n int) int { return cmp.Compare(s.Line, n) })
	if i >= len(spans) || spans[i].Line != n {
		return line
	}
	runes := []rune(line)
	var b strings.Builder
	at := 0
	for ; i < len(spans) && spans[i].Line == n; i++ {
		from, to := min(spans[i].Column-1, len(runes)), min(spans[i].EndCol-1, len(runes))
		if from < at || to <= from {
			continue
		}
		b.WriteString(string(runes[at:from]))
		b.WriteString(stars(to - from))
		at = to
	}
	b.WriteString(string(runes[at:]))
	return b.String()
}
