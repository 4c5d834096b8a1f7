package values

import (
	"bytes"
	"slices"
)

// ValuesFor returns the mapping that a version of Helm reads from the file, or
// the problems for which it refuses the file. Helm 3 reads the first document
// and ignores the others; Helm 4 cuts the file at its `---` lines and merges
// what it finds.
func (d *Document) ValuesFor(p Profile) (*Node, []Problem) {
	if !p.four() || d.text == nil {
		if bad := firstProblems(d.Problems); len(bad) > 0 {
			return nil, bad
		}
		return d.Values(), nil
	}
	if d.utf16 {
		return nil, []Problem{{Span: d.span(1, 1, 1, 2), Message: "file is UTF-16, which Helm 4 does not read; save it as UTF-8"}}
	}
	if len(d.Problems) > 0 && len(d.Roots) == 0 && !d.Problems[0].syntax {
		return nil, firstProblems(d.Problems) // not even read
	}
	pieces, bad := d.text.pieces(d)
	if bad != nil {
		return nil, []Problem{*bad}
	}
	if len(pieces) == 1 && !pieces[0].grown {
		if bad := firstProblems(d.Problems); len(bad) > 0 {
			return nil, bad
		}
		return d.Values(), nil
	}
	root := &Node{Kind: Map, Span: d.span(1, 1, 1, 1)}
	for i, piece := range pieces {
		roots, problems := parseText(d, piece, d.limits)
		problems = firstProblems(problems)
		if len(roots) == 0 && len(problems) == 0 {
			continue
		}
		if len(problems) == 0 {
			if p, bad := notMap(roots[0]); bad {
				problems = append(problems, p)
			}
		}
		if len(problems) > 0 {
			for j := range problems {
				problems[j].Doc = i
			}
			return nil, problems
		}
		if roots[0].Kind == Map {
			root = mergeMaps(root, roots[0])
		}
	}
	return root, nil
}

// firstProblems returns the problems of the first document.
func firstProblems(all []Problem) []Problem {
	var out []Problem
	for _, p := range all {
		if p.Doc == 0 {
			out = append(out, p)
		}
	}
	return out
}

// mergeMaps is merge where the first mapping may be none at all.
func mergeMaps(a, b *Node) *Node {
	if len(a.Fields) == 0 && len(a.Parts) == 0 {
		return b
	}
	return merge(a, b)
}

// pieces cuts a text as Helm 4 does: at lines that begin with `---`, whatever
// YAML would say. A `---` that has nothing before it belongs to what follows.
func (t *text) pieces(d *Document) ([]*text, *Problem) {
	var out []*text
	begin := 0
	for i := 0; i < len(t.data); {
		next := len(t.data)
		if j := bytes.IndexByte(t.data[i:], '\n'); j >= 0 {
			next = i + j + 1
		}
		if rest, ok := bytes.CutPrefix(t.data[i:next], []byte("---")); ok {
			if rest = bytes.TrimSpace(rest); len(rest) > 0 && rest[0] != '#' {
				return nil, &Problem{
					Span:    t.span(d, i, lineEnd(t.data, i)),
					Message: "text after `---`, which Helm 4 does not take; put it on the next line",
				}
			}
			if begin < i {
				out = append(out, t.piece(begin, i))
				begin = next
			}
		}
		i = next
	}
	if begin < len(t.data) || len(out) == 0 {
		out = append(out, t.piece(begin, len(t.data)))
	}
	return out, nil
}

// piece returns a part of the text that is read by itself. Helm 4 adds the line
// end that a file lacks, which a block string at its end can tell.
func (t *text) piece(begin, end int) *text {
	data := t.data[begin:end]
	grown := len(data) > 0 && data[len(data)-1] != '\n' && bytes.ContainsAny(data, "|>")
	if grown {
		data = append(slices.Clone(data), '\n')
	}
	p := newText(data)
	p.masks, p.replaced, p.grown = t.masks, t.replaced, grown
	for _, e := range t.edits {
		if e.start >= begin && e.start < end {
			e.start, e.end = e.start-begin, e.end-begin
			p.edits = append(p.edits, e)
		}
	}
	p.toFile = func(off int, ends bool) int {
		off = min(off+begin, len(t.data))
		if t.toFile != nil {
			return t.toFile(off, ends)
		}
		return off
	}
	return p
}
