package values

import (
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
)

// LayerKind says where a layer comes from. The order is Helm's: whatever the
// order on the command line, a higher kind wins over a lower one.
type LayerKind uint8

// The kinds of layers, lowest first (Helm's pkg/cli/values MergeValues).
const (
	SubchartDefaults LayerKind = iota
	ChartDefaults
	File
	SetJSON
	Set
	SetString
	SetFile
	SetLiteral
)

// Flag returns the flag that makes such a layer.
func (k LayerKind) Flag() string {
	return [...]string{"subchart values.yaml", "chart values.yaml", "--values", "--set-json", "--set", "--set-string", "--set-file", "--set-literal"}[k]
}

// Layer is one source of values: a file, or one argument of the --set family.
type Layer struct {
	Kind LayerKind
	Name string    // the file name, or the flag
	Arg  string    // the argument of a --set flag
	Doc  *Document // of a file
	Root *Node     // the mapping that the layer holds
}

// Values are merged layers: what the chart's templates would receive.
type Values struct {
	Root   *Node
	Layers []*Layer // in rank order
	// User are the values that were laid over a chart's defaults; nil for others.
	User *Values
}

// Locate places a path in the merged values; see Node.Locate.
func (v *Values) Locate(p lint.Path) (lint.Span, bool) { return v.Root.Locate(p) }

// MergeFiles merges the layers as `helm upgrade -f a -f b` does: mappings
// merge, anything else replaces, and a null stays a null. Layers without a Root
// add nothing.
func MergeFiles(layers ...*Layer) *Values {
	v := &Values{Layers: layers}
	for _, l := range layers {
		if l.Root == nil {
			continue
		}
		stamp(l.Root, l)
		if v.Root == nil {
			v.Root = l.Root
			continue
		}
		v.Root = merge(v.Root, l.Root)
	}
	if v.Root == nil {
		v.Root = &Node{Kind: Map}
	}
	return v
}

// stamp tells every node its layer, also those that it replaced within the same
// layer.
func stamp(n *Node, l *Layer) {
	if n == nil || n.Layer == l {
		return
	}
	n.Layer = l
	for _, f := range n.Fields {
		stamp(f.Value, l)
	}
	for _, it := range n.Items {
		stamp(it, l)
	}
	for _, s := range n.Shadows {
		stamp(s, l)
	}
	for _, p := range n.Parts {
		stamp(p, l)
	}
}

// merge lays over onto base. Neither is changed.
func merge(base, over *Node) *Node {
	if base.Kind != Map || over.Kind != Map {
		return shadow(over, base)
	}
	n := &Node{Kind: Map, Span: over.Span, Layer: over.Layer, Alias: over.Alias}
	n.Parts = append(append([]*Node{}, parts(base)...), parts(over)...)
	n.Fields = make([]*Field, 0, len(base.Fields)+len(over.Fields))
	for _, f := range base.Fields {
		if o := over.Get(f.Key); o != nil {
			c := *o
			c.Value = merge(f.Value, o.Value)
			n.add(&c)
			continue
		}
		n.add(f)
	}
	for _, o := range over.Fields {
		if base.Get(o.Key) == nil {
			n.add(o)
		}
	}
	return n
}

func parts(n *Node) []*Node {
	if len(n.Parts) > 0 {
		return n.Parts
	}
	return []*Node{n}
}

// shadow returns over with base added to what it replaced.
func shadow(over, base *Node) *Node {
	n := *over
	n.Shadows = slices.Concat(over.Shadows, []*Node{base}, base.Shadows)
	return &n
}
