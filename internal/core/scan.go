package core

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// lines looks at the text line by line, for what the tree does not show or what
// keeps a tree from coming about.
func (c *checker) lines(broken bool) {
	if hasBOM(c.doc) {
		f := c.report("byte-order-mark", lint.Info, lint.Span{File: c.doc.Name, Line: 1, Column: 1, EndLine: 1, EndCol: 2}, "file starts with a byte order mark, which other tools take for part of the first key; save it as UTF-8 without one")
		f.Path = nil
	}
	var tabs []int
	scan := blockScanner{}
	content := 0 // the last line before this one that is no blank, comment or mark
	data := bytes.TrimPrefix(c.doc.Data, bom)
	for n := 1; len(data) > 0; n++ {
		line := data
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			line, data = data[:i], data[i+1:]
		} else {
			data = nil
		}
		line = bytes.TrimRight(line, "\r")
		inBlock := scan.next(line)
		if inBlock {
			content = n
			continue
		}
		t := bytes.TrimLeft(line, " \t")
		if len(t) == 0 || t[0] == '#' {
			continue
		}
		if isDots(t) && !within(c.quoted, n) {
			c.dots(n, len(line) == len(t), t, content > 0)
		}
		if bytes.IndexByte(line[:len(line)-len(t)], '\t') >= 0 && (broken || within(c.wrapped, n)) && !within(c.quoted, n) {
			tabs = append(tabs, n)
		}
		if broken && !c.ascii && !isASCII(line) {
			c.typographicLine(n, string(line))
		}
		content = n
	}
	c.tabs(tabs, broken)
}

// blockScanner tells which lines belong to a block string by their look alone,
// because it is also needed where there is no tree.
type blockScanner struct {
	open   bool
	header int // indentation of the line with the indicator
}

func (s *blockScanner) next(line []byte) (inside bool) {
	in := 0
	for in < len(line) && line[in] == ' ' {
		in++
	}
	if len(bytes.TrimRight(line[in:], " \t\r")) == 0 {
		return s.open
	}
	if s.open && in > s.header {
		return true
	}
	s.open = isBlockHeader(line)
	s.header = in
	return false
}

// isBlockHeader reports whether a line ends in `|` or `>` with its modifiers,
// after a colon or a dash.
func isBlockHeader(line []byte) bool {
	if bytes.IndexByte(line, '|') < 0 && bytes.IndexByte(line, '>') < 0 {
		return false
	}
	if i := bytes.Index(line, []byte(" #")); i >= 0 {
		line = line[:i]
	}
	line = bytes.TrimRight(line, " \t\r")
	end := len(line)
	for end > 0 && (line[end-1] == '+' || line[end-1] == '-' || line[end-1] >= '1' && line[end-1] <= '9') {
		end--
	}
	if end == 0 || line[end-1] != '|' && line[end-1] != '>' || len(line)-end > 2 {
		return false
	}
	head := bytes.TrimRight(line[:end-1], " \t")
	if len(head) == end-1 {
		return false // no blank before it
	}
	for { // tags and anchors stand before the indicator
		i := bytes.LastIndexAny(head, " \t")
		if i < 0 || i+1 >= len(head) || head[i+1] != '!' && head[i+1] != '&' {
			break
		}
		head = bytes.TrimRight(head[:i], " \t")
	}
	return len(head) > 0 && (head[len(head)-1] == ':' || head[len(head)-1] == '-')
}

func isDots(t []byte) bool {
	t = bytes.TrimRight(t, " \t")
	if i := bytes.Index(t, []byte(" #")); i >= 0 {
		t = bytes.TrimRight(t[:i], " \t")
	}
	return len(t) >= 2 && len(bytes.Trim(t, ".")) == 0
}

func within(spans []lint.Span, line int) bool {
	for _, s := range spans {
		if line > s.Line && line <= s.EndLine {
			return true
		}
	}
	return false
}

