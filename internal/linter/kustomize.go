package linter

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/values"
)

// kustomization is what matters here of one kustomization.yaml.
type kustomization struct {
	dir       string
	namespace *values.Node // nil when it sets none
	resources []string     // files and folders
	patches   []string     // files
}

// unknownNamespace stands for a namespace that depends on the overlay. It is
// written as a placeholder, so that no rule speaks about it.
var unknownNamespace = &values.Node{Kind: values.String, Str: "${namespace}", Text: "${namespace}"}

// kustomize does to the objects what rules would otherwise take for mistakes:
// files that are listed as patches hold no objects of their own, and a
// kustomization gives its namespace to the resources it lists.
func (o *objects) kustomize() {
	byDir := map[string]*kustomization{}
	for _, d := range o.docs {
		for _, r := range d.Roots {
			if k := readKustomization(d, r); k != nil {
				byDir[k.dir] = k
			}
		}
	}
	if len(byDir) == 0 {
		return
	}
	patches, inner := map[string]bool{}, map[string]bool{}
	for _, k := range byDir {
		for _, p := range k.patches {
			patches[p] = true
		}
		for _, r := range k.resources {
			inner[r] = true
		}
	}
	given := map[string][]*values.Node{} // namespaces by file; nil keeps its own
	var assign func(k *kustomization, ns *values.Node, depth int)
	assign = func(k *kustomization, ns *values.Node, depth int) {
		if ns == nil {
			ns = k.namespace
		}
		for _, r := range k.resources {
			if in := byDir[r]; in != nil && depth < 20 {
				assign(in, ns, depth+1)
			} else if !slices.Contains(given[r], ns) {
				given[r] = append(given[r], ns)
			}
		}
	}
	for dir, k := range byDir {
		if !inner[dir] {
			assign(k, nil, 0)
		}
	}
	for i := range o.items {
		it := &o.items[i]
		name := filepath.Clean(it.doc.Name)
		it.patch = patches[name]
		switch ns := given[name]; {
		case len(ns) == 0 || len(ns) == 1 && ns[0] == nil:
		case same(ns):
			it.tree = regocheck.NewTree(inNamespace(it.node, ns[0]))
		default:
			it.tree = regocheck.NewTree(inNamespace(it.node, unknownNamespace))
		}
	}
}

func same(ns []*values.Node) bool {
	return !slices.ContainsFunc(ns, func(n *values.Node) bool { return n == nil || n.Str != ns[0].Str })
}

func readKustomization(d *values.Document, root *values.Node) *kustomization {
	kind := word(root, "kind")
	base := filepath.Base(d.Name)
	if kind != "Kustomization" && kind != "Component" && (kind != "" || base != "kustomization.yaml" && base != "kustomization.yml") {
		return nil
	}
	if api := word(root, "apiVersion"); api != "" && !strings.HasPrefix(api, "kustomize.config.k8s.io/") {
		return nil
	}
	k := &kustomization{dir: filepath.Dir(d.Name)}
	if f := root.Get("namespace"); f != nil && f.Value.Kind == values.String {
		k.namespace = f.Value
	}
	files := func(key, inner string) (out []string) {
		f := root.Get(key)
		if f == nil {
			return nil
		}
		for _, it := range f.Value.Items {
			name := it.Str
			if inner != "" {
				name = word(it, inner)
			}
			if name != "" && !strings.Contains(name, "\n") {
				out = append(out, filepath.Join(k.dir, name))
			}
		}
		return out
	}
	k.resources = slices.Concat(files("resources", ""), files("bases", ""), files("components", ""))
	k.patches = slices.Concat(files("patches", "path"), files("patchesJson6902", "path"), files("patchesStrategicMerge", ""))
	return k
}

// inNamespace returns a copy of an object with another namespace.
func inNamespace(n, ns *values.Node) *values.Node {
	meta := n.Get("metadata")
	if meta == nil || meta.Value.Kind != values.Map {
		return n
	}
	put := func(m *values.Node, key string, v *values.Node) *values.Node {
		c := &values.Node{Kind: values.Map, Style: m.Style, Span: m.Span}
		for _, f := range m.Fields {
			if f.Key != key {
				c.Fields = append(c.Fields, f)
			}
		}
		c.Fields = append(c.Fields, &values.Field{Key: key, KeyText: key, KeySpan: v.Span, Value: v})
		return c
	}
	return put(n, "metadata", put(meta.Value, "namespace", ns))
}
