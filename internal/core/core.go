// Package core is the `core` pack: rules about the text of values files and
// manifests, which no schema and no policy can see any more once the text has
// become a tree.
package core

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/extract"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// Options say what is known about a text beside the text.
type Options struct {
	// Final: no placeholder may be left, because an environment was given or
	// the input was declared complete.
	Final bool
	// Manifest: the file holds Kubernetes objects, where several documents are
	// normal.
	Manifest bool
	// Merged: the file is one layer of a release. Its placeholders are judged in
	// the merged values, by CheckLayers.
	Merged bool
	// Known reports whether a product pack knows the path; may be nil.
	Known func(lint.Path) bool
	// Secret reports whether a product pack says that the value at the path is
	// a secret, whatever its key looks like; may be nil.
	Secret func(lint.Path) bool
}

// Check judges the text of one file. It never fails: what is wrong with the
// file is in the findings, which come sorted.
func Check(d *values.Document, o Options) []lint.Finding {
	if len(d.Roots) > 0 && isObject(d.Roots[0]) {
		o.Manifest = true
	}
	c := checker{doc: d, opt: o, ascii: isASCII(d.Data)}
	if c.helmOutput() {
		return lint.Sort(c.out) // what else is odd in it is no mistake of anybody's
	}
	broken := c.syntax()
	for _, root := range d.Roots {
		c.schema = o.Manifest && isKind(root, "CustomResourceDefinition")
		c.value(root, nil, nil)
	}
	c.documents()
	c.lines(broken)
	c.placeholders()
	return lint.Sort(c.out)
}

// helmOutput reports what helm printed and somebody saved as values. It returns
// true when the whole file is that.
func (c *checker) helmOutput() bool {
	left := extract.Leftovers(c.doc.Data)
	if len(left) == 0 {
		return false
	}
	whole := extract.IsOutput(c.doc.Data)
	for _, l := range left {
		if whole {
			c.reportLine("helm-output", lint.Error, l.Line, "file is the text of helm get all, which helm does not take as values; run `helmvet extract %s > values.yaml` and use that file", c.doc.Name)
			return true
		}
		sev := lint.Warning
		if l.Computed {
			sev = lint.Error
		}
		f := c.reportLine("helm-output", sev, l.Line, "line %q is output of helm and becomes a key of the values; delete what is not the user's, or run `helmvet extract` on the whole output", l.Text)
		c.output = append(c.output, l.Line)
		f.Span.EndCol = f.Span.Column + strings.IndexByte(l.Text, ':') // the key that it becomes
	}
	return false
}

// checker collects the findings of one file.
type checker struct {
	doc    *values.Document
	opt    Options
	out    []lint.Finding
	path   lint.Path // of the value being looked at
	ascii  bool
	schema bool            // values are the words of a schema, not data
	inText bool            // inside a block string
	ended  bool            // a line of dots was reported that ends the document
	output []int           // lines that helm printed
	second *values.Problem // what is wrong with a document after the first

	variables variables
	quoted    []lint.Span // quoted strings of several lines
	wrapped   []lint.Span // plain ones
}

// at returns a copy of the current path, which the walk goes on changing.
func (c *checker) at() lint.Path { return slices.Clone(c.path) }

func (c *checker) report(rule string, sev lint.Severity, span lint.Span, format string, args ...any) *lint.Finding {
	c.out = append(c.out, lint.Finding{Rule: "core/" + rule, Severity: sev, Span: span, Path: c.at(), Message: fmt.Sprintf(format, args...)})
	return &c.out[len(c.out)-1]
}

// reportLine is report for a whole line of the file, apart from its blanks.
func (c *checker) reportLine(rule string, sev lint.Severity, line int, format string, args ...any) *lint.Finding {
	f := c.report(rule, sev, lineSpan(c.doc, line), format, args...)
	f.Path = nil
	return f
}

