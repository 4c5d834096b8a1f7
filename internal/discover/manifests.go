package discover

import (
	"slices"
	"strings"
)

// Manifests finds the releases that Kubernetes objects in the files declare:
// Application and ApplicationSet of Argo CD, HelmRelease of Flux,
// ClusterDeployment and MultiClusterService of k0rdent; of tools only those
// named, if any are. ConfigMaps, Secrets and values files that they refer to
// are looked for in the whole tree. Notes tell what was left out. It fails when
// a file cannot be read.
func Manifests(t *Tree, files []string, tools ...Tool) ([]Release, []Note, error) {
	var out []Release
	var notes []Note
	for _, name := range files {
		objects, doc, err := t.objectsOf(name)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range doc.Problems {
			if len(doc.Roots) > 1 || p.Doc > 0 || len(objects) == 0 {
				notes = append(notes, Note{p.Span, "not read: " + p.Message})
			}
		}
		for i := range objects {
			o := &objects[i]
			tool := o.tool()
			if tool == "" || len(tools) > 0 && !slices.Contains(tools, tool) {
				continue
			}
			found, more, err := t.declared(o)
			if err != nil {
				return nil, nil, err
			}
			out = append(out, found...)
			notes = append(notes, more...)
		}
	}
	markPatched(out)
	sortReleases(out)
	return out, notes, nil
}

// tool tells whose object it is; "" when it declares no releases.
func (o *object) tool() Tool {
	group, _, _ := strings.Cut(o.api, "/")
	switch {
	case group == "argoproj.io" && (o.kind == "Application" || o.kind == "ApplicationSet"):
		return Argo
	case group == "helm.toolkit.fluxcd.io" && o.kind == "HelmRelease":
		return Flux
	case group == "k0rdent.mirantis.com" && (o.kind == "ClusterDeployment" || o.kind == "MultiClusterService"):
		return K0rdent
	}
	return ""
}

func (t *Tree) declared(o *object) ([]Release, []Note, error) {
	switch o.kind {
	case "Application":
		return t.application(o, o.node, nil), nil, nil
	case "ApplicationSet":
		return t.applicationSet(o), nil, nil
	case "HelmRelease":
		r, err := t.helmRelease(o)
		return []Release{r}, nil, err
	default:
		return t.services(o)
	}
}

// markPatched notes at HelmReleases that a patch of the same name lies in the
// tree: kustomize merges it, we do not.
func markPatched(rs []Release) {
	for i := range rs {
		for j := range rs {
			a, b := &rs[i], &rs[j]
			if a.Tool == Flux && !a.Patch && b.Patch && a.object == b.object {
				a.note(b.Span, "a patch of HelmRelease %q for kustomize is not merged", a.object)
			}
		}
	}
}
