package linter

import (
	"maps"

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

// keep stores the lines of one document that the findings start on. secrets
// tells the spans to mask, and is only asked where there is such a line.
func (l *Lines) keep(d *values.Document, findings []lint.Finding, secrets func(*values.Document) []lint.Span) {
	for i := range findings {
		s := findings[i].Span
		if s.File != d.Name || s.Line == 0 {
			continue
		}
		lines := l.text[d.Name]
		if lines == nil {
			lines = map[int]string{}
			l.text[d.Name] = lines
		}
		lines[s.Line] = redact.Line(d, s.Line, secrets(d))
	}
}

// join adds the lines of other.
func (l *Lines) join(other *Lines) {
	for file, lines := range other.text {
		if l.text[file] == nil {
			l.text[file] = lines
			continue
		}
		maps.Copy(l.text[file], lines)
	}
}
