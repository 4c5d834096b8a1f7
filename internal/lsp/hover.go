package lsp

import (
	"context"
	"fmt"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/listing"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// shownReleases is how many releases hover tells about.
const shownReleases = 5

// hover tells what a key means, where that is documented, and which layer sets
// it in each release.
func (s *server) hover(ctx context.Context, p *positionParams) (any, error) {
	src, d, r, err := s.open(ctx, p.TextDocument.URI, true)
	if err != nil {
		return nil, err
	}
	at, packs := s.spotAt(src, d, r, p.Position)
	if at == nil {
		return nil, nil
	}
	apiVersion, kind := objectOf(at.root)
	known, _ := ask(packs, apiVersion, kind, at.path)
	parts := []string{"`" + at.path.String() + "`"}
	if text := known.describe(); text != "" {
		parts = append(parts, text)
	}
	if r != nil && kind == "" {
		if text := s.layers(d, r, at); text != "" {
			parts = append(parts, text)
		}
	}
	span := src.span(at.span)
	h := &hover{Contents: markup{"markdown", strings.Join(parts, "\n\n")}, Range: &span}
	if s.plain() {
		h.Contents = markup{"plaintext", strings.NewReplacer("`", "", "**", "", "  \n", "\n").Replace(h.Contents.Value)}
	}
	return h, nil
}

func (s *server) plain() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.plainText
}

// spotAt finds what stands at a position, with the packs that may know it.
func (s *server) spotAt(src *source, d *document, r *result, pos position) (*spot, []*pack.Pack) {
	line, col := src.place(pos)
	if len(src.data) > maxText {
		return nil, nil
	}
	return find(values.Parse(d.path, src.data, values.DefaultLimits), line, col), s.packsOf(d, r)
}

// packsOf are the packs that know a document.
func (s *server) packsOf(d *document, r *result) []*pack.Pack {
	if r != nil && len(r.packs) > 0 {
		return r.packs
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return d.packs
}

// layers tells where releases get the value at a place from.
func (s *server) layers(d *document, r *result, at *spot) string {
	var lines []string
	for i, in := range r.infos {
		if i == shownReleases {
			lines = append(lines, fmt.Sprintf("and %d more releases", len(r.infos)-i))
			break
		}
		n := in.vals.Root.Lookup(at.path)
		name := ""
		if !in.rel.Single {
			name = "**" + releaseName(in.rel.Name, in.rel.Location) + ":** "
		}
		switch {
		case n == nil:
			if name != "" {
				lines = append(lines, name+"not set; another layer removes it")
			}
			continue
		case in.rel.Single && len(n.Shadows) == 0 && in.chart == nil:
			continue // it says nothing that is not on the screen
		case n.Kind == values.Map && len(n.Parts) > 0:
			lines = append(lines, name+"merged from "+s.placesOf(d, n.Parts))
			continue
		}
		text := name + value(in, at.path, n)
		if !n.Span.IsZero() {
			text += " set by " + s.where(d, n.Span)
		}
		if over := s.placesOf(d, n.Shadows); over != "" {
			text += ", overrides " + over
		}
		text += readers(in, at.path)
		lines = append(lines, text)
	}
	return strings.Join(lines, "  \n")
}

// readers tells which line of a template reads the value first.
func readers(in *info, p lint.Path) string {
	if in.chart == nil {
		return ""
	}
	e := in.chart().Explain(p)
	switch {
	case len(e.Reads) == 0:
		return ", read by no template"
	case !e.Reached:
		return fmt.Sprintf(", read by no template that these values reach (%s:%d)", e.Reads[0].File, e.Reads[0].Line)
	}
	return fmt.Sprintf(", read by %s:%d", e.Reads[0].File, e.Reads[0].Line)
}

// value shows a merged scalar, unless it is a secret.
func value(in *info, p lint.Path, n *values.Node) string {
	if n.Kind == values.Map || n.Kind == values.List || n.Kind == values.String && strings.Contains(n.Str, "\n") {
		return ""
	}
	if in.secret(p) || redact.Nodes(in.vals.Root, in.secret)[n] {
		return "a secret,"
	}
	return "`" + listing.Inline(n) + "`,"
}

func (s *server) placesOf(d *document, nodes []*values.Node) string {
	var out []string
	for _, n := range nodes {
		if n.Span.IsZero() {
			continue
		}
		text := s.where(d, n.Span)
		if n.Layer != nil && n.Layer.Kind == values.ChartDefaults {
			text += " (the chart's default)"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func (s *server) where(d *document, span lint.Span) string {
	if s.key(span.File) == d.path {
		return fmt.Sprintf("line %d of this file", span.Line)
	}
	return fmt.Sprintf("%s:%d:%d", span.File, span.Line, span.Column)
}