func lineSpan(d *values.Document, n int) lint.Span {
	text := strings.TrimRight(d.Line(n), " \t")
	from := len(text) - len(strings.TrimLeft(text, " \t")) + 1
	to := utf8.RuneCountInString(text) + 1
	if to <= from {
		from, to = 1, 2
	}
	return lint.Span{File: d.Name, Line: n, Column: from, EndLine: n, EndCol: to}
}

func isKind(n *values.Node, kind string) bool {
	f := n.Get("kind")
	return f != nil && f.Value.Kind == values.String && f.Value.Str == kind
}

// isObject knows a Kubernetes object, even when nobody said that the file holds
// manifests.
func isObject(n *values.Node) bool {
	kind := n.Get("kind")
	return kind != nil && kind.Value.Kind == values.String && (n.Get("apiVersion") != nil || n.Get("metadata") != nil)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// value judges n and everything below it. parent is the mapping that holds n,
// after the field that follows n in the text, if any.
func (c *checker) value(n, parent *values.Node, after *values.Field) {
	if n.Alias {
		return // judged where it was written
	}
	switch n.Kind {
	case values.Map:
		c.mapping(n, after)
	case values.List:
		c.list(n, parent, after)
	default:
		c.scalar(n, parent)
	}
}

func (c *checker) mapping(n *values.Node, after *values.Field) {
	if c.opt.Manifest && redact.IsSecretObject(n) {
		c.secretObject(n)
	}
	for i, f := range n.Fields {
		if f.Merged {
			c.overwritten(f)
			continue
		}
		next := after
		if i+1 < len(n.Fields) {
			next = n.Fields[i+1]
		}
		c.path = append(c.path, lint.Step{Key: f.Key})
		c.key(f, n)
		if !slices.Contains(c.output, f.KeySpan.Line) {
			c.emptyKey(f, next)
		}
		c.value(f.Value, n, next)
		c.path = c.path[:len(c.path)-1]
	}
}

func (c *checker) list(n, parent *values.Node, after *values.Field) {
	for i, it := range n.Items {
		c.path = append(c.path, lint.Step{Index: i, IsIndex: true})
		if it.Kind == values.Bool {
			c.booleanWord(it, parent, n)
		} else {
			c.value(it, nil, after)
		}
		c.path = c.path[:len(c.path)-1]
	}
}

func (c *checker) scalar(n, parent *values.Node) {
	if n.Span.EndLine > n.Span.Line {
		switch n.Style {
		case values.Plain:
			c.wrapped = append(c.wrapped, n.Span)
		case values.SingleQuoted, values.DoubleQuoted:
			c.quoted = append(c.quoted, n.Span)
		}
	}
	switch n.Kind {
	case values.Bool:
		c.booleanWord(n, parent, nil)
	case values.Number:
		c.number(n, parent)
		c.secret(n, parent)
	case values.String:
		c.text(n, parent)
	}
}

func (c *checker) text(n, parent *values.Node) {
	if !c.schema {
		c.secret(n, parent)
		c.angle(n)
		if !c.ascii {
			c.typographicValue(n)
		}
	}
	c.unquotedTemplate(n)
	if strings.IndexByte(n.Str, '\n') < 0 && n.Style != values.Literal && n.Style != values.Folded {
		if !c.schema {
			c.variables.add(c, n, parent)
		}
		return
	}
	if !c.schema {
		c.embedded(n, parent)
	}
}

// embedded judges a string of several lines.
func (c *checker) embedded(n, parent *values.Node) {
	e := n.Embedded()
	if c.inText || e == nil && !listsYAML(n.Str) {
		c.variables.add(c, n, parent)
		return
	}
	dots := c.textDots(n)
	if e == nil {
		if !dots {
			c.textSyntax(n)
		}
		c.variables.add(c, n, parent)
		return
	}
	c.inText = true
	c.value(e, parent, nil)
	c.inText = false
}

// listsYAML tells block strings that were surely meant as a YAML list, as
// charts take them for volumes and mounts, from scripts and prose.
func listsYAML(s string) bool {
	if strings.Contains(s, "{{") {
		return false // YAML only after the template has run
	}
	items := 0
	for line := range strings.SplitSeq(s, "\n") {
		t := strings.TrimSpace(line)
		if t == "" || t[0] == '#' {
			continue
		}
		rest, dash := strings.CutPrefix(t, "- ")
		if dash {
			if strings.HasPrefix(rest, "{") || bareKey(rest) != "" {
				items++
				continue
			}
			return false
		}
		if items == 0 {
			return false
		}
	}
	return items > 0
}

// bareKey returns the key that a line begins with, or "".
func bareKey(line string) string {
	i := 0
	for i < len(line) && isKeyByte(line[i]) {
		i++
	}
	if i == 0 || i >= len(line) || line[i] != ':' || i+1 < len(line) && line[i+1] != ' ' && line[i+1] != '\t' {
		return ""
	}
	return line[:i]
}

func isKeyByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c == '/'
}

