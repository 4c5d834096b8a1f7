package linter

import (
	"maps"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// Lines are the source lines that findings show, secrets masked. Only lines
// with findings are kept, so that a run over thousands of files stays small.
type Lines struct {
	text map[string]map[int]string
}

func newLines() *Lines { return &Lines{text: map[string]map[int]string{}} }

// Line returns a kept line.
func (l *Lines) Line(file string, n int) (string, bool) {
	s, ok := l.text[file][n]
	return s, ok
}

// keep stores the lines of one document that the findings start on, and with
// around those before and after, those they end on, and those of related places
// and fixes. secrets
// tells the spans to mask, and is only asked where there is such a line.
func (l *Lines) keep(d *values.Document, findings []lint.Finding, around int, secrets func(*values.Document) []lint.Span) {
	store := func(s lint.Span, from, to int) {
		if s.File != d.Name || s.Line == 0 {
			return
		}
		lines := l.text[d.Name]
		if lines == nil {
			lines = map[int]string{}
			l.text[d.Name] = lines
		}
		for n := max(from, 1); n <= min(to, d.Lines()); n++ {
			if _, ok := lines[n]; !ok {
				lines[n] = redact.Line(d, n, secrets(d))
			}
		}
	}
	for i := range findings {
		f := &findings[i]
		if around == 0 {
			store(f.Span, f.Span.Line, f.Span.Line)
			continue
		}
		store(f.Span, f.Span.Line-around, f.Span.Line+around)
		store(f.Span, f.Span.EndLine, f.Span.EndLine)
		for _, r := range f.Related {
			store(r.Span, r.Span.Line, r.Span.Line)
		}
		if f.Fix != nil {
			for _, e := range f.Fix.Edits {
				store(e.Span, e.Span.Line, e.Span.Line)
				store(e.Span, e.Span.EndLine, e.Span.EndLine)
			}
		}
	}
}

// join adds the lines of other.
func (l *Lines) join(other *Lines) {
	for file, lines := range other.text {
		if l.text[file] == nil {
			l.text[file] = lines
			continue
		}
		for n, line := range lines {
			// Releases of different packs share the file, and one pack knows a
			// secret that another does not.
			if old, ok := l.text[file][n]; !ok || strings.Count(old, "*") < strings.Count(line, "*") {
				l.text[file][n] = line
			}
		}
	}
}

// Rename gives files other names.
func (l *Lines) Rename(name func(string) string) {
	for _, file := range slices.Sorted(maps.Keys(l.text)) {
		if to := name(file); to != file {
			l.text[to] = l.text[file]
			delete(l.text, file)
		}
	}
}
