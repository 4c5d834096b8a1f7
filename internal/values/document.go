package values

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
	"go.yaml.in/yaml/v3"
	sigs "sigs.k8s.io/yaml"
)

// Document is one parsed YAML file: its bytes, its documents and what went
// wrong. A file that could not be parsed has problems and whatever documents
// came before them.
type Document struct {
	Name     string // as the user gave it
	Data     []byte // as written; a UTF-16 file was turned into UTF-8
	Roots    []*Node
	Problems []Problem

	Templated bool // {{ }} expressions were read as unknown scalars
	Replaced  int  // how many placeholders were replaced

	lines  []int // byte offset of each line's start, as editors count lines
	marks  []mark
	bom    int
	text   *text // what was parsed
	limits Limits
	utf16  bool // the file is UTF-16, and Helm 4 does not read it
}

// Problem is why a text is not what Helm would accept as values.
type Problem struct {
	Span    lint.Span
	Message string
	Related []lint.Related
	// Doc is the number of the YAML document in the file, from 0. Helm 3 reads
	// the first one only.
	Doc int

	syntax bool
}

// Limits bound what a file may ask of us.
type Limits struct {
	Bytes   int // size of one file
	Depth   int // nesting
	Aliases int // nodes that aliases may add
	Nodes   int // values in one file, estimated before it is read; 0 is no limit
}

// DefaultLimits are far above what real values need: Helm itself stores a
// release, values included, in a Secret of at most 1 MiB. Aliases follows the
// limit of Helm's YAML reader.
var DefaultLimits = Limits{Bytes: 16 << 20, Depth: 1000, Aliases: 400_000, Nodes: 1_000_000}

// Parse reads YAML. It never fails: what is wrong is told in Problems.
func Parse(name string, data []byte, lim Limits) *Document {
	return ParseEnv(name, data, lim, nil)
}

// ParseEnv is Parse after `envsubst`: the placeholders that env knows are
// replaced before the text is typed, and every position stays that of the file
// as written.
func ParseEnv(name string, data []byte, lim Limits, env Env) *Document {
	d := &Document{Name: name, Data: data, limits: lim}
	if len(data) > lim.Bytes {
		d.lines = []int{0}
		d.problem(d.span(1, 1, 1, 2), fmt.Sprintf("file has %d bytes, more than the limit of %d; values this large do not fit in a release, move the data out of the values", len(data), lim.Bytes))
		return d
	}
	if out, ok, err := fromUTF16(data); ok {
		d.Data, d.utf16 = out, data[len(data)-1] != '\n' // Helm 4 adds half a character
		if err != nil {
			d.lines = []int{0}
			d.problem(d.span(1, 1, 1, 2), err.Error())
			return d
		}
	}
	d.text = newText(d.Data)
	d.bom = d.text.bom
	if d.lines, d.marks = d.text.lines, d.text.marks; d.text.toFile != nil {
		d.lines = lineStarts(d.Data)
		d.marks = marksOf(d.Data, d.lines, d.bom)
	}
	if d.badText(d.text) {
		return d
	}
	if len(env) > 0 {
		if t := substitute(d.text, env); t != d.text {
			d.text, d.Replaced = t, len(t.edits)
			if len(t.data) > lim.Bytes {
				d.problem(d.span(1, 1, 1, 2), fmt.Sprintf("file has more than %d bytes after its placeholders were replaced", lim.Bytes))
				return d
			}
			if d.badText(t) {
				return d
			}
		}
	}
	if d.tooMany(d.text) {
		return d
	}
	d.read(d.text)
	if len(d.Problems) > 0 && bytes.Contains(d.text.data, []byte("{{")) {
		if t := mask(d.text); t != d.text {
			d.text, d.Templated = t, true
			d.read(t)
		}
	}
	return d
}

// read parses the document's text.
func (d *Document) read(t *text) {
	d.Roots, d.Problems = parseText(d, t, d.limits)
	if len(d.Problems) == 0 && bytes.IndexByte(t.data, '\t') >= 0 {
		// Helm's reader alone refuses a tab before some comments.
		var v any
		if err := sigs.Unmarshal(t.data, &v); err != nil {
			f := t.explainUnlocated(err)
			d.problem(t.span(d, f.start, max(f.end, t.next(f.start))), f.message)
		}
	}
	if len(d.Roots) == 0 || slices.ContainsFunc(d.Problems, func(p Problem) bool { return p.Doc == 0 }) {
		return
	}
	p, bad := notMap(d.Roots[0])
	if !bad {
		return
	}
	if d.Roots[0].Kind != List && len(d.Problems) > 0 && d.Problems[0].syntax && d.Problems[0].Doc == 1 {
		p.Message = notALine + "is a colon missing?"
		p.Related = []lint.Related{{Span: d.Problems[0].Span, Message: "the rest of the file begins here"}}
		d.Problems = d.Problems[1:]
	}
	d.Problems = append([]Problem{p}, d.Problems...)
}

