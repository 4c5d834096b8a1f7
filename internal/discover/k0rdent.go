package discover

import "github.com/helmvet/helmvet/internal/values"

// services reads the services of a ClusterDeployment or MultiClusterService of
// k0rdent: the values of each, then its valuesFrom, every key of which holds
// values.
func (t *Tree) services(o *object) ([]Release, []Note, error) {
	var out []Release
	var notes []Note
	list := get(o.node, "spec", "serviceSpec", "services")
	if list == nil {
		list = get(o.node, "spec", "services") // before v1beta1
	}
	for _, svc := range items(list) {
		r := Release{Tool: K0rdent, Name: text(get(svc, "name")), Namespace: text(get(svc, "namespace")), Span: span(get(svc, "name"), svc)}
		switch {
		case isTrue(get(svc, "disable")):
			notes = append(notes, Note{r.Span, "service " + r.Name + " is disabled"})
			continue
		case text(get(svc, "helmAction")) == "Uninstall":
			notes = append(notes, Note{r.Span, "service " + r.Name + " is to be uninstalled"})
			continue
		}
		if r.Namespace == "" {
			r.Namespace = "default"
		}
		if o.kind == "ClusterDeployment" {
			r.Location = o.name
		}
		helm, err := t.serviceTemplate(&r, o, text(get(svc, "template")))
		if err != nil {
			return nil, nil, err
		}
		if !helm {
			continue // deploys kustomizations or plain objects
		}
		if v := get(svc, "values"); v != nil && v.Kind != values.Null {
			r.Layers = append(r.Layers, values.Source{Kind: values.File, Doc: o.doc, Text: v})
		}
		for _, ref := range items(get(svc, "valuesFrom")) {
			if err := t.serviceValues(&r, o, ref); err != nil {
				return nil, nil, err
			}
		}
		out = append(out, r)
	}
	return out, notes, nil
}

func (t *Tree) serviceValues(r *Release, o *object, ref *values.Node) error {
	kind, name := text(get(ref, "kind")), text(get(ref, "name"))
	if unknown(name) {
		r.note(ref.Span, "the name of %s %q waits for a variable, so its values are not read", kind, name)
		return nil
	}
	ns := o.ns
	if own := text(get(ref, "namespace")); own != "" {
		ns = own
	}
	src, problem, err := t.find(o.file, kind, ns, name)
	if err != nil {
		return err
	}
	if problem != "" {
		r.note(ref.Span, "%s, so its values are not read", problem)
		return nil
	}
	for _, key := range entryKeys(src) {
		e, problem := t.entry(src, key)
		if problem != "" {
			r.note(ref.Span, "%s", problem)
			continue
		}
		t.lay(r, src, key, e)
	}
	return nil
}

// serviceTemplate finds the chart of a service. helm is false when the template
// is known to hold no chart.
func (t *Tree) serviceTemplate(r *Release, o *object, name string) (helm bool, err error) {
	tmpl, problem, err := t.find(o.file, "ServiceTemplate", o.ns, name)
	if err != nil || problem != "" {
		return true, err
	}
	h := get(tmpl.node, "spec", "helm")
	if h == nil {
		return false, nil
	}
	if cs := get(h, "chartSpec"); cs != nil {
		t.chartSpec(r, tmpl, cs)
		return true, nil
	}
	if ref := get(h, "chartRef"); ref != nil {
		return true, t.fluxChart(r, tmpl, h)
	}
	return true, nil
}