// dots reports a line of dots outside strings.
func (c *checker) dots(n int, margin bool, t []byte, before bool) {
	if margin && len(bytes.TrimRight(t, " \t")) == 3 {
		if c.ended {
			return // all this is lost already
		}
		lost, first := c.contentAfter(n)
		if lost == 0 && before {
			return // the proper end of a document
		}
		c.ended = !c.opt.Manifest
		msg := fmt.Sprintf("... ends the document: Helm 3 drops what follows (%s) and says nothing; delete the line", counted(lost, "line"))
		switch {
		case !before && lost > 0:
			msg = "... ends a document before it began, and YAML readers stop here; delete the line"
		case lost == 0:
			msg = "... ends a document that never began; delete the line"
		}
		f := c.reportLine("lost-document", lint.Error, n, "%s", msg)
		if first > 0 {
			f.Related = []lint.Related{{Span: lineSpan(c.doc, first), Message: "never read"}}
		}
		f.Fix = c.deleteLine(n, "delete the line of dots")
		f.Fix.Unsafe = lost > 0 // values that were dropped come back
		return
	}
	f := c.reportLine("lost-document", lint.Error, n, "a line of dots stands for text that was left out, but YAML takes it for a value; put in what is missing or delete the line")
	f.Fix = c.deleteLine(n, "delete the line of dots")
	f.Fix.Unsafe = true
}

