package lsp

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/suppress"
	"github.com/helmvet/helmvet/internal/values"
)

// actions offers the fixes of findings, all of a file at once, and comments
// that ignore a finding.
func (s *server) actions(ctx context.Context, p *codeActionParams) (any, error) {
	src, d, r, err := s.open(ctx, p.TextDocument.URI, true)
	if err != nil {
		return nil, err
	}
	out := []codeAction{}
	s.mu.Lock()
	none := s.noActions
	s.mu.Unlock()
	if r == nil || none || len(src.data) > maxText {
		return out, nil
	}
	t := s.texts()
	wants := func(kind string) bool {
		return len(p.Context.Only) == 0 || slices.ContainsFunc(p.Context.Only, func(o string) bool {
			return kind == o || strings.HasPrefix(kind, o+".")
		})
	}
	if wants(kindQuickFix) {
		var fixes, ignores []codeAction
		doc := values.Parse(d.path, src.data, values.DefaultLimits)
		for i := range r.findings {
			f := &r.findings[i]
			diag := t.diagnostic(f, src, len(r.infos) > 1)
			if !diag.Range.meets(p.Range) {
				continue
			}
			if f.Fix != nil {
				if edit, ok := t.edit(f.Fix); ok {
					fixes = append(fixes, codeAction{
						Title: upper(f.Fix.Description), Kind: kindQuickFix, Diagnostics: []diagnostic{diag}, IsPreferred: true, Edit: edit,
					})
				}
			}
			if f.Rule != "" && f.canIgnore {
				ignores = append(ignores, codeAction{
					Title: "Ignore " + f.Rule + " here: type the reason behind --", Kind: kindQuickFix, Diagnostics: []diagnostic{diag},
					Edit: workspaceEdit{map[string][]textEdit{d.uri: {ignore(src, doc, f)}}},
				})
			}
		}
		out = append(append(out, fixes...), ignores...)
	}
	if all, n := t.fixAll(d.uri, d.path, r); n > 0 && wants(kindFixAll) && (n > 1 || len(p.Context.Only) > 0) {
		out = append(out, codeAction{Title: "Make all fixes of helmvet in this file", Kind: kindFixAll, Edit: all})
	}
	return out, nil
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// edit is a fix as the client makes it.
func (t *texts) edit(fix *lint.Fix) (workspaceEdit, bool) {
	out := workspaceEdit{map[string][]textEdit{}}
	for _, e := range fix.Edits {
		path, src := t.source(e.Span.File)
		if src == nil {
			return out, false
		}
		t.mu.Lock()
		uri := t.uriFor(path)
		t.mu.Unlock()
		text := e.Text
		if crlf(src) {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
		}
		out.Changes[uri] = append(out.Changes[uri], textEdit{src.span(e.Span), text})
	}
	return out, len(fix.Edits) > 0
}

// fixAll collects the fixes that change this file alone and do not touch each
// other.
func (t *texts) fixAll(uri, path string, r *result) (workspaceEdit, int) {
	var all []textEdit
	n := 0
	for i := range r.findings {
		f := &r.findings[i]
		if f.Fix == nil || slices.ContainsFunc(f.Fix.Edits, func(e lint.Edit) bool { return t.key(e.Span.File) != path }) {
			continue
		}
		edit, ok := t.edit(f.Fix)
		if !ok || slices.ContainsFunc(edit.Changes[uri], func(e textEdit) bool {
			return slices.ContainsFunc(all, func(o textEdit) bool { return o.Range.meets(e.Range) })
		}) {
			continue
		}
		all = append(all, edit.Changes[uri]...)
		n++
	}
	slices.SortFunc(all, func(a, b textEdit) int {
		return cmp.Or(cmp.Compare(a.Range.Start.Line, b.Range.Start.Line), cmp.Compare(a.Range.Start.Character, b.Range.Start.Character))
	})
	return workspaceEdit{map[string][]textEdit{uri: all}}, n
}

func crlf(src *source) bool { return bytes.Contains(src.data, []byte("\r\n")) }

// ignore puts a comment above the line of a finding. In a block string no
// comment is possible, so it goes above the string.
func ignore(src *source, doc *values.Document, f *placed) textEdit {
	line := f.Span.Line
	for _, root := range doc.Roots {
		root.Walk(nil, func(_ lint.Path, n *values.Node) bool {
			if n.Kind == values.String && !n.Alias && n.Span.Line < line && line <= n.Span.EndLine {
				line = n.Span.Line
			}
			return true
		})
	}
	text := src.line(line)
	indent := text[:len(text)-len(strings.TrimLeft(text, " "))]
	end := "\n"
	if crlf(src) {
		end = "\r\n"
	}
	at := src.position(src.at(line, 1))
	return textEdit{textRange{at, at}, indent + "# " + suppress.Comment(f.Rule) + end}
}
