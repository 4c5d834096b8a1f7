package discover

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Helmfiles finds the releases of a helmfile.yaml and of the helmfiles that it
// names. What helmfile would render as a template is told as not read. It fails
// when the file itself cannot be read.
func Helmfiles(t *Tree, name string) ([]Release, []Note, error) {
	h := &helmfile{tree: t, seen: map[string]bool{}}
	if err := h.read(name); err != nil {
		return nil, nil, err
	}
	return h.releases, h.notes, nil
}

// helmfile collects releases over nested helmfiles.
type helmfile struct {
	tree     *Tree
	seen     map[string]bool
	releases []Release
	notes    []Note
}

func (h *helmfile) note(at lint.Span, format string, args ...any) {
	h.notes = append(h.notes, Note{at, fmt.Sprintf(format, args...)})
}

func (h *helmfile) read(name string) error {
	if h.seen[name] {
		return nil
	}
	h.seen[name] = true
	roots, err := h.parts(name)
	if err != nil {
		return err
	}
	st := state{dir: path.Dir(name)}
	for _, r := range roots {
		st.add(r.node)
	}
	for _, r := range roots {
		for _, rel := range items(get(r.node, "releases")) {
			h.release(&st, r, rel)
		}
	}
	for _, r := range roots {
		for _, n := range items(get(r.node, "helmfiles")) {
			if err := h.nested(&st, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// part is one YAML document of a helmfile, or of one of its bases.
type part struct {
	node    *values.Node
	doc     *values.Document
	control bool // the document has lines of template control
}

// parts are the documents of a helmfile, its bases first.
func (h *helmfile) parts(name string) ([]part, error) {
	doc, control, err := h.document(name)
	if err != nil {
		return nil, err
	}
	for _, p := range doc.Problems {
		h.note(p.Span, "not read: %s", p.Message)
	}
	var out []part
	for _, root := range doc.Roots {
		if root.Kind != values.Map {
			continue
		}
		for _, n := range items(get(root, "bases")) {
			base := path.Join(path.Dir(name), text(n))
			switch {
			case templated(text(n)):
				h.note(n.Span, "base %q waits for helmfile's template", text(n))
			case !h.tree.isFile(base):
				h.note(n.Span, "base %q is not in the repository", text(n))
			case !h.seen[base]:
				h.seen[base] = true
				more, err := h.parts(base)
				if err != nil {
					return nil, err
				}
				out = append(out, more...)
			}
		}
		out = append(out, part{root, doc, control})
	}
	return out, nil
}

var actionLine = lazyregexp.New(`(?m)^[ \t]*\{\{[^\n]*\}\}[ \t]*\r?$`)

// document parses a helmfile. Lines such as {{ if }} that would not let the
// rest be read are blanked; control tells that there are some.
func (h *helmfile) document(name string) (d *values.Document, control bool, err error) {
	if d, err = h.tree.document(name); err != nil || len(d.Problems) == 0 || !actionLine.Match(d.Data) {
		return d, false, err
	}
	static := actionLine.ReplaceAllFunc(d.Data, func(line []byte) []byte {
		return bytes.Repeat([]byte(" "), len(line))
	})
	return values.ParseEnv(d.Name, static, values.DefaultLimits, h.tree.Env), true, nil
}

// state is what a helmfile says for all its releases.
type state struct {
	dir       string
	namespace string
	context   string
	missing   string
}

func (st *state) add(n *values.Node) {
	set := func(to *string, n *values.Node) {
		if s := text(n); s != "" && !templated(s) {
			*to = s
		}
	}
	set(&st.namespace, get(n, "namespace"))
	set(&st.context, get(n, "kubeContext"))
	set(&st.context, get(n, "helmDefaults", "kubeContext"))
	set(&st.missing, get(n, "missingFileHandler"))
}

func (h *helmfile) release(st *state, p part, rel *values.Node) {
	doc := p.doc
	r := Release{Tool: Helmfile, Name: text(get(rel, "name")), Namespace: st.namespace, Location: st.context, Span: span(get(rel, "name"), rel)}
	if isFalse(get(rel, "installed")) {
		h.note(r.Span, "release %s is not installed (installed: false)", r.Name)
		return
	}
	if s := text(get(rel, "namespace")); s != "" {
		r.Namespace = s
	}
	if s := text(get(rel, "kubeContext")); s != "" {
		r.Location = s
	}
	h.chart(&r, st, rel)
	if p.control {
		r.note(r.Span, "the helmfile has template actions on lines of their own; what they choose or repeat is not known")
	}
	for _, key := range []string{"inherit", "valuesTemplate", "setTemplate", "setStringTemplate"} {
		if f := rel.Get(key); f != nil {
			r.note(f.KeySpan, "%s waits for helmfile's template", key)
		}
	}
	missing := st.missing
	if s := text(get(rel, "missingFileHandler")); s != "" {
		missing = s
	}
	for _, v := range items(get(rel, "values")) {
		switch v.Kind {
		case values.Map:
			r.Layers = append(r.Layers, values.Source{Kind: values.File, Doc: doc, Root: v})
		case values.String:
			h.file(&r, st, v, missing != "" && missing != "Error")
		}
	}
	for _, s := range items(get(rel, "secrets")) {
		r.note(s.Span, "secrets file %q is encrypted", text(s))
	}
	h.set(&r, st, doc, rel)
	h.releases = append(h.releases, r)
}

func (h *helmfile) chart(r *Release, st *state, rel *values.Node) {
	name := text(get(rel, "chart"))
	r.Chart.Version = exactVersion(text(get(rel, "version")))
	if name == "" || templated(name) {
		return
	}
	if c, ok := h.tree.chart(path.Join(st.dir, name)); ok && !strings.Contains(name, "://") {
		r.Chart = c
		return
	}
	r.Chart.Name = strings.TrimSuffix(path.Base(name), ".tgz")
}

// releaseTemplate is what helmfile itself fills into the paths of a release; in
// files that are templates as a whole it is written in backquotes.
var releaseTemplate = lazyregexp.New("\\{\\{(?:`\\{\\{)?\\s*\\.Release\\.(Name|Namespace)\\s*(?:\\}\\}`)?\\}\\}")

// file adds a values file, or the files of a glob.
func (h *helmfile) file(r *Release, st *state, n *values.Node, optional bool) {
	name := releaseTemplate.ReplaceAllStringFunc(n.Str, func(m string) string {
		if releaseTemplate.FindStringSubmatch(m)[1] == "Name" && !templated(r.Name) {
			return r.Name
		}
		if releaseTemplate.FindStringSubmatch(m)[1] == "Namespace" && !templated(r.Namespace) {
			return r.Namespace
		}
		return m
	})
	full := path.Join(st.dir, name)
	switch {
	case templated(name):
		r.note(n.Span, "values file %q waits for helmfile's template", name)
	case strings.Contains(name, "://") || strings.Contains(name, "::"):
		r.note(n.Span, "values file %q is fetched from another place", name)
	case path.IsAbs(name) || strings.HasPrefix(full, "../"):
		r.note(n.Span, "values file %q lies outside of the repository", name)
	case strings.HasSuffix(name, ".gotmpl"):
		r.note(n.Span, "values file %q is a template of helmfile", name)
	case strings.ContainsAny(name, "*?["):
		hits := h.tree.expandGlob(full)
		slices.Sort(hits)
		if len(hits) == 0 && !optional {
			r.note(n.Span, "values file %q matches no file of the repository", name)
		}
		for _, hit := range hits {
			r.Layers = append(r.Layers, values.Source{Kind: values.File, File: h.tree.name(hit)})
		}
	case h.tree.isFile(full):
		r.Layers = append(r.Layers, values.Source{Kind: values.File, File: h.tree.name(full)})
	case !optional:
		r.note(n.Span, "values file %q is not in the repository; it should be %s", name, h.tree.name(full))
	}
}

var braces = strings.NewReplacer("{", `\{`, "}", `\}`, ",", `\,`)

// set adds the `set` and `setString` lists. A value stands for itself there,
// whatever commas and braces it has; lists are written under `values`.
func (h *helmfile) set(r *Release, st *state, doc *values.Document, rel *values.Node) {
	var files []values.Source
	for _, l := range []struct {
		key  string
		kind values.LayerKind
	}{{"set", values.Set}, {"setString", values.SetString}} {
		for _, s := range items(get(rel, l.key)) {
			name, at := text(get(s, "name")), get(s, "value")
			switch {
			case name == "":
			case get(s, "file") != nil:
				if src, ok := h.setFile(r, st, doc, name, get(s, "file")); ok {
					files = append(files, src)
				}
			case get(s, "values") != nil:
				var parts []string
				for _, v := range items(get(s, "values")) {
					parts = append(parts, braces.Replace(text(v)))
				}
				r.Layers = append(r.Layers, values.Source{Kind: l.kind, Doc: doc, Arg: name + "={" + strings.Join(parts, ",") + "}", Value: get(s, "values")})
			case at != nil:
				r.Layers = append(r.Layers, values.Source{Kind: l.kind, Doc: doc, Arg: name + "=" + braces.Replace(text(at)), Value: at})
			}
		}
	}
	r.Layers = append(r.Layers, files...)
}

func (h *helmfile) setFile(r *Release, st *state, doc *values.Document, name string, at *values.Node) (values.Source, bool) {
	full := path.Join(st.dir, text(at))
	if templated(text(at)) || !h.tree.isFile(full) {
		r.note(at.Span, "file %q of set is not in the repository", text(at))
		return values.Source{}, false
	}
	return values.Source{Kind: values.SetFile, Doc: doc, Arg: name + "=" + escapeSet(h.tree.name(full)), Value: at}, true
}

// nested reads the helmfiles that an entry of `helmfiles` names.
func (h *helmfile) nested(st *state, n *values.Node) error {
	at := n
	if n.Kind == values.Map {
		at = get(n, "path")
	}
	name := text(at)
	full := path.Join(st.dir, name)
	switch {
	case name == "" || templated(name):
		h.note(span(at, n), "helmfile %q waits for helmfile's template", name)
		return nil
	case strings.Contains(name, "://") || strings.Contains(name, "::"):
		h.note(span(at, n), "helmfile %q is fetched from another place", name)
		return nil
	case h.tree.isDir(full):
		for _, f := range []string{"helmfile.yaml", "helmfile.yaml.gotmpl"} {
			if h.tree.isFile(path.Join(full, f)) {
				return h.read(path.Join(full, f))
			}
		}
		full = path.Join(full, "*.yaml")
	}
	hits := []string{full}
	if strings.ContainsAny(full, "*?[") {
		hits = h.tree.expandGlob(full)
	}
	found := false
	for _, hit := range hits {
		if h.tree.isFile(hit) {
			found = true
			if err := h.read(hit); err != nil {
				return err
			}
		}
	}
	if !found {
		h.note(span(at, n), "helmfile %q is not in the repository", name)
	}
	return nil
}
