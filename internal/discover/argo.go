package discover

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// application reads an Application of Argo CD, or the template of an
// ApplicationSet: one release for each source that is a chart.
func (t *Tree) application(o *object, app *values.Node, p *params) []Release {
	spec := get(app, "spec")
	sources := items(get(spec, "sources"))
	if len(sources) == 0 {
		one := get(spec, "source")
		if one == nil {
			one = get(spec, "sourceHydrator", "drySource")
		}
		if one != nil {
			sources = []*values.Node{one}
		}
	}
	a := argoApp{tree: t, o: o, p: p, name: p.text(get(app, "metadata", "name")), spec: spec, refs: map[string]string{}}
	a.namespace = p.text(get(spec, "destination", "namespace"))
	a.at = span(get(app, "metadata", "name"), app)
	for _, s := range sources {
		if ref := p.text(get(s, "ref")); ref != "" {
			a.refs[ref] = p.text(get(s, "repoURL"))
		}
	}
	var out []Release
	for _, s := range sources {
		if r, ok := a.release(s); ok {
			out = append(out, r)
		}
	}
	return out
}

// argoApp is one Application while its sources are read.
type argoApp struct {
	tree            *Tree
	o               *object
	p               *params
	spec            *values.Node
	name, namespace string
	at              lint.Span
	refs            map[string]string // addresses by the name that $NAME refers to
}

// release reads one source; ok is false when it is no Helm chart.
func (a *argoApp) release(src *values.Node) (r Release, ok bool) {
	p, helm := a.p, get(src, "helm")
	for _, other := range []string{"kustomize", "directory", "plugin"} {
		if helm == nil && get(src, other) != nil {
			return r, false // told to be something else
		}
	}
	r = Release{Tool: Argo, Name: a.name, Namespace: a.namespace, Span: a.at}
	if r.Location = p.text(get(a.spec, "destination", "name")); r.Location == "" {
		if s := p.text(get(a.spec, "destination", "server")); s != inCluster {
			r.Location = s
		}
	}
	url, dir, revision := p.text(get(src, "repoURL")), path.Clean(strings.TrimLeft(p.text(get(src, "path")), "/")), p.text(get(src, "targetRevision"))
	chart := p.text(get(src, "chart"))
	remote := chart != "" || strings.HasPrefix(url, "oci://") || a.tree.foreign(url)
	switch {
	case chart != "":
		r.Chart = Chart{Name: path.Base(chart), Version: exactVersion(revision)}
	case strings.HasPrefix(url, "oci://"):
		r.Chart = Chart{Name: path.Base(url), Version: exactVersion(revision)}
	default:
		if c, found := a.tree.chart(dir); found && !remote {
			r.Chart = c
		} else if helm == nil {
			return r, false // a folder of manifests, or nothing that we can see
		} else if dir != "." {
			r.Chart.Name = path.Base(dir)
		}
	}
	if name := p.text(get(helm, "releaseName")); name != "" {
		r.Name = name
	}
	if ns := p.text(get(helm, "namespace")); ns != "" {
		r.Namespace = ns
	}
	a.valueFiles(&r, helm, dir, remote)
	a.inline(&r, helm)
	a.parameters(&r, helm, dir, remote)
	return r, true
}

// inCluster is the cluster that Argo CD itself runs in, which has no name.
const inCluster = "https://kubernetes.default.svc"

var argoVariable = lazyregexp.New(`\$\{?(ARGOCD_[A-Z_]+)\}?`)

// build replaces what Argo CD itself puts into paths and parameters.
func (a *argoApp) build(s, dir string) string {
	known := map[string]string{
		"ARGOCD_APP_NAME": a.name, "ARGOCD_APP_NAMESPACE": a.namespace, "ARGOCD_APP_SOURCE_PATH": dir,
		"ARGOCD_APP_PROJECT_NAME": a.p.text(get(a.spec, "project")),
	}
	return argoVariable.ReplaceAllStringFunc(s, func(m string) string {
		if v := known[argoVariable.FindStringSubmatch(m)[1]]; v != "" {
			return v
		}
		return m
	})
}

// valueFiles adds the files in their order. A glob stands for its files, less
// those that are named by themselves.
func (a *argoApp) valueFiles(r *Release, helm *values.Node, dir string, remote bool) {
	ignoreMissing := isTrue(get(helm, "ignoreMissingValueFiles"))
	type file struct {
		node *values.Node
		name string
		glob bool
	}
	var files []file
	named := map[string]bool{}
	for _, n := range items(get(helm, "valueFiles")) {
		name, problem := a.locate(a.build(a.p.text(n), dir), dir, remote)
		if problem != "" {
			r.note(n.Span, "values file %q: %s", a.p.text(n), problem)
			continue
		}
		glob := strings.ContainsAny(name, "*?[")
		if !glob {
			named[name] = true
		}
		files = append(files, file{n, name, glob})
	}
	for _, f := range files {
		hits := []string{f.name}
		if f.glob {
			hits = a.tree.expandGlob(f.name)
			hits = slices.DeleteFunc(hits, func(h string) bool { return named[h] })
			for _, h := range hits {
				named[h] = true
			}
			if len(hits) == 0 && !ignoreMissing {
				r.note(f.node.Span, "values file %q matches no file of the repository", text(f.node))
			}
		}
		for _, h := range hits {
			switch {
			case a.tree.isFile(h):
				r.Layers = append(r.Layers, values.Source{Kind: values.File, File: a.tree.name(h)})
			case !ignoreMissing:
				r.note(f.node.Span, "values file %q is not in the repository; it should be %s", a.p.text(f.node), a.tree.name(h))
			}
		}
	}
}