func counted(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// contentAfter counts the lines with content between a line and the next
// document, and names the first one.
func (c *checker) contentAfter(n int) (count, first int) {
	for l := n + 1; l <= c.doc.Lines(); l++ {
		t := strings.TrimSpace(c.doc.Line(l))
		if strings.HasPrefix(c.doc.Line(l), "---") {
			break
		}
		if t == "" || t[0] == '#' || isDots([]byte(t)) {
			continue
		}
		if count == 0 {
			first = l
		}
		count++
	}
	return count, first
}

// textDots reports lines of dots inside a block string that holds YAML, and
// whether there were any.
func (c *checker) textDots(n *values.Node) (found bool) {
	if n.Style != values.Literal || !strings.Contains(n.Str, "..") {
		return false
	}
	i := 0
	for line := range strings.SplitSeq(n.Str, "\n") {
		i++
		t := []byte(strings.TrimLeft(line, " \t"))
		if !isDots(t) {
			continue
		}
		at := n.Span.Line + i
		f := c.reportLine("lost-document", lint.Error, at, "a line of dots inside the YAML of %s ends it or becomes a value; put in what is missing or delete the line", nameFor(c.path, nil))
		f.Path = c.at()
		f.Fix = c.deleteLine(at, "delete the line of dots")
		f.Fix.Unsafe = true
		found = true
	}
	return found
}

// documents reports documents after the first, which Helm 3 drops.
func (c *checker) documents() {
	if c.opt.Manifest {
		return
	}
	var found *lint.Finding
	for i, root := range c.doc.Roots {
		if i == 0 || root.Kind == values.Null {
			continue
		}
		if found != nil { // one finding tells it all
			found.Related = append(found.Related, lint.Related{Span: lineSpan(c.doc, root.Span.Line), Message: "nor is this document"})
			continue
		}
		mark, dots := c.markBefore(root.Span.Line)
		if dots || mark == 0 {
			return // reported at the dots
		}
		found = c.reportLine("lost-document", lint.Error, mark, "Helm 3 reads only the first document of a values file and drops this one without a word (Helm 4 merges them); %s", adviceFor(root))
		found.Related = []lint.Related{{Span: lineSpan(c.doc, root.Span.Line), Message: "never read"}}
	}
	if found != nil {
		return
	}
	if p := c.second; p != nil {
		if mark, dots := c.markBefore(p.Span.Line); !dots && mark > 0 {
			f := c.reportLine("lost-document", lint.Error, mark, "Helm 3 reads only the first document of a values file and drops this one, and Helm 4 refuses it as no valid YAML; delete it")
			f.Related = []lint.Related{{Span: p.Span, Message: p.Message}}
		}
	}
}

func adviceFor(root *values.Node) string {
	if root.Kind == values.Map {
		return "join " + keyList(root) + " to the first document"
	}
	return "delete it"
}

// markBefore finds the mark that begins the document of a line.
func (c *checker) markBefore(line int) (mark int, dots bool) {
	for l := line; l >= 1; l-- {
		t := strings.TrimRight(c.doc.Line(l), " \t")
		if strings.HasPrefix(t, "---") {
			return l, false
		}
		if t == "..." && l < line {
			return l, true
		}
	}
	return 0, false
}

func (c *checker) tabs(lines []int, broken bool) {
	if len(lines) == 0 {
		return
	}
	n := lines[0]
	text := c.doc.Line(n)
	lead := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
	at := strings.IndexByte(lead, '\t')
	span := lint.Span{File: c.doc.Name, Line: n, Column: at + 1, EndLine: n, EndCol: utf8.RuneCountInString(lead) + 1}
	more := ""
	if len(lines) > 1 {
		more = fmt.Sprintf(" of %d lines", len(lines))
	}
	sev, msg := lint.Error, "a tab stands in the indentation%s, where YAML allows only blanks; indent with blanks"
	if !broken {
		sev, msg = lint.Warning, "a tab stands before the continuation of a value%s, so what follows is part of that value; indent with blanks"
	}
	f := c.report("tab", sev, span, msg, more)
	f.Path = nil
	var edits []lint.Edit
	for i, l := range lines {
		text := c.doc.Line(l)
		lead := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
		s := lint.Span{File: c.doc.Name, Line: l, Column: 1, EndLine: l, EndCol: len(lead) + 1}
		if i > 0 {
			f.Related = append(f.Related, lint.Related{Span: s, Message: "also here"})
		}
		edits = append(edits, lint.Edit{Span: s, Text: strings.ReplaceAll(lead, "\t", "  ")})
	}
	if broken && parses(applyEdits(c.doc, edits)) {
		f.Fix = &lint.Fix{Description: "indent with two blanks for each tab", Edits: edits, Unsafe: true}
	}
}

// applyEdits returns the text with edits applied that change single lines.
func applyEdits(d *values.Document, edits []lint.Edit) []byte {
	var b bytes.Buffer
	at := 0
	for _, e := range edits {
		from, to := d.Offset(e.Span.Line, e.Span.Column), d.Offset(e.Span.EndLine, e.Span.EndCol)
		b.Write(d.Data[at:from])
		b.WriteString(e.Text)
		at = to
	}
	b.Write(d.Data[at:])
	return b.Bytes()
}

func parses(data []byte) bool {
	return len(values.Parse("", data, values.DefaultLimits).Problems) == 0
}

// emptyKey reports a key without a value whose children seem to have lost their
// indentation, so that they stand beside it. next is the field that follows in
// the text.
func (c *checker) emptyKey(f, next *values.Field) {
	v := f.Value
	if v.Kind != values.Null || v.Text != "" || v.Alias || v.Style != values.Plain || next == nil || next.Merged || c.schema {
		return
	}
	if next.KeySpan.Line <= f.KeySpan.Line || !c.blankBetween(f.KeySpan.Line, next.KeySpan.Line) {
		return
	}
	adjacent := next.KeySpan.Line == f.KeySpan.Line+1 && !oftenEmpty(f.Key)
	child := append(c.at(), lint.Step{Key: next.Key})
	known := c.opt.Known != nil && c.opt.Known(child)
	nested := adjacent && f.KeySpan.Column == 1 && next.KeySpan.Column == 1 && !c.inText && next.Value.Kind == values.Map && next.Value.Span.Line > next.KeySpan.Line
	var found *lint.Finding
	switch {
	case known:
		found = c.report("null-map", lint.Warning, f.KeySpan, "%s is empty, which is null and deletes the chart's default; indent %s, which belongs below it", f.Key, next.Key)
	case nested:
		found = c.report("null-map", lint.Info, f.KeySpan, "%s is empty, which is null and deletes the chart's default; if %s belongs below it, indent it, otherwise write %s: {}", f.Key, next.Key, f.Key)
	default:
		return
	}
	found.Related = []lint.Related{{Path: append(c.path.Parent()[:len(c.path)-1:len(c.path)-1], lint.Step{Key: next.Key}), Span: next.KeySpan, Message: "stands beside it, not below it"}}
}

// oftenEmpty knows keys that charts leave without a value as an offer.
func oftenEmpty(key string) bool {
	for _, w := range [...]string{"nodeSelector", "tolerations", "affinity", "annotations", "labels", "resources", "securityContext", "env", "name", "tag", "class", "override"} {
		if endsInWord(key, w) {
			return true
		}
	}
	return false
}

func (c *checker) blankBetween(from, to int) bool {
	for l := from + 1; l < to; l++ {
		if strings.TrimSpace(c.doc.Line(l)) != "" {
			return false
		}
	}
	return true
}
