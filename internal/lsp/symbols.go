package lsp

import (
	"context"
	"strconv"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

var symbolKinds = map[values.Kind]int{
	values.Null: symbolNull, values.Bool: symbolBoolean, values.Number: symbolNumber,
	values.String: symbolString, values.Map: symbolObject, values.List: symbolArray,
}

// symbols is the outline of a document: its keys and list items, also inside of
// block strings. Values are not shown; some are secret.
func (s *server) symbols(ctx context.Context, p *documentParams) (any, error) {
	src, d, _, err := s.open(ctx, p.TextDocument.URI, false)
	if err != nil {
		return nil, err
	}
	out := []documentSymbol{}
	if len(src.data) <= maxText {
		for _, root := range values.Parse(d.path, src.data, values.DefaultLimits).Roots {
			out = append(out, outline(src, root)...)
		}
	}
	s.mu.Lock()
	flat := s.flatSymbols
	s.mu.Unlock()
	if flat {
		return flatten([]symbolInformation{}, d.uri, "", out), nil
	}
	return out, nil
}

func outline(src *source, n *values.Node) []documentSymbol {
	if n.Alias {
		return nil
	}
	if n.Kind == values.String && n.Style == values.Literal {
		if e := n.Embedded(); e != nil {
			n = e
		}
	}
	var out []documentSymbol
	for _, f := range n.Fields {
		if !f.Merged {
			out = append(out, symbol(src, f.Key, f.Value, f.KeySpan))
		}
	}
	for i, it := range n.Items {
		name := strconv.Itoa(i)
		for _, key := range []string{"name", "id", "key"} {
			if f := it.Get(key); f != nil && f.Value.Kind == values.String && f.Value.Str != "" {
				name += " " + f.Value.Str
				break
			}
		}
		out = append(out, symbol(src, name, it, it.Span))
	}
	return out
}

func symbol(src *source, name string, n *values.Node, key lint.Span) documentSymbol {
	if name == "" {
		name = `""` // clients refuse a symbol without a name
	}
	d := documentSymbol{Name: name, Kind: symbolKinds[n.Kind], SelectionRange: src.span(key), Children: outline(src, n)}
	d.Range = d.SelectionRange
	if !n.Span.IsZero() && !n.Alias {
		value := src.span(n.Span)
		if value.Start.before(d.Range.Start) {
			d.Range.Start = value.Start
		}
		if d.Range.End.before(value.End) {
			d.Range.End = value.End
		}
	}
	return d
}

func flatten(to []symbolInformation, uri, in string, all []documentSymbol) []symbolInformation {
	for _, d := range all {
		to = append(to, symbolInformation{d.Name, d.Kind, location{uri, d.Range}, in})
		to = flatten(to, uri, d.Name, d.Children)
	}
	return to
}