// expandGlob lists the files of a glob as Argo CD orders them: the files of a
// folder before its folders.
func (t *Tree) expandGlob(pattern string) []string {
	if CheckGlob(pattern) != nil {
		return nil
	}
	hits, err := doublestar.Glob(t.FS, pattern, doublestar.WithFilesOnly(), doublestar.WithNoFollow())
	if err != nil {
		return nil
	}
	slices.SortFunc(hits, func(a, b string) int {
		x, y := strings.Split(a, "/"), strings.Split(b, "/")
		for i := 0; i < len(x) && i < len(y); i++ {
			if x[i] == y[i] {
				continue
			}
			if last := i == len(x)-1; last != (i == len(y)-1) {
				if last {
					return -1
				}
				return 1
			}
			return strings.Compare(x[i], y[i])
		}
		return len(x) - len(y)
	})
	return hits
}

// locate turns a path of a source into one of the tree, or tells why it cannot
// be read.
func (a *argoApp) locate(name, dir string, remote bool) (file, problem string) {
	switch {
	case templated(name):
		return "", "the path waits for the ApplicationSet's template"
	case strings.Contains(name, "://"):
		return "", "it is fetched from another place"
	}
	if ref, rest, ok := strings.Cut(name, "/"); ok && strings.HasPrefix(ref, "$") {
		if url, known := a.refs[ref[1:]]; known {
			if a.tree.foreign(url) {
				return "", "it lies in " + url + ", not in this repository"
			}
			name, dir, remote = rest, ".", false
		}
	}
	if len(values.Placeholders(name)) > 0 {
		return "", "the path waits for a variable"
	}
	if remote {
		return "", "it lies in the chart's source, not in this repository"
	}
	full := path.Join(dir, name)
	if strings.HasPrefix(name, "/") {
		full = path.Clean(strings.TrimLeft(name, "/"))
	}
	if full == ".." || strings.HasPrefix(full, "../") {
		return "", "it lies outside of the repository"
	}
	return full, ""
}

// inline adds valuesObject, or else values, which valuesObject silences.
func (a *argoApp) inline(r *Release, helm *values.Node) {
	if v := get(helm, "valuesObject"); v != nil && v.Kind != values.Null {
		r.Layers = append(r.Layers, values.Source{Kind: values.File, Doc: a.o.doc, Root: a.p.tree(v, false)})
		return
	}
	v := get(helm, "values")
	if v == nil || v.Kind == values.Null || v.Kind == values.String && strings.TrimSpace(v.Str) == "" {
		return
	}
	s := values.Source{Kind: values.File, Doc: a.o.doc, Text: v}
	if a.p.expand(text(v)) != text(v) {
		if e := v.Embedded(); e != nil {
			s.Root, s.Text = a.p.tree(e, true), nil // keeps the lines inside the text
		} else {
			s.Text = a.p.tree(v, false)
		}
	}
	r.Layers = append(r.Layers, s)
}

// parameters adds what Argo CD passes with --set, --set-string and --set-file.
// The last of several parameters of a name counts.
func (a *argoApp) parameters(r *Release, helm *values.Node, dir string, remote bool) {
	byKind := map[values.LayerKind][]values.Source{}
	add := func(kind values.LayerKind, name, value string, at *values.Node) {
		s := values.Source{Kind: kind, Doc: a.o.doc, Arg: name + "=" + value, Value: at}
		list := slices.DeleteFunc(byKind[kind], func(o values.Source) bool { return strings.HasPrefix(o.Arg, name+"=") })
		byKind[kind] = append(list, s)
	}
	for _, n := range items(get(helm, "parameters")) {
		name, at := a.p.text(get(n, "name")), get(n, "value")
		if name == "" {
			continue
		}
		value := escapeSet(a.build(a.p.text(at), dir))
		if at == nil {
			at = n
		}
		kind := values.Set
		if isTrue(get(n, "forceString")) {
			kind = values.SetString
		}
		add(kind, name, value, at)
	}
	for _, n := range items(get(helm, "fileParameters")) {
		name, at := a.p.text(get(n, "name")), get(n, "path")
		file, problem := a.locate(a.build(a.p.text(at), dir), dir, remote)
		if problem == "" && !a.tree.isFile(file) {
			problem = "it is not in the repository"
		}
		if problem != "" {
			r.note(span(at, n), "file %q of fileParameters: %s", a.p.text(at), problem)
			continue
		}
		add(values.SetFile, name, escapeSet(a.tree.name(file)), at)
	}
	for _, kind := range []values.LayerKind{values.Set, values.SetString, values.SetFile} {
		r.Layers = append(r.Layers, byKind[kind]...)
	}
}

// escapeSet keeps the commas of a value, as Argo CD does, except in {a,b},
// which stays a list.
func escapeSet(v string) string {
	if strings.HasPrefix(v, "{") && strings.HasSuffix(v, "}") {
		return v
	}
	var b strings.Builder
	for i := range len(v) {
		if v[i] == ',' && (i == 0 || v[i-1] != '\\') {
			b.WriteByte('\\')
		}
		b.WriteByte(v[i])
	}
	return b.String()
}
