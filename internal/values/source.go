package values

import (
	"fmt"
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
)

// Source is one layer of a release as some file declares it. It is one of
//
//   - a values file: File;
//   - a mapping that stands in another document, such as the valuesObject of an
//     Argo CD Application: Doc and Root;
//   - a string in another document that holds the mapping as YAML, such as
//     `values: |` or an entry of a ConfigMap: Doc and Text;
//   - an argument of the --set family whose value stands in another document:
//     Kind, Arg, Doc and Value. Its places are all that of Value.
type Source struct {
	Kind LayerKind // of an argument: Set, SetString, SetJSON, ...; otherwise File
	Name string    // how output calls the layer; the name of the document when empty

	File string

	Doc  *Document
	Root *Node
	Text *Node

	Arg   string // as the tool that reads the document would pass it: KEY=VALUE
	Value *Node
}

// Sources reads and merges the layers of a release in their order. Helm takes
// arguments after all mappings; Flux lets the mapping of a release win over the
// arguments that come before it. Problems are what Helm would refuse the
// release for, each at its place. It fails when a file cannot be read.
func (l Loader) Sources(sources []Source) (*Values, []Problem, error) {
	v := MergeFiles()
	var problems []Problem
	for _, s := range sources {
		if s.Value != nil {
			if p := v.assign(s, l); p != nil {
				problems = append(problems, *p)
			}
			continue
		}
		layer, bad, err := l.source(s)
		if err != nil {
			return nil, nil, err
		}
		problems = append(problems, bad...)
		v.lay(layer)
	}
	return v, problems, nil
}

// lay merges a mapping over the values.
func (v *Values) lay(layer *Layer) {
	v.Layers = append(v.Layers, layer)
	switch {
	case layer.Root == nil: // Helm refuses the file
	case len(v.Root.Fields) == 0:
		v.Root = layer.Root
	default:
		v.Root = merge(v.Root, layer.Root)
	}
}

func (l Loader) source(s Source) (*Layer, []Problem, error) {
	if s.File != "" {
		return l.Layer(File, s.File)
	}
	layer := &Layer{Kind: File, Name: s.name(), Doc: s.Doc}
	root, problems := s.Root, []Problem(nil)
	if s.Text != nil {
		root, problems = s.Text.content()
	}
	switch {
	case root == nil || root.Kind == Null:
		layer.Root = &Node{Kind: Map, Span: s.span()}
	case root.Kind != Map:
		problems = append(problems, Problem{Span: root.Span, Message: fmt.Sprintf("these values are %s, but values must be a mapping; write `key: value` lines", root.Kind)})
		layer.Root = &Node{Kind: Map, Span: s.span()}
	default:
		// The document may serve other releases at the same time.
		layer.Root = clone(root)
	}
	stamp(layer.Root, layer)
	return layer, problems, nil
}

func (s Source) name() string {
	if s.Name == "" && s.Doc != nil {
		return s.Doc.Name
	}
	return s.Name
}

func (s Source) span() lint.Span {
	if s.Text != nil {
		return s.Text.Span
	}
	if s.Root != nil {
		return s.Root.Span
	}
	return lint.Span{}
}

// assign lays an argument over the values. Whatever it sets is placed at the
// value in its document.
func (v *Values) assign(s Source, l Loader) *Problem {
	layer := &Layer{Kind: s.Kind, Name: s.name(), Arg: s.Arg, Doc: s.Doc}
	return v.layArgument(layer, func(int, int) lint.Span { return s.Value.Span }, l)
}

// content is the mapping that a string holds as YAML, with what is wrong with
// it. A string without any is nil. Where the text has no lines of its own,
// everything is placed at the string.
func (n *Node) content() (*Node, []Problem) {
	if n.Kind != String {
		if n.Kind == Map {
			return n, nil // written without the `|`
		}
		return nil, nil
	}
	if n.embedded != nil {
		if r := n.Embedded(); r != nil || len(n.EmbeddedProblems()) > 0 {
			return r, n.EmbeddedProblems()
		}
	}
	t := newText([]byte(n.Str))
	span := n.Span
	t.fixed = &span
	roots, problems := parseText(&Document{Name: span.File, limits: DefaultLimits}, t, DefaultLimits)
	if len(problems) > 0 || len(roots) == 0 {
		return nil, problems
	}
	return roots[0], nil
}

// clone copies a tree, so that its layer can be noted in the copy.
func clone(n *Node) *Node {
	c := *n
	c.Fields, c.Items = slices.Clone(n.Fields), slices.Clone(n.Items)
	for i, f := range c.Fields {
		g := *f
		g.Value = clone(f.Value)
		c.Fields[i] = &g
	}
	for i, it := range c.Items {
		c.Items[i] = clone(it)
	}
	return &c
}
