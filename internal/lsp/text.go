package lsp

import (
	"bytes"
	"fmt"
	"os"
	"sort"
	"unicode/utf8"

	"github.com/helmvet/helmvet/internal/lint"
)

// encoding is what the client counts columns in.
type encoding string

const (
	utf8Units  encoding = "utf-8"
	utf16Units encoding = "utf-16" // what the protocol says when nothing was agreed on
	utf32Units encoding = "utf-32"
)

// choose takes the encoding that costs least of those that the client offers.
func choose(offered []string) encoding {
	for _, e := range []encoding{utf8Units, utf32Units} {
		for _, o := range offered {
			if o == string(e) {
				return e
			}
		}
	}
	return utf16Units
}

// width is how many units a character has.
func (e encoding) width(r rune, size int) int {
	switch {
	case e == utf8Units:
		return size
	case e == utf16Units && r >= 0x10000:
		return 2
	}
	return 1
}

// source is a text with its lines, both as the protocol counts them, where a
// lone CR ends a line, and as findings do, where it does not.
type source struct {
	data  []byte
	enc   encoding
	lines []int // byte offset of each line's start, for the protocol
	lint  []int // the same for findings; usually the same slice
}

func newSource(data []byte, enc encoding) *source {
	s := &source{data: data, enc: enc, lines: make([]int, 1, bytes.Count(data, []byte("\n"))+1)}
	lone := false
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '\n':
			s.lines = append(s.lines, i+1)
		case '\r':
			if i+1 == len(data) || data[i+1] != '\n' {
				s.lines = append(s.lines, i+1)
				lone = true
			}
		}
	}
	s.lint = s.lines
	if lone {
		s.lint = []int{0}
		for i, c := range data {
			if c == '\n' {
				s.lint = append(s.lint, i+1)
			}
		}
	}
	return s
}

// offset turns a position of the client into a byte offset. A position behind
// the end of its line is the end of the line, as the protocol says; one behind
// the last line is the end of the text.
func (s *source) offset(p position) int {
	if p.Line < 0 {
		return 0
	}
	if p.Line >= len(s.lines) {
		return len(s.data)
	}
	i := s.lines[p.Line]
	for units := 0; i < len(s.data) && s.data[i] != '\n' && s.data[i] != '\r'; {
		r, size := utf8.DecodeRune(s.data[i:])
		if units += s.enc.width(r, size); units > p.Character {
			break
		}
		i += size
	}
	return i
}

// position turns a byte offset into a position of the client.
func (s *source) position(off int) position {
	off = min(max(off, 0), len(s.data))
	line := sort.SearchInts(s.lines, off+1) - 1
	units := 0
	for i := s.lines[line]; i < off; {
		r, size := utf8.DecodeRune(s.data[i:])
		units += s.enc.width(r, size)
		i += size
	}
	return position{line, units}
}

// at turns line and column of a finding into a byte offset.
func (s *source) at(line, col int) int {
	if line < 1 {
		return 0
	}
	if line > len(s.lint) {
		return len(s.data)
	}
	i := s.lint[line-1]
	if line == 1 && bytes.HasPrefix(s.data, []byte("\ufeff")) {
		i = len("\ufeff")
	}
	for c := 1; c < col && i < len(s.data) && s.data[i] != '\n'; c++ {
		_, size := utf8.DecodeRune(s.data[i:])
		i += size
	}
	return i
}

// place turns a position of the client into line and column of a finding.
func (s *source) place(p position) (line, col int) {
	off := s.offset(p)
	line = sort.SearchInts(s.lint, off+1)
	start := s.lint[line-1]
	if line == 1 && bytes.HasPrefix(s.data, []byte("\ufeff")) {
		start = min(len("\ufeff"), off)
	}
	return line, utf8.RuneCount(s.data[start:off]) + 1
}

// span is the range of a place of a finding.
func (s *source) span(p lint.Span) textRange {
	from := s.at(p.Line, p.Column)
	to := from
	if p.EndLine > 0 {
		to = max(from, s.at(p.EndLine, p.EndCol))
	}
	return textRange{s.position(from), s.position(to)}
}

// line is the text of a line as findings count, without its end.
func (s *source) line(n int) string {
	if n < 1 || n > len(s.lint) {
		return ""
	}
	end := len(s.data)
	if n < len(s.lint) {
		end = s.lint[n] - 1
	}
	return string(bytes.TrimSuffix(s.data[s.at(n, 1):max(end, s.at(n, 1))], []byte("\r")))
}

// edit applies the changes of the client, one after the other.
func (s *source) edit(changes []contentChange) (*source, error) {
	for _, c := range changes {
		if c.Range == nil {
			s = newSource([]byte(c.Text), s.enc)
			continue
		}
		from, to := s.offset(c.Range.Start), s.offset(c.Range.End)
		if c.Range.Start.Line < 0 || to < from {
			return s, fmt.Errorf("change of line %d to line %d has its end before its start", c.Range.Start.Line, c.Range.End.Line)
		}
		data := make([]byte, 0, len(s.data)-(to-from)+len(c.Text))
		data = append(append(append(data, s.data[:from]...), c.Text...), s.data[to:]...)
		s = newSource(data, s.enc)
	}
	return s, nil
}

// readFile reads a file that is pointed at, unless it is no ordinary one.
func readFile(path string) ([]byte, error) {
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() || st.Size() > maxText {
		return nil, fmt.Errorf("%s: is no file of ordinary size", path)
	}
	return os.ReadFile(path)
}
