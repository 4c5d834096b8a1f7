package lsp

import (
	"context"
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// define leads to the layer that sets the value in a release. Where this file
// sets it, it leads to what that overrides.
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
	var spans []lint.Span
	for _, in := range r.infos {
		n := in.vals.Root.Lookup(at.path)
		if n == nil {
			continue
		}
		nodes := append(slices.Clone(n.Parts), n)
		if !slices.ContainsFunc(nodes, func(n *values.Node) bool { return s.key(n.Span.File) != d.path }) {
			nodes = n.Shadows
		}
		for _, n := range nodes {
			if n.Span.IsZero() || n.Span.OfFlag() || s.key(n.Span.File) == d.path && n.Span == at.node.Span || slices.Contains(spans, n.Span) {
				continue
			}
			spans = append(spans, n.Span)
		}
	}
	t := s.texts()
	out := []location{}
	for _, span := range spans {
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
