package discover

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// entry is the content of one key of a ConfigMap or Secret: a string in a
// document, or a file that kustomize takes in.
type entry struct {
	node *values.Node
	str  string // the content, when node is set
	file string
}

// entry returns the content of a key, or why it cannot be read.
func (t *Tree) entry(o *object, key string) (entry, string) {
	if o.node.Get("sops") != nil {
		return entry{}, fmt.Sprintf("%s %q is encrypted with SOPS", o.kind, o.name)
	}
	if o.generated {
		return t.generatedEntry(o, key)
	}
	for _, field := range []string{"stringData", "data"} {
		n := get(o.node, field, key)
		switch {
		case n == nil:
		case o.kind == "Secret" && field == "data":
			return entry{}, fmt.Sprintf("key %q of Secret %q is in base64; under stringData it could be read", key, o.name)
		case n.Kind == values.String:
			return entry{node: n, str: n.Str}, ""
		case n.Kind == values.Null:
			return entry{node: n}, ""
		default:
			return entry{}, fmt.Sprintf("key %q of %s %q is %s, but a %s holds strings", key, o.kind, o.name, n.Kind, o.kind)
		}
	}
	return entry{}, fmt.Sprintf("%s %q has no key %q", o.kind, o.name, key)
}

func (t *Tree) generatedEntry(o *object, key string) (entry, string) {
	for _, n := range items(get(o.node, "files")) {
		name, file, ok := strings.Cut(text(n), "=")
		if !ok {
			name, file = path.Base(name), name
		}
		if name != key {
			continue
		}
		file = path.Join(path.Dir(o.file), file)
		if !t.isFile(file) {
			return entry{}, fmt.Sprintf("%s, which kustomize takes into %s %q, is not in the repository", file, o.kind, o.name)
		}
		return entry{file: file}, ""
	}
	for _, n := range items(get(o.node, "literals")) {
		if name, value, ok := strings.Cut(text(n), "="); ok && name == key {
			return entry{node: n, str: strings.Trim(value, `'"`)}, ""
		}
	}
	return entry{}, fmt.Sprintf("%s %q, which kustomize makes, has no file or literal for key %q", o.kind, o.name, key)
}

// entryKeys lists the keys of a ConfigMap or Secret in order.
func entryKeys(o *object) []string {
	var keys []string
	for _, field := range []string{"data", "stringData"} {
		if m := get(o.node, field); m != nil && m.Kind == values.Map {
			for _, f := range m.Fields {
				keys = append(keys, f.Key)
			}
		}
	}
	if o.generated {
		for _, n := range items(get(o.node, "files")) {
			name, _, ok := strings.Cut(text(n), "=")
			if !ok {
				name = path.Base(name)
			}
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// lay adds the content of a key as a layer of the release.
func (t *Tree) lay(r *Release, o *object, key string, e entry) {
	called := fmt.Sprintf("%s (%s %s, key %s)", t.name(o.file), o.kind, o.name, key)
	if e.file != "" {
		r.Layers = append(r.Layers, values.Source{Kind: values.File, File: t.name(e.file)})
		if o.kind == "Secret" {
			if d, err := t.document(e.file); err == nil {
				r.hide(d.Values())
			}
		}
		return
	}
	if o.generated || e.node.Kind == values.Null {
		return // a literal is no document
	}
	r.Layers = append(r.Layers, values.Source{Kind: values.File, Name: called, Doc: o.doc, Text: e.node})
	if o.kind == "Secret" {
		r.hide(e.node.Embedded())
	}
}

// hide keeps the values of a Secret from being printed.
func (r *Release) hide(root *values.Node) {
	leaves(root, nil, func(p lint.Path) { r.Secrets = append(r.Secrets, p) })
}
