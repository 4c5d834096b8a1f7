package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
)

// spot is what stands at a position of a document.
type spot struct {
	path lint.Path
	root *values.Node // of the YAML document around it
	node *values.Node
	span lint.Span // of the key or value
}

// find returns what stands at a position, or nil.
func find(d *values.Document, line, col int) *spot {
	for _, root := range d.Roots {
		if s := descend(root, nil, line, col); s != nil {
			s.root = root
			return s
		}
	}
	return nil
}

func descend(n *values.Node, p lint.Path, line, col int) *spot {
	if n.Alias {
		return nil // what lies below stands elsewhere
	}
	if n.Kind == values.String && n.Style == values.Literal {
		if e := n.Embedded(); e != nil {
			n = e
		}
	}
	for _, f := range n.Fields {
		if f.Merged {
			continue
		}
		at := p.Key(f.Key)
		if within(f.KeySpan, line, col) {
			return &spot{path: at, node: f.Value, span: f.KeySpan}
		}
		if s := inside(f.Value, at, line, col); s != nil {
			return s
		}
	}
	for i, it := range n.Items {
		if s := inside(it, p.Index(i), line, col); s != nil {
			return s
		}
	}
	return nil
}

// inside returns what stands at a position of a value: something below it, or
// the value itself.
func inside(n *values.Node, p lint.Path, line, col int) *spot {
	if !within(n.Span, line, col) {
		return nil
	}
	if s := descend(n, p, line, col); s != nil {
		return s
	}
	if n.Kind == values.Map || n.Kind == values.List {
		return nil // between its values
	}
	return &spot{path: p, node: n, span: n.Span}
}

// within reports whether a position is in a place or right behind it, where a
// cursor is after typing.
func within(s lint.Span, line, col int) bool {
	if s.IsZero() || line < s.Line || line > s.EndLine || line == s.Line && col < s.Column {
		return false
	}
	return line < s.EndLine || col <= s.EndCol
}

// knowledge is what the packs know of one place.
type knowledge struct {
	cuecheck.Known
	packs []*pack.Pack // that know it
}

// schemas are the schemas for a document, by pack: those of values, or of the
// kind of objects that it holds.
func schemas(packs []*pack.Pack, apiVersion, kind string) map[*pack.Pack]*cuecheck.Schema {
	out := map[*pack.Pack]*cuecheck.Schema{}
	for _, p := range packs {
		if kind != "" && !p.Judges(apiVersion, kind) {
			continue
		}
		s, err := p.Schema()
		if err != nil {
			continue // linting says so
		}
		if kind != "" {
			s = s.Object(kind)
		}
		if s != nil {
			out[p] = s
		}
	}
	return out
}

// ask returns what the packs say of a path; false when they do not name it.
func ask(packs []*pack.Pack, apiVersion, kind string, p lint.Path) (knowledge, bool) {
	var out knowledge
	all := schemas(packs, apiVersion, kind)
	for _, k := range packs {
		s := all[k]
		if s == nil {
			continue
		}
		known, ok := s.Known(p)
		if !ok {
			out.Secret = out.Secret || known.Secret
			continue
		}
		if len(out.packs) == 0 {
			known.Secret = known.Secret || out.Secret
			out.Known = known
		}
		out.packs = append(out.packs, k)
	}
	return out, len(out.packs) > 0
}

// objectOf tells the kind of a Kubernetes object; values have none.
func objectOf(root *values.Node) (apiVersion, kind string) {
	word := func(key string) string {
		if f := root.Get(key); f != nil && f.Value.Kind == values.String {
			return f.Value.Str
		}
		return ""
	}
	if apiVersion, kind = word("apiVersion"), word("kind"); apiVersion == "" || kind == "" {
		return "", ""
	}
	return apiVersion, kind
}

// facts are lines about documented facts, and where they are documented.
func facts(packs []*pack.Pack, ids []string) []string {
	var out []string
	for _, p := range packs {
		all, err := p.Facts()
		if err != nil {
			continue
		}
		for _, f := range all {
			if slices.Contains(ids, f.ID) {
				out = append(out, fmt.Sprintf("%s: %s (%s, %s)", f.ID, f.Title, f.Source.Document, f.Source.Section))
			}
		}
	}
	return out
}

// describe writes what is known of a place as Markdown.
func (k *knowledge) describe() string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if k.Deprecated != "" {
		add("**Deprecated:** %s", k.Deprecated)
	}
	if k.Doc != "" {
		add("%s", k.Doc)
	}
	var lines []string
	if k.Expect != "" {
		lines = append(lines, "Wanted: "+k.Expect)
	} else if len(k.Kinds) > 0 && len(k.Kinds) < 4 && len(k.Enum) == 0 {
		lines = append(lines, "Wanted: "+strings.Join(k.Kinds, " or "))
	}
	if len(k.Enum) > 0 {
		lines = append(lines, "One of: "+literals(k.Enum))
	}
	if k.HasDefault {
		lines = append(lines, "Default: "+literals([]any{k.Default}))
	}
	if len(k.Examples) > 0 {
		lines = append(lines, "For example: `"+strings.Join(k.Examples, "`, `")+"`")
	}
	if k.Required {
		lines = append(lines, "Has to be set in a whole release")
	}
	if k.YAML {
		lines = append(lines, "Holds YAML in a block string")
	}
	if k.Secret {
		lines = append(lines, "Secret: never shown")
	}
	if len(lines) > 0 {
		add("%s", strings.Join(lines, "  \n"))
	}
	if f := facts(k.packs, k.Facts); len(f) > 0 {
		add("- %s", strings.Join(f, "\n- "))
	}
	return strings.Join(parts, "\n\n")
}

func literals(vs []any) string {
	var out []string
	for _, v := range vs {
		out = append(out, "`"+yamlOf(v)+"`")
	}
	return strings.Join(out, ", ")
}
