package discover

import (
	"path"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// helmRelease reads a HelmRelease of Flux: valuesFrom in order, then values.
func (t *Tree) helmRelease(o *object) (Release, error) {
	spec := get(o.node, "spec")
	r := Release{Tool: Flux, Name: o.name, object: o.name, Namespace: o.ns, Span: span(get(o.node, "metadata", "name"), o.node)}
	if ns := text(get(spec, "targetNamespace")); ns != "" {
		r.Namespace = ns
		r.Name = ns + "-" + o.name // as helm-controller composes it
	}
	if name := text(get(spec, "releaseName")); name != "" {
		r.Name = name
	}
	if err := t.fluxChart(&r, o, spec); err != nil {
		return r, err
	}
	for _, ref := range items(get(spec, "valuesFrom")) {
		if err := t.valuesFrom(&r, o, ref); err != nil {
			return r, err
		}
	}
	if v := get(spec, "values"); v != nil && v.Kind != values.Null {
		r.Layers = append(r.Layers, values.Source{Kind: values.File, Doc: o.doc, Root: v})
	}
	return r, nil
}

// fluxChart reads the chart of a HelmRelease, and the values files that it
// takes from the chart's source instead of the chart's own values.yaml.
func (t *Tree) fluxChart(r *Release, o *object, spec *values.Node) error {
	if ref := get(spec, "chartRef"); ref != nil {
		ns := text(get(ref, "namespace"))
		if ns == "" {
			ns = o.ns
		}
		src, problem, err := t.find(o.file, text(get(ref, "kind")), ns, text(get(ref, "name")))
		switch {
		case err != nil:
			return err
		case problem != "": // the values are whole without knowing the chart's name
		case src.kind == "OCIRepository":
			url := text(get(src.node, "spec", "url"))
			if !unknown(url) {
				r.Chart.Name = path.Base(url)
			}
			r.Chart.Version = exactVersion(text(get(src.node, "spec", "ref", "tag")))
			if r.Chart.Version == "" {
				r.Chart.Version = exactVersion(text(get(src.node, "spec", "ref", "semver")))
			}
		case src.kind == "HelmChart":
			t.chartSpec(r, o, get(src.node, "spec"))
		}
		return nil
	}
	cs := get(spec, "chart", "spec")
	if get(cs, "chart") == nil {
		r.Patch = true
		r.note(r.Span, "HelmRelease %q names no chart; if it is a patch for kustomize, what it patches is not merged", o.name)
		return nil
	}
	t.chartSpec(r, o, cs)
	return nil
}

func (t *Tree) chartSpec(r *Release, o *object, cs *values.Node) {
	name := text(get(cs, "chart"))
	kind := text(get(cs, "sourceRef", "kind"))
	r.Chart.Version = exactVersion(text(get(cs, "version")))
	inTree := kind == "GitRepository" || kind == "Bucket"
	switch {
	case unknown(name):
	case inTree:
		dir := path.Clean(strings.TrimLeft(name, "/"))
		if c, ok := t.chart(dir); ok {
			r.Chart = c
		} else {
			r.Chart.Name = path.Base(name)
		}
	default:
		r.Chart.Name = path.Base(name)
	}
	files := get(cs, "valuesFiles")
	if files == nil {
		if one := get(cs, "valuesFile"); one != nil { // of older versions
			files = &values.Node{Kind: values.List, Items: []*values.Node{one}}
		}
	}
	for _, n := range items(files) {
		file := path.Clean(strings.TrimLeft(text(n), "/"))
		switch {
		case inTree && t.isFile(file):
			r.Layers = append(r.Layers, values.Source{Kind: values.File, File: t.name(file)})
		case isTrue(get(cs, "ignoreMissingValuesFiles")) && inTree:
		case r.Chart.Path != "":
			r.note(n.Span, "values file %q is not in the repository; it should be %s", text(n), t.name(file))
		default:
			r.note(n.Span, "values file %q lies in the source of the chart, which is not in this repository", text(n))
		}
	}
}

// valuesFrom reads one reference to a ConfigMap or Secret.
func (t *Tree) valuesFrom(r *Release, o *object, ref *values.Node) error {
	kind, name, key := text(get(ref, "kind")), text(get(ref, "name")), text(get(ref, "valuesKey"))
	if key == "" {
		key = "values.yaml"
	}
	if unknown(name) || unknown(key) {
		r.note(ref.Span, "the name of %s %q waits for a variable, so its values are not read", kind, name)
		return nil
	}
	src, problem, err := t.find(o.file, kind, o.ns, name)
	if err != nil {
		return err
	}
	if problem != "" {
		r.note(ref.Span, "%s, so its values are not read", problem)
		return nil
	}
	e, problem := t.entry(src, key)
	if problem != "" {
		if e.node == nil && isTrue(get(ref, "optional")) && src.node.Get("sops") == nil && !hasKey(src, key) {
			return nil // Flux goes on without it, too
		}
		r.note(ref.Span, "%s", problem)
		return nil
	}
	target := text(get(ref, "targetPath"))
	if target == "" {
		t.lay(r, src, key, e)
		return nil
	}
	if e.file != "" && kind == "Secret" {
		r.note(ref.Span, "key %q of Secret %q, which kustomize makes from %s, is not read", key, name, t.name(e.file))
		return nil
	}
	if e.file != "" {
		data, err := t.Read(e.file)
		if err != nil {
			r.note(ref.Span, "%s", err)
			return nil
		}
		e.str, e.node = string(data), ref
		src = o // the value is set here, as far as lines go
	}
	if e.node.Kind == values.Null {
		return nil
	}
	r.Layers = append(r.Layers, targetSource(src, get(ref, "literal"), target, e))
	if kind == "Secret" {
		if p, err := lint.ParsePath(target); err == nil {
			r.Secrets = append(r.Secrets, p)
		}
	}
	return nil
}

// targetSource is the assignment that helm-controller makes of a targetPath: as
// --set does, or as --set-string when the value is in quotes, which go.
func targetSource(src *object, literal *values.Node, target string, e entry) values.Source {
	s := values.Source{Kind: values.Set, Doc: src.doc, Value: e.node, Arg: target + "=" + e.str}
	quoted := func(q string) bool { return strings.HasPrefix(e.str, q) && strings.HasSuffix(e.str, q) }
	switch {
	case isTrue(literal):
		s.Kind = values.SetLiteral
	case quoted("'"), quoted(`"`):
		s.Kind, s.Arg = values.SetString, target+"="+strings.Trim(e.str, `'"`)
	}
	return s
}

func hasKey(o *object, key string) bool {
	for _, k := range entryKeys(o) {
		if k == key {
			return true
		}
	}
	return false
}
