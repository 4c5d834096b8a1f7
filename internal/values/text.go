package values

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
)

// text is what the YAML library reads, with an index of its lines as YAML ends
// them. It is the file itself, unless something had to be put in before it was
// read: values of placeholders, or stand-ins for template expressions.
type text struct {
	data  []byte
	lines []int // byte offset of each line's start
	marks []mark
	bom   int
	// toFile maps a byte offset to one of the file; end tells that it ends a
	// span. It is nil where lines and columns are those of the file.
	toFile func(off int, end bool) int
	edits  []edit // what was replaced in the file, in order
	masks  *masks // what was masked
	// replaced tells that the whole text comes from a scalar in which
	// placeholders were replaced.
	replaced bool
	grown    bool       // a line end was added to it
	fixed    *lint.Span // the place of all of it, when it has no lines of its own
}

const bom = "\ufeff"

// newText indexes data. Line ends that only YAML knows (a lone CR, NEL, LS and
// PS) make its lines differ from those of an editor.
func newText(data []byte) *text {
	t := &text{data: data}
	if bytes.HasPrefix(data, []byte(bom)) {
		t.bom = len(bom)
	}
	if !strangeBreaks(data) {
		t.lines = lineStarts(data)
		t.marks = marksOf(data, t.lines, t.bom)
		return t
	}
	t.toFile = func(off int, _ bool) int { return off }
	t.lines = append(t.lines, 0)
	for i := 0; i < len(data); {
		if n := breakLen(data[i:]); n > 0 {
			i += n
			t.lines = append(t.lines, i)
			continue
		}
		i++
	}
	t.marks = marksOf(data, t.lines, t.bom)
	return t
}

func lineStarts(data []byte) []int {
	lines := make([]int, 1, bytes.Count(data, []byte("\n"))+1)
	for i := 0; ; {
		j := bytes.IndexByte(data[i:], '\n')
		if j < 0 {
			return lines
		}
		i += j + 1
		lines = append(lines, i)
	}
}

func strangeBreaks(data []byte) bool {
	for rest := data; ; {
		i := bytes.IndexByte(rest, '\r')
		if i < 0 {
			break
		}
		if i+1 == len(rest) || rest[i+1] != '\n' {
			return true
		}
		rest = rest[i+2:]
	}
	return bytes.Contains(data, []byte("\u0085")) || bytes.Contains(data, []byte("\u2028")) || bytes.Contains(data, []byte("\u2029"))
}

// breakLen returns the length of the line end that s begins with, or 0.
func breakLen(s []byte) int {
	if len(s) == 0 {
		return 0
	}
	switch s[0] {
	case '\n':
		return 1
	case '\r':
		if len(s) > 1 && s[1] == '\n' {
			return 2
		}
		return 1
	case 0xc2:
		if len(s) > 1 && s[1] == 0x85 {
			return 2
		}
	case 0xe2:
		if len(s) > 2 && s[1] == 0x80 && (s[2] == 0xa8 || s[2] == 0xa9) {
			return 3
		}
	}
	return 0
}

// offset returns the byte offset of a line and column, both counted from 1.
func (t *text) offset(line, col int) int { return offsetIn(t.data, t.lines, t.marks, t.bom, line, col) }

// position turns a byte offset into line and column.
func (t *text) position(off int) (line, col int) {
	return positionIn(t.data, t.lines, t.marks, t.bom, off)
}

// mark is a column within a long line, so that nobody counts from its start.
type mark struct{ off, col int }

// apart is how far the marks of a long line are from each other, in bytes.
const apart = 1 << 10

// marksOf sets the marks of all long lines, in order.
func marksOf(data []byte, lines []int, bom int) []mark {
	var out []mark
	for n, i := range lines {
		end := len(data)
		if n+1 < len(lines) {
			end = lines[n+1]
		}
		if n == 0 {
			i = bom
		}
		for col := 1; end-i > apart; {
			next := i + apart
			for next < end && !utf8.RuneStart(data[next]) {
				next++
			}
			col += utf8.RuneCount(data[i:next])
			i = next
			out = append(out, mark{i, col})
		}
	}
	return out
}

