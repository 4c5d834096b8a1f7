package values

import (
	"bytes"
	"errors"
	"io"
	"reflect"

	"github.com/helmvet/helmvet/internal/lint"
	yaml3 "go.yaml.in/yaml/v3"
	yaml4 "go.yaml.in/yaml/v4"
	"sigs.k8s.io/yaml"
)

// syntaxProblem tells what and where the first error of the text is; err is
// what the library that builds the tree says of it.
func (t *text) syntaxProblem(d *Document, err error) Problem {
	var f fault
	if le := t.located(); le != nil {
		f = t.explain(le)
	} else {
		f = t.explainUnlocated(err)
	}
	if i := t.conflictMarker(); i >= 0 {
		f = fault{start: i, end: lineEnd(t.data, i), message: "line is a conflict marker of a merge; resolve the conflict first"}
	} else if i := t.actionLine(f.start); i >= 0 {
		f = fault{start: i, end: lineEnd(t.data, i), message: "template action on a line of its own, so this is a template and not a values file; render it first"}
	}
	if line, _ := t.position(f.start); len(t.edits) > 0 && t.edited(t.offset(line, 1), lineEnd(t.data, f.start)) {
		f.message += " (a placeholder on this line was replaced; its value may need quotes)"
	}
	p := Problem{Span: t.span(d, f.start, max(f.end, t.next(f.start))), Message: f.message}
	if f.because != "" {
		p.Related = []lint.Related{{Span: t.span(d, f.cause, t.next(f.cause)), Message: f.because}}
	}
	return p
}

// located returns the first syntax error with its place.
func (t *text) located() *yaml4.LoadError {
	loader, err := yaml4.NewLoader(bytes.NewReader(t.data))
	for err == nil {
		var y yaml4.Node
		err = loader.Load(&y)
	}
	var le *yaml4.LoadError
	if errors.Is(err, io.EOF) || !errors.As(err, &le) {
		return nil
	}
	return le
}

// beforeGarbage handles what only looks like an error in the first document:
// Helm's reader stops at its end and does not look at what follows. It returns
// the document that Helm sees and the problem of what it ignores.
func (t *text) beforeGarbage(d *Document, lim Limits, err error) ([]*Node, []Problem, bool) {
	const affordable = 1 << 20
	var want any
	if len(t.data) > affordable || yaml.Unmarshal(t.data, &want) != nil {
		return nil, nil, false
	}
	for _, off := range t.separators(20) {
		if roots, problems, ok := t.upTo(d, lim, off, want); ok {
			p := t.syntaxProblem(d, err)
			p.Doc, p.syntax = len(roots), true
			return roots, append(problems, p), true
		}
	}
	cut := *t
	for range 20 {
		le := cut.located()
		if le == nil {
			return nil, nil, false
		}
		off := cut.offset(le.Mark.Line, le.Mark.Column)
		if le.ContextMark.Line > 0 {
			off = min(off, cut.offset(le.ContextMark.Line, le.ContextMark.Column))
		}
		if off >= len(cut.data) {
			return nil, nil, false
		}
		cut.data = cut.data[:off]
		if roots, problems, ok := t.upTo(d, lim, off, want); ok {
			p := Problem{
				Span:    t.span(d, off, t.next(off)),
				Message: garbage,
				Doc:     len(roots),
			}
			return roots, append(problems, p), true
		}
	}
	return nil, nil, false
}

// upTo parses the text before off and reports whether that is what Helm reads.
func (t *text) upTo(d *Document, lim Limits, off int, want any) ([]*Node, []Problem, bool) {
	cut := *t
	cut.data = cut.data[:off]
	decoder := yaml3.NewDecoder(bytes.NewReader(cut.data))
	var y yaml3.Node
	if err := decode(decoder, &y); err != nil && err != io.EOF {
		return nil, nil, false
	}
	b := builder{doc: d, text: &cut, limits: lim}
	root := b.build(&y, 0)
	scalar := root.Kind != Map && root.Kind != List && root.Kind != Null
	return []*Node{root}, b.problems, !scalar && reflect.DeepEqual(root.Any(), want)
}

// separators returns the offsets of the first lines that end a document.
func (t *text) separators(most int) []int {
	var out []int
	for _, off := range t.lines {
		if off > 0 && len(out) < most && (bytes.HasPrefix(t.data[off:], []byte("---")) || bytes.HasPrefix(t.data[off:], []byte("..."))) {
			out = append(out, off)
		}
	}
	return out
}
