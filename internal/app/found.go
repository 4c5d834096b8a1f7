package app

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"

	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/values"
)

// fleet adds the releases of the configuration: those that it lists, and those
// that are found where it says.
func (st *setup) fleet(run *linter.Run, f *releaseFlags) error {
	run.FleetDeclared = true
	var errs []error
	for i := range st.config.Releases {
		if !st.config.Releases[i].Given() {
			run.Releases = append(run.Releases, st.configured(i, f))
			continue
		}
		if err := st.found(run, i, f); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// found adds the releases of one place. That there are none is an error: a path
// with a typo would let everything pass.
func (st *setup) found(run *linter.Run, i int, f *releaseFlags) error {
	c := &st.config.Releases[i]
	key, what := placeOf(&c.Place)
	at := st.config.Doc.Values().LocateKey(st.config.ReleasePath(i).Key(key))
	fail := func(err error) error {
		return fmt.Errorf("%s:%d:%d: %s: %w", at.File, at.Line, at.Column, key, err)
	}
	tree, err := st.repository()
	if err != nil {
		return fail(err)
	}
	releases, notes, err := st.discover(run, tree, c, at)
	if err != nil {
		return fail(err)
	}
	for _, n := range notes {
		st.notes = append(st.notes, n.String())
	}
	if len(releases) == 0 {
		return fail(fmt.Errorf("%q: no release found; %s", what, whereLooked(key)))
	}
	if len(notes) > 0 || slices.ContainsFunc(releases, func(r discover.Release) bool { return r.Many }) {
		run.FleetDeclared = false // there may be others
	}
	for j := range releases {
		r := &releases[j]
		rel := st.foundRelease(r, c, f)
		rel.Told = st.config.Told(i, r.Location)
		run.Releases = append(run.Releases, rel)
		for _, n := range r.Notes {
			st.notes = append(st.notes, fmt.Sprintf("release %s: %s", r.Name, n))
		}
		for _, l := range r.Layers {
			if l.Doc != nil {
				st.declares(run, l.Doc.Name)
			}
		}
	}
	return nil
}

// placeOf is the key that names a place, and what it names.
func placeOf(p *config.Place) (key, what string) {
	for _, kv := range [][2]string{{"pattern", p.Pattern}, {"helmfile", p.Helmfile}, {"argocd", p.Argo}, {"flux", p.Flux}, {"k0rdent", p.K0rdent}} {
		if kv[1] != "" {
			return kv[0], kv[1]
		}
	}
	return "", ""
}

func whereLooked(key string) string {
	switch key {
	case "pattern":
		return "name the folders as they are, from the folder of " + config.FileName + " on"
	case "helmfile":
		return "it lists none that is installed"
	case "argocd":
		return "the files hold no Application or ApplicationSet of a chart"
	case "flux":
		return "the files hold no HelmRelease"
	}
	return "the files hold no ClusterDeployment or MultiClusterService with services"
}

// repository is the tree that releases are looked for in.
func (st *setup) repository() (*discover.Tree, error) {
	if st.tree == nil {
		dir := "."
		if st.config != nil {
			dir = st.config.Dir
		}
		tree, root, err := discover.Open(dir)
		if err != nil {
			return nil, err
		}
		tree.Name = func(name string) string { return resolvePath(root, filepath.FromSlash(name)) }
		tree.Env = st.linter.Env
		if len(st.reader.over) > 0 {
			tree.FS = overlay{tree.FS, root, st.reader.over}
		}
		st.tree, st.root = tree, root
	}
	return st.tree, nil
}

// declaring finds the kinds of objects that declare releases; most manifests
// have none, and need no second look.
var declaring = lazyregexp.New(`(?m)^\s*"?kind"?\s*:\s*"?(Application|ApplicationSet|HelmRelease|ClusterDeployment|MultiClusterService)\b`)

// declared adds the releases that named manifests and helmfiles declare. Values
// files that are layers of one are taken from those that are judged by
// themselves.
func (st *setup) declared(run *linter.Run, in *sources, f *releaseFlags) error {
	var manifests []string
	for _, name := range in.manifests {
		if data, err := st.reader.read(name); err == nil && declaring.Match(data) {
			manifests = append(manifests, name)
		}
	}
	if len(manifests)+len(in.helmfiles) == 0 {
		return nil
	}
	tree, err := st.repository()
	if err != nil {
		return err
	}
	releases, notes, err := discover.Manifests(tree, st.inTree(manifests))
	if err != nil {
		return err
	}
	for _, name := range st.inTree(in.helmfiles) {
		more, told, err := discover.Helmfiles(tree, name)
		if err != nil {
			return err
		}
		releases, notes = append(releases, more...), append(notes, told...)
	}
	for _, n := range notes {
		st.notes = append(st.notes, n.String())
	}
	for i := range releases {
		r := &releases[i]
		run.Releases = append(run.Releases, st.foundRelease(r, &config.Release{}, f))
		for _, n := range r.Notes {
			st.notes = append(st.notes, fmt.Sprintf("release %s: %s", r.Name, n))
		}
		for _, l := range r.Layers {
			in.values = slices.DeleteFunc(in.values, func(name string) bool { return l.File != "" && filepath.Clean(name) == filepath.Clean(l.File) })
			if l.Doc != nil {
				st.declares(run, l.Doc.Name)
			}
		}
	}
	return nil
}

// inTree names files as the tree of the repository does. Files outside of it,
// and standard input, declare nothing that could be followed.
func (st *setup) inTree(names []string) []string {
	var out []string
	for _, name := range names {
		full, err := filepath.Abs(name)
		if err != nil || name == stdinName {
			continue
		}
		if rel, err := filepath.Rel(st.root, full); err == nil && filepath.IsLocal(rel) {
			out = append(out, filepath.ToSlash(rel))
		}
	}
	return out
}

func (st *setup) discover(run *linter.Run, tree *discover.Tree, c *config.Release, at lint.Span) ([]discover.Release, []discover.Note, error) {
	var glob string
	var tool discover.Tool
	switch {
	case c.Pattern != "":
		layout, err := discover.ParseLayout(c.Pattern)
		if err != nil {
			return nil, nil, err
		}
		return layout.Releases(tree, discover.LayoutOptions{Platforms: c.Platform, Namespace: c.Namespace, Location: c.Location, Span: at})
	case c.Helmfile != "":
		return discover.Helmfiles(tree, path.Join(tree.Base, filepath.ToSlash(c.Helmfile)))
	case c.Argo != "":
		glob, tool = c.Argo, discover.Argo
	case c.Flux != "":
		glob, tool = c.Flux, discover.Flux
	case c.K0rdent != "":
		glob, tool = c.K0rdent, discover.K0rdent
	}
	files, err := tree.Glob(glob)
	if err != nil {
		return nil, nil, err
	}
	files = slices.DeleteFunc(files, func(name string) bool { return st.excluded(tree.Name(name)) })
	if len(files) == 0 {
		return nil, nil, fmt.Errorf("%q matches no file", glob)
	}
	for _, name := range files {
		st.declares(run, tree.Name(name))
	}
	return discover.Manifests(tree, files, tool)
}

// declares adds a file that declares releases to those whose text is judged, as
// a manifest. A template is not: what stands between its lines is no YAML.
func (st *setup) declares(run *linter.Run, name string) {
	if slices.Contains(run.Manifests, name) {
		return
	}
	data, err := st.reader.read(name)
	if err != nil || bytes.Contains(data, []byte("{{")) && len(values.Parse(name, data, values.DefaultLimits).Problems) > 0 {
		return
	}
	if isManifest(name, data) || manifestKeys.Match(data) || helmfileName.MatchString(filepath.ToSlash(name)) {
		run.Manifests = append(run.Manifests, name)
	}
}

// foundRelease is a found release as the linter takes it.
func (st *setup) foundRelease(r *discover.Release, c *config.Release, f *releaseFlags) linter.Release {
	rel := linter.Release{
		Name: r.Name, Namespace: r.Namespace, Location: r.Location, Declared: r.Span,
		ChartName: r.Chart.Name, ChartVersion: r.Chart.Version,
		Sources: r.Layers, Secrets: r.Secrets, Packs: slices.Clone(c.Packs),
		Context:  st.context(r.Location, c.Context),
		Complete: !r.Incomplete(), Partial: r.Incomplete(), Single: r.Patch,
	}
	if len(f.packs) > 0 {
		rel.Packs = f.packs
	}
	if isChartArgument(r.Chart.Path) {
		name, version := rel.ChartName, rel.ChartVersion
		if err := st.withChart(&rel, r.Chart.Path); err != nil {
			st.unread = append(st.unread, err)
		}
		rel.ChartName, rel.ChartVersion = cmp.Or(name, rel.ChartName), cmp.Or(version, rel.ChartVersion)
	}
	return rel
}
