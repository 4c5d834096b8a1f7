package regocheck

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// edit writes "set the value at the path" as a change of the file's text. It
// does not touch a value that was written elsewhere (an alias, a merged key,
// a --set flag, chart defaults), nor one in a string whose lines are not those
// of the file, nor a whole mapping or list, which may hold comments.
func edit(root *values.Node, p lint.Path, v any) (lint.Edit, bool) {
	n := root
	for i, s := range p {
		if n == nil || n.Alias || n.Kind == values.String && n.Style != values.Literal {
			return lint.Edit{}, false
		}
		next := n.Lookup(p[i : i+1])
		if next == nil {
			return insert(n, p[i:], v)
		}
		if f := structure(n).Get(s.Key); !s.IsIndex && (f == nil || f.Merged) {
			return lint.Edit{}, false
		}
		n = next
	}
	if n == nil || len(p) == 0 || n.Kind == values.Map || n.Kind == values.List || !editable(n) {
		return lint.Edit{}, false
	}
	text := yamlText(v, n.Style)
	if n.Kind == values.Null && n.Text == "" { // the span is that of the key
		return lint.Edit{}, false
	}
	return lint.Edit{Span: n.Span, Text: text}, true
}

// editable reports whether the node's text is the user's to change.
func editable(n *values.Node) bool {
	return !n.Span.IsZero() && !n.Replaced && (n.Layer == nil || n.Layer.Kind == values.File)
}

// insert puts a new key before the first key of a block mapping.
func insert(n *values.Node, p lint.Path, v any) (lint.Edit, bool) {
	m := structure(n)
	if m.Kind == values.List {
		return item(n, m, p, v)
	}
	if m.Kind != values.Map || !editable(n) {
		return lint.Edit{}, false
	}
	var first *values.Field
	for _, f := range m.Fields {
		// In a flow mapping the brace comes first; in merged values the
		// highest layer's mapping is the one to write to.
		if k := f.KeySpan; !f.Merged && k.File == m.Span.File && k.Line == m.Span.Line && k.Column == m.Span.Column {
			first = f
		}
	}
	if first == nil {
		return lint.Edit{}, false
	}
	at := first.KeySpan
	at.EndLine, at.EndCol = at.Line, at.Column
	indent := "\n" + strings.Repeat(" ", at.Column-1)
	var b strings.Builder
	for i, s := range p {
		if s.IsIndex {
			return lint.Edit{}, false
		}
		if i > 0 {
			b.WriteString(indent + strings.Repeat("  ", i))
		}
		b.WriteString(yamlText(s.Key, values.Plain) + ":")
	}
	b.WriteString(" " + yamlText(v, values.Plain) + indent)
	return lint.Edit{Span: at, Text: b.String()}, true
}

// item puts a new item before the first one of a block list; the path is the
// index after its last one. n is m, or the string that m stands in.
func item(n, m *values.Node, p lint.Path, v any) (lint.Edit, bool) {
	if len(p) != 1 || p[0].Index != len(m.Items) || len(m.Items) == 0 || !editable(n) || m.Alias || n.Layer == nil || n.Layer.Doc == nil {
		return lint.Edit{}, false
	}
	at := m.Span
	d := n.Layer.Doc
	line := []rune(d.Line(at.Line))
	if at.File != d.Name || at.Column > len(line) || line[at.Column-1] != '-' || strings.TrimSpace(string(line[:at.Column-1])) != "" {
		return lint.Edit{}, false // in brackets, or a list within a list
	}
	at.EndLine, at.EndCol = at.Line, at.Column
	return lint.Edit{Span: at, Text: "- " + flowText(v) + "\n" + strings.Repeat(" ", at.Column-1)}, true
}

// flowText writes a value on one line: mappings in braces, their name first.
func flowText(v any) string {
	m, ok := v.(map[string]any)
	if !ok {
		return yamlText(v, values.Plain)
	}
	keys := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	var parts []string
	for _, k := range keys {
		parts = append(parts, yamlText(k, values.Plain)+": "+flowText(m[k]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func rank(key string) int {
	if key == "name" {
		return 0
	}
	return 1
}

func structure(n *values.Node) *values.Node {
	if e := n.Embedded(); e != nil {
		return e
	}
	return n
}

var plainText = lazyregexp.New(`^[A-Za-z0-9_./@%+=:-]+$`)

// yamlText writes a value on one line, in the style that was there before where
// that style can hold it.
func yamlText(v any, style values.Style) string {
	s, ok := v.(string)
	if !ok {
		return jsonText(v)
	}
	switch {
	case style == values.SingleQuoted && !strings.ContainsAny(s, "\n\r\t"):
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	case style == values.Plain && plainText.MatchString(s):
		// Let the reader say whether the word stays a string without quotes.
		d := values.Parse("", []byte("k: "+s), values.DefaultLimits)
		if f := d.Values().Get("k"); f != nil && f.Value.Kind == values.String && f.Value.Str == s {
			return s
		}
	}
	return jsonText(s)
}

// jsonText is YAML as well.
func jsonText(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "null" // v came from JSON
	}
	return strings.TrimSuffix(b.String(), "\n")
}
