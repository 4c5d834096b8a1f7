package lsp

import (
	"context"
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// define leads to the layer that sets the value in a release, and to the lines
// of templates that read it. Where this file sets it, it leads to what that
// overrides.
func (s *server) define(ctx context.Context, p *positionParams) (any, error) {
	src, d, r, err := s.open(ctx, p.TextDocument.URI, true)
	if err != nil {
		return nil, err
	}
	at, _ := s.spotAt(src, d, r, p.Position)
	if at == nil || r == nil {
		return nil, nil
	}
	if _, kind := objectOf(at.root); kind != "" {
		return nil, nil
	}
	var layers, reads []lint.Span
	add := func(to *[]lint.Span, span lint.Span) {
		if !span.IsZero() && !span.OfFlag() && !slices.Contains(*to, span) {
			*to = append(*to, span)
		}
	}
	for _, in := range r.infos {
		if in.chart != nil {
			for _, site := range in.chart().Explain(at.path).Reads {
				add(&reads, lint.Span{File: site.File, Line: site.Line, Column: 1})
			}
		}
		n := in.vals.Root.Lookup(at.path)
		if n == nil {
			continue
		}
		nodes := append(slices.Clone(n.Parts), n)
		if !slices.ContainsFunc(nodes, func(n *values.Node) bool { return s.key(n.Span.File) != d.path }) {
			nodes = n.Shadows
		}
		for _, n := range nodes {
			if s.key(n.Span.File) != d.path || n.Span.Line != at.node.Span.Line {
				add(&layers, n.Span)
			}
		}
	}
	t := s.texts()
	out := []location{}
	for _, span := range append(layers, reads...) {
		if path, other := t.source(span.File); other != nil {
			s.mu.Lock()
			uri := s.uriFor(path)
			s.mu.Unlock()
			out = append(out, location{uri, other.span(span)})
		}
	}
	return out, nil
}

// texts reads other files for a request.
func (s *server) texts() *texts {
	j := &job{text: map[string]*source{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.docs {
		j.text[d.path] = d.src
	}
	return &texts{server: s, job: j, enc: s.enc}
}