// parseText parses all documents of a text up to the first syntax error.
//
// The tree comes from the v3 library, whose scanner takes what Helm's v2 takes;
// v4 follows a later YAML and lets tabs through that Helm refuses. Only v4 says
// where an error is, so it is asked after one.
func parseText(d *Document, t *text, lim Limits) (roots []*Node, problems []Problem) {
	decoder := yaml.NewDecoder(bytes.NewReader(t.data))
	for number := 0; ; number++ {
		var y yaml.Node
		err := decode(decoder, &y)
		if errors.Is(err, io.EOF) {
			return roots, problems
		}
		if err != nil {
			if number == 0 {
				if root, ignored, ok := t.beforeGarbage(d, lim, err); ok {
					return root, ignored
				}
			}
			p := t.syntaxProblem(d, err)
			p.Doc, p.syntax = number, true
			return roots, append(problems, p)
		}
		b := builder{doc: d, text: t, limits: lim, number: number}
		roots = append(roots, b.build(&y, 0))
		problems = append(problems, b.problems...)
	}
}

// decode reads the next document. A fault of the library is an error of the
// text, not the end of the program.
func decode(decoder *yaml.Decoder, y *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	return decoder.Decode(y)
}

// Values returns the mapping that Helm 3 would read from the file: the first
// document, or an empty mapping when there is none. It is nil when the file
// holds no mapping.
func (d *Document) Values() *Node {
	if len(d.Roots) == 0 || d.Roots[0].Kind == Null {
		for _, p := range d.Problems {
			if p.Doc == 0 {
				return nil
			}
		}
		return &Node{Kind: Map, Span: d.span(1, 1, 1, 1)}
	}
	if d.Roots[0].Kind != Map {
		return nil
	}
	return d.Roots[0]
}

func (d *Document) problem(s lint.Span, msg string) {
	d.Problems = append(d.Problems, Problem{Span: s, Message: msg})
}

func (d *Document) span(line, col, endLine, endCol int) lint.Span {
	return lint.Span{File: d.Name, Line: line, Column: col, EndLine: endLine, EndCol: endCol}
}

// Lines returns how many lines the file has.
func (d *Document) Lines() int { return len(d.lines) }

// Line returns the text of a line, the first being 1, without its line end.
func (d *Document) Line(n int) string {
	if n < 1 || n > len(d.lines) {
		return ""
	}
	start, end := d.lines[n-1], len(d.Data)
	if n == 1 {
		start = d.bom
	}
	if n < len(d.lines) {
		end = d.lines[n] - 1
	}
	return string(bytes.TrimSuffix(d.Data[start:end], []byte("\r")))
}

// Offset returns the byte offset of a line and column, both counted from 1.
func (d *Document) Offset(line, col int) int {
	return offsetIn(d.Data, d.lines, d.marks, d.bom, line, col)
}

// position turns a byte offset into line and column.
func (d *Document) position(off int) (line, col int) {
	return positionIn(d.Data, d.lines, d.marks, d.bom, off)
}

// badText finds what Helm's YAML reader does not take: bytes that are not
// UTF-8, and control characters.
func (d *Document) badText(t *text) bool {
	for i := 0; i < len(t.data); {
		c := t.data[i]
		if c >= ' ' && c < 0x7f || c == '\n' || c == '\r' || c == '\t' {
			i++
			continue
		}
		r, n := utf8.DecodeRune(t.data[i:])
		switch {
		case c == 0:
			d.problem(t.span(d, i, i+1), "file holds a NUL byte; is it a binary file? save it as UTF-8 text")
			return true
		case r == utf8.RuneError && n == 1:
			d.problem(t.span(d, i, i+1), fmt.Sprintf("byte 0x%02x is not valid UTF-8; save the file as UTF-8", c))
			return true
		case r < 0x20 || r >= 0x7f && r < 0xa0 && r != 0x85 || r == 0xfffe || r == 0xffff:
			d.problem(t.span(d, i, i+n), fmt.Sprintf("control character %U is not allowed in YAML; delete it, or write it as \"%s\" in double quotes", r, escaped(r)))
			return true
		}
		i += n
	}
	return false
}

func escaped(r rune) string {
	if r < 0x100 {
		return fmt.Sprintf(`\x%02x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// tooMany refuses a file whose tree would not fit in memory. A value needs a
// comma, a line or a bracket of its own, so this counts rather too many.
func (d *Document) tooMany(t *text) bool {
	if d.limits.Nodes <= 0 || len(t.data) < d.limits.Nodes {
		return false
	}
	n := 0
	for _, sep := range []string{",", "\n", "[", "{", "- "} {
		n += bytes.Count(t.data, []byte(sep))
	}
	if n <= d.limits.Nodes {
		return false
	}
	d.problem(d.span(1, 1, 1, 2), fmt.Sprintf("file holds about %d values, more than the limit of %d; move the data out of the values", n, d.limits.Nodes))
	return true
}

// notMap tells what is wrong with a root that Helm cannot take as values.
func notMap(root *Node) (Problem, bool) {
	if root.Kind == Map || root.Kind == Null {
		return Problem{}, false
	}
	hint := "write `key: value` lines"
	if root.Kind == String && strings.Contains(root.Str, ":") {
		hint = "is a blank missing after the colon?"
	}
	return Problem{Span: root.Span, Message: fmt.Sprintf("file holds %s, but values must be a mapping; %s", root.Kind, hint)}, true
}