// source returns the text of a span.
func (c *checker) source(s lint.Span) string {
	from, to := c.doc.Offset(s.Line, s.Column), c.doc.Offset(s.EndLine, s.EndCol)
	if from > to {
		return ""
	}
	return string(c.doc.Data[from:to])
}

// quoteFix returns the edit that turns a plain scalar into the text it looks
// like, if the span holds just that.
func (c *checker) quoteFix(span lint.Span, text string) *lint.Fix {
	if span.Line != span.EndLine || c.source(span) != text || strings.ContainsAny(text, `"\`) {
		return nil
	}
	return &lint.Fix{
		Description: fmt.Sprintf("quote %s", text),
		Edits:       []lint.Edit{{Span: span, Text: `"` + text + `"`}},
	}
}

// guess marks a fix as one of several things that may have been meant.
func guess(fix *lint.Fix) *lint.Fix {
	if fix != nil {
		fix.Unsafe = true
	}
	return fix
}

// deleteLine returns the edit that takes a line away.
func (c *checker) deleteLine(n int, description string) *lint.Fix {
	s := lint.Span{File: c.doc.Name, Line: n, Column: 1, EndLine: n + 1, EndCol: 1}
	if n >= c.doc.Lines() {
		s.EndLine, s.EndCol = n, utf8.RuneCountInString(c.doc.Line(n))+1
	}
	return &lint.Fix{Description: description, Edits: []lint.Edit{{Span: s}}}
}

// isSecret reports whether the value at the current path must not be printed.
func (c *checker) isSecret(n, parent *values.Node) bool {
	return redact.Classify(c.path, parent, n) == redact.Literal || c.opt.Secret != nil && c.opt.Secret(c.path)
}

// show names a value in a message without giving a secret away.
func (c *checker) show(n, parent *values.Node) string {
	switch n.Kind {
	case values.Map:
		return keyList(n)
	case values.List:
		return "the list with " + counted(len(n.Items), "item")
	case values.Null:
		return "an empty value"
	}
	if c.opt.Manifest && (c.underSecretData() || len(c.path) > 2 && c.path[0].Key == "stringData") {
		return "the value"
	}
	if c.isSecret(n, parent) {
		return "a secret"
	}
	if n.Kind == values.String {
		return fmt.Sprintf("%q", shorten(redact.Text(n.Str)))
	}
	return n.Text
}

func keyList(n *values.Node) string {
	if len(n.Fields) == 0 {
		return "an empty mapping"
	}
	var keys []string
	for _, f := range n.Fields {
		keys = append(keys, f.Key)
	}
	return "the keys " + enumerate(keys)
}

// enumerate joins names, the first few of many.
func enumerate(names []string) string {
	const most = 6
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}

func shorten(s string) string {
	const most = 60
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i] + "…"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

var bom = []byte("\ufeff")

func hasBOM(d *values.Document) bool { return bytes.HasPrefix(d.Data, bom) }
