package app

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/listing"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/render"
	"github.com/helmvet/helmvet/internal/values"
)

// pages collects what a report shows of each release: its merged values as
// lines, secrets masked. Trees and files are not kept.
type pages struct {
	mu  sync.Mutex
	all map[*linter.Release]render.Release
}

func newPages() *pages { return &pages{all: map[*linter.Release]render.Release{}} }

// list returns the pages in the order of the releases.
func (p *pages) list(releases []linter.Release) []render.Release {
	var out []render.Release
	for i := range releases {
		if page, ok := p.all[&releases[i]]; ok {
			out = append(out, page)
		}
	}
	return out
}

// add takes the values of a release, as linter.Run.Merged.
func (p *pages) add(rel *linter.Release, vals *values.Values, packs []string, secret func(lint.Path) bool) {
	page := render.Release{
		Name: rel.Name, Single: rel.Single, Namespace: rel.Namespace, Location: rel.Location,
		Chart: strings.TrimSpace(rel.ChartName + " " + rel.ChartVersion), Packs: packs,
	}
	if page.Name == "" && rel.Single {
		page.Name = strings.Join(rel.Values.ValueFiles, ", ")
	}
	number := map[*values.Layer]int{}
	arguments := map[values.LayerKind]int{}
	for i, l := range vals.Layers {
		number[l] = i + 1
		page.Layers = append(page.Layers, layerName(l, arguments))
		file := l.Name
		if l.Doc != nil {
			file = l.Doc.Name
		}
		if !slices.Contains(page.Files, file) {
			page.Files = append(page.Files, file)
		}
	}
	hidden := redact.Nodes(vals.Root, secret)
	below := secretPaths(vals, secret)
	var last int // the layer of the lines above
	for _, l := range listing.Lines(vals.Root, hidden) {
		line := render.Line{Text: l.Text, Layer: last}
		if n := l.Node; n != nil {
			line.Path, line.Layer = l.Path.String(), 0
			if n.Kind != values.Map || len(n.Fields) == 0 {
				line.Layer = number[n.Layer]
			}
			last = line.Layer
			if l.Placed {
				line.Span = n.Span
			}
			line.Shadows = shadows(n, number, hidden[n] || below[line.Path])
		}
		page.Lines = append(page.Lines, line)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all[rel] = page
}

// layerName says how the command line gives a layer. Arguments are numbered:
// they may hold secrets.
func layerName(l *values.Layer, arguments map[values.LayerKind]int) string {
	if l.Arg != "" && l.Doc == nil {
		arguments[l.Kind]++
		return fmt.Sprintf("%s, argument %d", l.Kind.Flag(), arguments[l.Kind])
	}
	return l.Kind.Flag() + " " + l.Name
}

// secretPaths are the paths below which some layer holds a secret, so that what
// a value overrides is hidden although the value itself is none.
func secretPaths(vals *values.Values, secret func(lint.Path) bool) map[string]bool {
	out := map[string]bool{}
	for _, l := range vals.Layers {
		if l.Root == nil {
			continue
		}
		hidden := redact.Nodes(l.Root, secret)
		if len(hidden) == 0 {
			continue
		}
		l.Root.Walk(nil, func(p lint.Path, n *values.Node) bool {
			if hidden[n] {
				out[p.String()] = true
			}
			return true
		})
	}
	return out
}

// shadows are the values that n overrides.
func shadows(n *values.Node, number map[*values.Layer]int, secret bool) []render.Shadow {
	var out []render.Shadow
	for _, s := range n.Shadows {
		if s.Span.IsZero() || n.Kind == values.Map && s.Kind == values.Map {
			continue
		}
		sh := render.Shadow{Layer: number[s.Layer], Span: s.Span}
		switch {
		case secret && s.Kind != values.Map && s.Kind != values.List:
			sh.Text = listing.Mask
		case s.Kind == values.Map && len(s.Fields) > 0, s.Kind == values.List && len(s.Items) > 0:
			// only named: what it holds may be long, and secret
		default:
			sh.Text = shorten(listing.Inline(s))
		}
		out = append(out, sh)
	}
	return out
}

// maxShadow is how much of an overridden value is shown.
const maxShadow = 80

func shorten(s string) string {
	if r := []rune(s); len(r) > maxShadow {
		return string(r[:maxShadow]) + "…"
	}
	return s
}
