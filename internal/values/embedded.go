package values

import (
	"strings"
	"sync"

	"github.com/helmvet/helmvet/internal/lint"
)

// embedded is the YAML inside a string, parsed when first asked for.
type embedded struct {
	once       sync.Once
	doc        *Document // the file around the string
	limits     Limits
	text       *text // the text around the string
	start, end int   // of the string in it
	apart      bool  // text is the string itself
	root       *Node
	problems   []Problem
}

// Embedded returns the mapping or list that a string holds as YAML text, as
// charts have it in `volumes: |`. Positions are those of the outer file. It
// returns nil for other nodes and for text that is no mapping or list.
func (n *Node) Embedded() *Node {
	if n == nil || n.Kind != String || n.embedded == nil {
		return nil
	}
	n.embedded.once.Do(n.parseEmbedded)
	if r := n.embedded.root; r != nil && (r.Kind == Map || r.Kind == List) {
		return r
	}
	return nil
}

// EmbeddedProblems returns what is wrong with the YAML inside a string, for
// strings that are known to hold some.
func (n *Node) EmbeddedProblems() []Problem {
	if n == nil || n.Kind != String || n.embedded == nil {
		return nil
	}
	n.embedded.once.Do(n.parseEmbedded)
	return n.embedded.problems
}

// looksLikeYAML spares single words and sentences a second parse.
func looksLikeYAML(s string) bool {
	return strings.Contains(s, "\n") || strings.HasPrefix(strings.TrimLeft(s, " "), "- ")
}

func (n *Node) parseEmbedded() {
	e := n.embedded
	t := e.text
	if !e.apart {
		t = newText([]byte(n.Str))
		t.toFile = n.outer(t)
		t.replaced = n.Replaced
	}
	roots, problems := parseText(e.doc, t, e.limits)
	if len(problems) > 0 && strings.Contains(n.Str, "{{") {
		if m := mask(t); m != t {
			roots, problems = parseText(e.doc, m, e.limits)
		}
	}
	if e.problems = problems; len(roots) > 0 {
		e.root = roots[0]
	}
	for _, p := range problems {
		if p.syntax {
			e.root = nil
		}
	}
	stamp(e.root, n.Layer)
}

// outer maps an offset inside the string to the file. Literal block strings
// keep their lines, so the indentation is all that has to be added; in any
// other style the place of the whole string has to do.
func (n *Node) outer(inner *text) func(int, bool) int {
	e := n.embedded
	toFile := e.text.toFile
	if toFile == nil {
		toFile = func(off int, _ bool) int { return off }
	}
	if n.Style != Literal {
		start, end := toFile(e.start, false), toFile(e.end, true)
		return func(_ int, ends bool) int {
			if ends {
				return end
			}
			return start
		}
	}
	header, _ := e.text.position(e.start)
	indent := e.text.blockIndent(header, n.Str)
	return func(off int, ends bool) int {
		line, col := inner.position(off)
		return toFile(e.text.offset(header+line, indent+col), ends)
	}
}

// Within places a span of the string's text in the file: exactly in literal
// block strings and in strings of one line that are written as they read, as
// the whole string in any other.
func (n *Node) Within(s lint.Span) lint.Span {
	e := n.embedded
	switch {
	case n.Style == Literal && e != nil && !e.apart:
		t := newText([]byte(n.Str))
		toFile := n.outer(t)
		at := n.Span
		at.Line, at.Column = e.doc.position(toFile(t.offset(s.Line, s.Column), false))
		at.EndLine, at.EndCol = e.doc.position(toFile(t.offset(s.EndLine, s.EndCol), true))
		return at
	case n.Span.Line != n.Span.EndLine || n.Style > DoubleQuoted:
		return n.Span
	}
	at, shift := n.Span, n.Span.Column-1
	if n.Style != Plain {
		shift++
	}
	if width := at.EndCol - at.Column - 2*(shift-at.Column+1); width != runeLen(n.Str) {
		return n.Span // there are escapes in it
	}
	at.Column, at.EndCol = s.Column+shift, s.EndCol+shift
	return at
}
