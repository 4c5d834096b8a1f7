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
	for _, nodes := range v.inner {
		for _, n := range nodes {
			add(n.Text)
			add(n.Str)
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
		s = redact.Spans(d, v.secret, v.inner[d]...)
		v.spans[d] = s
	}
	return s
}

// innerSecrets are the secrets of layers that stand inside other documents, by
// document: there, the paths that packs call secret do not begin at the root.
func (r *Release) innerSecrets(vals *values.Values, secret func(lint.Path) bool) map[*values.Document][]*values.Node {
	var out map[*values.Document][]*values.Node
	add := func(d *values.Document, n *values.Node) {
		if out == nil {
			out = map[*values.Document][]*values.Node{}
		}
		out[d] = append(out[d], n)
	}
	for _, s := range r.Sources {
		if s.Value == nil {
			continue
		}
		// Judged by the path alone: Helm may refuse the assignment, and then no
		// layer holds it.
		key, _, _ := strings.Cut(s.Arg, "=")
		p, err := lint.ParsePath(key)
		s.Value.Walk(p, func(at lint.Path, n *values.Node) bool {
			if n.Kind != values.Map && n.Kind != values.List && n.Kind != values.Null && !n.Unknown() && (err != nil || secret(at) || redact.Classify(at, nil, n) == redact.Literal) {
				add(s.Doc, n)
			}
			return true
		})
	}
	for _, l := range vals.Layers {
		if l.Doc == nil || l.Root == nil || l.Arg != "" || !r.inside(l.Doc) {
			continue
		}
		hidden := redact.Nodes(l.Root, secret)
		l.Root.Walk(nil, func(_ lint.Path, n *values.Node) bool {
			if hidden[n] {
				add(l.Doc, n)
			}
			return true
		})
	}
	return out
}

// maskInner masks the lines that were kept before all secrets inside of
// documents were known.
func (f *fleet) maskInner() {
	for d, nodes := range f.inner {
		spans := redact.Spans(d, nil, nodes...)
		again := newLines()
		again.text[d.Name] = map[int]string{}
		for n := range f.lines.text[d.Name] {
			again.text[d.Name][n] = redact.Line(d, n, spans)
		}
		f.lines.join(again)
	}
}
