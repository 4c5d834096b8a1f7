package values

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
	"go.yaml.in/yaml/v4"
)

// Document is one parsed YAML file: its bytes, its documents and what went
// wrong. A file that could not be parsed has problems and whatever documents
// came before them.
type Document struct {
	Name     string // as the user gave it
	Data     []byte
	Roots    []*Node // one for each YAML document; an empty document is a Null
	Problems []Problem

	lines []int // byte offset of each line's start
}

// Problem is why a text is not what Helm would accept as values.
type Problem struct {
	Span    lint.Span
	Message string
	Related []lint.Related
}

// Limits bound what a file may ask of us.
type Limits struct {
	Bytes   int // size of one file
	Depth   int // nesting
	Aliases int // nodes that aliases may add
}

// DefaultLimits are far above what real values need: Helm itself stores a
// release, values included, in a Secret of at most 1 MiB.
var DefaultLimits = Limits{Bytes: 32 << 20, Depth: 1000, Aliases: 100_000}

// Parse reads YAML. It never fails: what is wrong is told in Problems.
func Parse(name string, data []byte, lim Limits) *Document {
	d := &Document{Name: name, Data: data}
	d.indexLines()
	if len(data) > lim.Bytes {
		d.problem(d.span(1, 1, 1, 2), fmt.Sprintf("file has %d bytes, more than the limit of %d; values this large cannot be stored in a release", len(data), lim.Bytes))
		return d
	}
	if p, bad := d.badText(); bad {
		d.Problems = append(d.Problems, p)
		return d
	}
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		d.problem(d.span(1, 1, 1, 2), err.Error())
		return d
	}
	for {
		var y yaml.Node
		err := loader.Load(&y)
		if errors.Is(err, io.EOF) {
			return d
		}
		if err != nil {
			d.Problems = append(d.Problems, d.syntaxProblem(err))
			return d
		}
		b := builder{doc: d, limits: lim}
		root := b.build(&y, 0)
		d.Problems = append(d.Problems, b.problems...)
		d.Roots = append(d.Roots, root)
	}
}

// Values returns the mapping that Helm 3 would read from the file: the first
// document, or an empty mapping when there is none. It is nil when the file
// holds no mapping.
func (d *Document) Values() *Node {
	if len(d.Roots) == 0 || d.Roots[0].Kind == Null {
		if len(d.Problems) > 0 {
			return nil
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

func (d *Document) indexLines() {
	d.lines = append(d.lines, 0)
	for i, c := range d.Data {
		if c == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
}

// Lines returns how many lines the file has.
func (d *Document) Lines() int { return len(d.lines) }

// Line returns the text of a line, the first being 1, without its line end.
func (d *Document) Line(n int) string {
	if n < 1 || n > len(d.lines) {
		return ""
	}
	start, end := d.lines[n-1], len(d.Data)
	if n < len(d.lines) {
		end = d.lines[n] - 1
	}
	line := string(bytes.TrimSuffix(d.Data[start:end], []byte("\r")))
	if n == 1 {
		line = strings.TrimPrefix(line, "\ufeff")
	}
	return line
}

// Offset returns the byte offset of a line and column, both counted from 1.
func (d *Document) Offset(line, col int) int {
	if line < 1 {
		return 0
	}
	if line > len(d.lines) {
		return len(d.Data)
	}
	i := d.lines[line-1]
	if line == 1 && bytes.HasPrefix(d.Data, []byte("\ufeff")) {
		i += len("\ufeff")
	}
	for c := 1; c < col && i < len(d.Data) && d.Data[i] != '\n'; c++ {
		_, n := utf8.DecodeRune(d.Data[i:])
		i += n
	}
	return i
}

// position turns a byte offset into line and column.
func (d *Document) position(off int) (line, col int) {
	lo, hi := 0, len(d.lines)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; d.lines[mid] <= off {
			lo = mid
		} else {
			hi = mid
		}
	}
	start := d.lines[lo]
	if lo == 0 && bytes.HasPrefix(d.Data, []byte("\ufeff")) && off >= 3 {
		start = 3
	}
	return lo + 1, runeLen(string(d.Data[start:off])) + 1
}

// badText finds what no YAML reader takes: bytes that are not UTF-8, and NUL.
func (d *Document) badText() (Problem, bool) {
	if i := bytes.IndexByte(d.Data, 0); i >= 0 {
		line, col := d.position(i)
		return Problem{Span: d.span(line, col, line, col+1), Message: "file holds a NUL byte; is it a binary or UTF-16 file? save it as UTF-8 text"}, true
	}
	if utf8.Valid(d.Data) {
		return Problem{}, false
	}
	for i := 0; i < len(d.Data); {
		r, n := utf8.DecodeRune(d.Data[i:])
		if r == utf8.RuneError && n == 1 {
			line, col := d.position(i)
			return Problem{Span: d.span(line, col, line, col+1), Message: fmt.Sprintf("byte 0x%02x is not valid UTF-8; save the file as UTF-8", d.Data[i])}, true
		}
		i += n
	}
	return Problem{}, false
}

func (d *Document) syntaxProblem(err error) Problem {
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		return Problem{Span: d.span(1, 1, 1, 2), Message: err.Error()}
	}
	line, col := le.Mark.Line, le.Mark.Column
	msg := le.Message
	p := Problem{}
	if le.ContextMark.Line > 0 && le.ContextMsg != "" {
		if le.ContextMark.Line != line || le.ContextMark.Column != col {
			p.Related = append(p.Related, lint.Related{
				Span:    d.span(le.ContextMark.Line, le.ContextMark.Column, le.ContextMark.Line, le.ContextMark.Column+1),
				Message: le.ContextMsg,
			})
		}
	}
	if line < 1 {
		line, col = 1, 1
	}
	p.Span = d.span(line, col, line, col+1)
	p.Message = msg
	return p
}