func offsetIn(data []byte, lines []int, marks []mark, bom, line, col int) int {
	if line < 1 {
		return bom
	}
	if line > len(lines) {
		return len(data)
	}
	i := lines[line-1]
	if line == 1 {
		i = bom
	}
	c := 1
	if col > apart {
		// The last mark of the line that is not behind the column.
		from := sort.Search(len(marks), func(k int) bool { return marks[k].off > i })
		end := len(data)
		if line < len(lines) {
			end = min(end, lines[line]-1)
		}
		k := from + sort.Search(len(marks)-from, func(k int) bool { return marks[from+k].off > end || marks[from+k].col > col })
		if k > from {
			i, c = marks[k-1].off, marks[k-1].col
		}
	}
	for ; c < col && i < len(data) && data[i] != '\n'; c++ {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRune(data[i:])
		i += n
	}
	return i
}

func positionIn(data []byte, lines []int, marks []mark, bom, off int) (line, col int) {
	off = min(max(off, bom), len(data))
	line = sort.SearchInts(lines, off+1)
	start := lines[line-1]
	if line == 1 {
		start = bom
	}
	col = 1
	if off-start > apart {
		if k := sort.Search(len(marks), func(k int) bool { return marks[k].off > off }); k > 0 && marks[k-1].off > start {
			start, col = marks[k-1].off, marks[k-1].col
		}
	}
	return line, col + utf8.RuneCount(data[start:off])
}

// line returns the bytes of a line without its end.
func (t *text) line(n int) []byte {
	if n < 1 || n > len(t.lines) {
		return nil
	}
	start := t.lines[n-1]
	if n == 1 {
		start = t.bom
	}
	i := start
	for i < len(t.data) && breakLen(t.data[i:]) == 0 {
		i++
	}
	return t.data[start:i]
}

// span returns the place in the file of a piece of the text.
func (t *text) span(d *Document, start, end int) lint.Span {
	if t.fixed != nil {
		return *t.fixed
	}
	if t.toFile == nil {
		line, col := t.position(start)
		return t.spanFrom(d, line, col, start, end)
	}
	line, col := d.position(t.toFile(start, false))
	endLine, endCol := d.position(t.toFile(end, true))
	return d.span(line, col, endLine, endCol)
}

// spanFrom is span where the start's line and column are known.
func (t *text) spanFrom(d *Document, line, col, start, end int) lint.Span {
	if t.toFile != nil || t.fixed != nil {
		return t.span(d, start, end)
	}
	if end < start {
		end = start
	}
	piece := t.data[start:end]
	if i := bytes.LastIndexByte(piece, '\n'); i >= 0 {
		return d.span(line, col, line+bytes.Count(piece, []byte("\n")), utf8.RuneCount(piece[i+1:])+1)
	}
	return d.span(line, col, line, col+utf8.RuneCount(piece))
}

// next returns the offset after the character at off.
func (t *text) next(off int) int {
	if off >= len(t.data) {
		return off
	}
	_, n := utf8.DecodeRune(t.data[off:])
	return off + n
}

// edited reports whether a placeholder was replaced between the offsets.
func (t *text) edited(start, end int) bool {
	if len(t.edits) == 0 {
		return false
	}
	i := sort.Search(len(t.edits), func(i int) bool { return t.edits[i].end > start })
	return i < len(t.edits) && t.edits[i].start < end
}

// fromUTF16 turns a file that begins with a UTF-16 byte order mark into UTF-8,
// as Helm 3 reads it; PowerShell's `>` writes such files.
func fromUTF16(data []byte) (out []byte, ok bool, err error) {
	var big bool
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		big = true
	default:
		return nil, false, nil
	}
	data = data[2:]
	if len(data)%2 != 0 {
		return nil, true, fmt.Errorf("file begins like UTF-16 but ends in the middle of a character; save it as UTF-8")
	}
	out = make([]byte, 0, len(data)/2)
	for i := 0; i < len(data); i += 2 {
		r := unit(data[i:], big)
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if i+3 < len(data) {
				low = unit(data[i+2:], big)
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				return nil, true, fmt.Errorf("file begins like UTF-16 but holds half a character; save it as UTF-8")
			}
			i += 2
		}
		out = utf8.AppendRune(out, r)
	}
	return out, true, nil
}

func unit(b []byte, big bool) rune {
	if big {
		return rune(b[0])<<8 | rune(b[1])
	}
	return rune(b[1])<<8 | rune(b[0])
}
