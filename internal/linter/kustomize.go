package linter

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/values"
)

// kustomization is what matters here of one kustomization.yaml.
type kustomization struct {
	dir        string
	namespace  *values.Node // nil when it sets none
	resources  []string     // files and folders
	patches    []string     // files
	inline     []*values.Node
	operations bool // JSON patches, which are not applied
}

// unknownNamespace stands for a namespace that depends on the overlay. It is
// written as a placeholder, so that no rule speaks about it.
var unknownNamespace = &values.Node{Kind: values.String, Str: "${namespace}", Text: "${namespace}"}

// kustomize does to the objects what rules would otherwise take for mistakes:
// files that are listed as patches hold no objects of their own, but change
// those that they name, and a kustomization gives its namespace to the
// resources it lists.
func (o *objects) kustomize(clusterScoped func(apiVersion, kind string) (bool, error)) error {
	byDir := map[string]*kustomization{}
	for _, d := range o.docs {
		for _, r := range d.Roots {
			if k := readKustomization(d, r); k != nil {
				byDir[k.dir] = k
			}
		}
	}
	if len(byDir) == 0 {
		return nil
	}
	patches, inner := map[string]bool{}, map[string]bool{}
	var changes []*values.Node
	operations := false
	for _, dir := range slices.Sorted(maps.Keys(byDir)) {
		k := byDir[dir]
		changes = append(changes, k.inline...)
		// What a patch that holds no object does is not known.
		operations = operations || k.operations || slices.ContainsFunc(k.patches, func(p string) bool {
			return !slices.ContainsFunc(o.items, func(it object) bool { return filepath.Clean(it.doc.Name) == p })
		})
		for _, p := range k.patches {
			patches[p] = true
		}
		for _, r := range k.resources {
			inner[r] = true
		}
	}
	given := map[string][]*values.Node{} // namespaces by file; nil keeps its own
	type visit struct {
		of *kustomization
		ns *values.Node
	}
	seen := map[visit]bool{}
	var assign func(k *kustomization, ns *values.Node)
	assign = func(k *kustomization, ns *values.Node) {
		if ns == nil {
			ns = k.namespace
		}
		if seen[visit{k, ns}] {
			return
		}
		seen[visit{k, ns}] = true
		for _, r := range k.resources {
			if in := byDir[r]; in != nil {
				assign(in, ns)
			} else if !slices.Contains(given[r], ns) {
				given[r] = append(given[r], ns)
			}
		}
	}
	for dir, k := range byDir {
		if !inner[dir] {
			assign(k, nil)
		}
	}
	for _, it := range o.items {
		if patches[filepath.Clean(it.doc.Name)] {
			changes = append(changes, it.node)
		}
	}
	for i := range o.items {
		it := &o.items[i]
		name := filepath.Clean(it.doc.Name)
		it.patch = patches[name]
		ns, listed := given[name]
		if it.patch || !listed {
			continue
		}
		it.partial = operations
		for _, c := range changes {
			if custom(it.apiVersion) && word(c, "kind") == it.kind && objectName(c) == objectName(it.node) {
				it.node = patched(it.node, c)
			}
		}
		node := it.node
		if !slices.Contains(ns, nil) || len(ns) > 1 {
			cluster, err := clusterScoped(it.apiVersion, it.kind)
			if err != nil {
				return err
			}
			switch {
			case cluster:
			case same(ns):
				node = inNamespace(node, ns[0])
			default:
				node = inNamespace(node, unknownNamespace)
			}
		}
		it.tree = regocheck.NewTree(node)
	}
	return nil
}

// custom reports whether an object is of a kind that Kubernetes itself does not
// have. Patches of others merge lists by rules of their own.
func custom(apiVersion string) bool {
	group, _, ok := strings.Cut(apiVersion, "/")
	return ok && strings.Contains(group, ".") && !strings.HasSuffix(group, ".k8s.io")
}

func objectName(n *values.Node) string {
	if meta := n.Get("metadata"); meta != nil {
		return word(meta.Value, "name")
	}
	return ""
}

// patched is an object with a patch applied as kustomize does it to kinds that it
// does not know: mappings are merged, null removes, anything else replaces.
func patched(n, patch *values.Node) *values.Node {
	if n.Kind != values.Map || patch.Kind != values.Map {
		return patch
	}
	out := &values.Node{Kind: values.Map, Style: n.Style, Span: n.Span}
	for _, f := range n.Fields {
		switch p := patch.Get(f.Key); {
		case p == nil:
			out.Fields = append(out.Fields, f)
		case p.Value.Kind == values.Null:
		default:
			c := *p
			c.Value = patched(f.Value, p.Value)
			if p.Value.Kind == values.Map {
				c.KeySpan = f.KeySpan
			}
			out.Fields = append(out.Fields, &c)
		}
	}
	for _, p := range patch.Fields {
		if n.Get(p.Key) == nil && p.Value.Kind != values.Null && !strings.HasPrefix(p.Key, "$") {
			out.Fields = append(out.Fields, p)
		}
	}
	return out
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
	for _, key := range []string{"patches", "patchesStrategicMerge"} {
		f := root.Get(key)
		if f == nil {
			continue
		}
		for _, it := range f.Value.Items {
			if in := it.Get("patch"); in != nil {
				it = in.Value
			}
			switch in := it.Embedded(); {
			case in == nil:
			case in.Kind == values.Map:
				k.inline = append(k.inline, in)
			default:
				k.operations = true
			}
		}
	}
	k.operations = k.operations || root.Get("patchesJson6902") != nil
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
