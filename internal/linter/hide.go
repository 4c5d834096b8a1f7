package linter

import (
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// shortest is the length from which a secret can be told from an ordinary word.
const shortest = 6

// hide takes secrets out of findings, whatever rule they come from: the
// literal values of secrets in the files and in the environment, and passwords
// in addresses. A fix that would show one is dropped.
func (v *verdict) hide() {
	if len(v.findings) == 0 {
		return
	}
	var pairs []string
	add := func(s string) {
		if s = strings.TrimSpace(s); len(s) >= shortest && !strings.Contains(s, "\n") {
			pairs = append(pairs, s, "********")
		}
	}
	for _, d := range v.docs {
		for _, root := range d.Roots {
			for n := range redact.Nodes(root, v.secret) {
				if n.Kind == values.String || n.Kind == values.Number {
					add(n.Text)
					add(n.Str)
				}
			}
		}
	}
	for name, value := range v.env {
		if redact.IsSecretKey(name) {
			add(value)
		}
	}
	masks := strings.NewReplacer(pairs...)
	clean := func(s string) string { return redact.Text(masks.Replace(s)) }
	for i := range v.findings {
		f := &v.findings[i]
		f.Message = clean(f.Message)
		for j := range f.Related {
			f.Related[j].Message = clean(f.Related[j].Message)
		}
		if f.Fix != nil && v.shows(f.Fix, clean) {
			f.Fix = nil
		}
	}
}

// shows reports whether a fix would print a secret: one it holds, or the text
// of a place that is masked in its file.
func (v *verdict) shows(fix *lint.Fix, clean func(string) string) bool {
	for _, e := range fix.Edits {
		if clean(e.Text) != e.Text {
			return true
		}
		for _, d := range v.docs {
			if d.Name != e.Span.File {
				continue
			}
			for _, s := range v.spansOf(d) {
				if s.Line <= e.Span.EndLine && e.Span.Line <= s.EndLine {
					return true
				}
			}
		}
	}
	return false
}

// spansOf finds the secrets of a document, once.
func (v *verdict) spansOf(d *values.Document) []lint.Span {
	if v.spans == nil {
		v.spans = map[*values.Document][]lint.Span{}
	}
	s, ok := v.spans[d]
	if !ok {
		s = redact.Spans(d, v.secret)
		v.spans[d] = s
	}
	return s
}
