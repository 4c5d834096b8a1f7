package values

import (
	"bytes"
	"strings"
	"sync"

	"github.com/helmvet/helmvet/internal/lint"
	"go.yaml.in/yaml/v4"
)

// embedded is the YAML inside a string, parsed when first asked for.
type embedded struct {
	once     sync.Once
	doc      *Document // the file around the string
	limits   Limits
	root     *Node
	roots    int
	problems []Problem
}

// Embedded returns the mapping or list that a string holds as YAML text, as
// charts have it in `volumes: |`. Positions are those of the outer file. It
// returns nil for other nodes and for text that is no mapping or list.
func (n *Node) Embedded() *Node {
	if n == nil || n.Kind != String || n.embedded == nil || !looksLikeYAML(n.Str) {
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
	t := strings.TrimLeft(s, " \n")
	return strings.Contains(s, "\n") || strings.HasPrefix(t, "- ")
}

func (n *Node) parseEmbedded() {
	e := n.embedded
	loader, err := yaml.NewLoader(strings.NewReader(n.Str))
	if err != nil {
		return
	}
	place := n.outer()
	inner := &Document{Name: e.doc.Name, Data: []byte(n.Str)}
	for {
		var y yaml.Node
		if err := loader.Load(&y); err != nil {
			if err.Error() != "EOF" {
				p := inner.syntaxProblem(err)
				p.Span = placeSpan(p.Span, place)
				for i := range p.Related {
					p.Related[i].Span = placeSpan(p.Related[i].Span, place)
				}
				e.problems = append(e.problems, p)
				e.root = nil
			}
			return
		}
		b := builder{doc: e.doc, limits: e.limits, place: place}
		root := b.build(&y, 0)
		e.problems = append(e.problems, b.problems...)
		if e.roots == 0 {
			e.root = root
		}
		e.roots++
	}
}

func placeSpan(s lint.Span, place func(int, int) (int, int)) lint.Span {
	s.Line, s.Column = place(s.Line, s.Column)
	s.EndLine, s.EndCol = place(s.EndLine, s.EndCol)
	return s
}

// outer maps a place inside the string to the file. Literal block strings keep
// their lines, so the indentation is all that has to be added; in any other
// style the string's own place has to do.
func (n *Node) outer() func(line, col int) (int, int) {
	span, doc := n.Span, n.embedded.doc
	if n.Style != Literal {
		return func(int, int) (int, int) { return span.Line, span.Column }
	}
	lines := bytes.Split([]byte(n.Str), []byte("\n"))
	return func(line, col int) (int, int) {
		out := span.Line + line
		inner := 0
		if line >= 1 && line <= len(lines) {
			inner = runeLen(string(lines[line-1]))
		}
		return out, runeLen(doc.Line(out)) - inner + col
	}
}
