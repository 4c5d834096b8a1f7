package linter

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"
	"github.com/helmvet/helmvet/internal/core"
	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/values"
)

// objects are the Kubernetes objects of a run.
type objects struct {
	docs  []*values.Document
	items []object
	notes []string
}

// object is one Kubernetes object; its tree is shared by all releases.
type object struct {
	tree             *regocheck.Tree
	node             *values.Node
	doc              *values.Document
	apiVersion, kind string
	patch            bool // it changes an object that another file declares
	partial          bool // a patch of an unknown kind changes it, so that what is missing may be there
}

// actionLine is a line of a template that holds nothing but an action, which
// no YAML has.
var actionLine = lazyregexp.New(`(?m)^[ \t]*\{\{`)

// manifests reads files of Kubernetes objects; Lists are taken apart. The
// templates of charts are left alone.
func (l *Linter) manifests(names []string) (objects, error) {
	var o objects
	for _, name := range names {
		data, err := l.Read(name)
		if err != nil {
			return o, err
		}
		d := values.ParseEnv(name, data, l.Limits, l.Env)
		if d.Templated || len(d.Problems) > 0 && actionLine.Match(data) {
			o.notes = append(o.notes, name+": left alone, a template")
			continue
		}
		o.docs = append(o.docs, d)
		for _, r := range d.Roots {
			o.collect(d, r)
		}
	}
	return o, o.kustomize(l.clusterScoped)
}

// clusterScoped reports whether a pack knows objects of the kind as ones that
// have no namespace.
func (l *Linter) clusterScoped(apiVersion, kind string) (bool, error) {
	for _, p := range l.Packs {
		if !p.Judges(apiVersion, kind) {
			continue
		}
		s, err := p.Schema()
		if err != nil || s == nil {
			return false, err
		}
		info, err := s.Pack()
		return slices.Contains(info.Cluster, kind), err
	}
	return false, nil
}

func (o *objects) collect(d *values.Document, n *values.Node) {
	kind := word(n, "kind")
	if kind == "" {
		return
	}
	if items := n.Get("items"); items != nil && items.Value.Kind == values.List {
		for _, it := range items.Value.Items {
			o.collect(d, it)
		}
		return
	}
	o.items = append(o.items, object{tree: regocheck.NewTree(n), node: n, doc: d, apiVersion: word(n, "apiVersion"), kind: kind})
}

// word returns the string at a key of a mapping, "" when there is none.
func word(n *values.Node, key string) string {
	if f := n.Get(key); f != nil && f.Value.Kind == values.String {
		return f.Value.Str
	}
	return ""
}

// once keeps of what several releases say about the same object the first. The
// findings are sorted.
func (o *objects) once(findings []lint.Finding) []lint.Finding {
	return slices.CompactFunc(findings, func(a, b lint.Finding) bool {
		return a.Rule == b.Rule && a.Span == b.Span && a.Message == b.Message && a.Path.Equal(b.Path) &&
			slices.ContainsFunc(o.docs, func(d *values.Document) bool { return d.Name == a.Span.File })
	})
}

// trees are the objects as rules see them, and the names of their files. What
// only patches another object is none.
func (o *objects) trees() (trees []*regocheck.Tree, files []string) {
	for _, it := range o.items {
		if !it.patch {
			trees, files = append(trees, it.tree), append(files, it.doc.Name)
		}
	}
	return trees, files
}

// concern reports whether a pack judges one of the objects.
func (o *objects) concern(p *pack.Pack) bool {
	return len(p.Kinds) > 0 && slices.ContainsFunc(o.items, func(it object) bool { return p.Judges(it.apiVersion, it.kind) })
}

// kindred returns the packs of values that also judge kinds of objects which
// lie beside the values of a release, other than those that judge the values
// anyway. Only their policies run.
func (l *Linter) kindred(o objects, chosen []*pack.Pack) []*pack.Pack {
	var out []*pack.Pack
	for _, p := range l.Packs {
		if !p.ObjectsOnly() && !slices.Contains(chosen, p) && o.concern(p) {
			out = append(out, p)
		}
	}
	return out
}

// judgeManifests judges the objects, once for all releases: core their text,
// schemas each object, and the policies of packs that know no values all of
// them together.
func (l *Linter) judgeManifests(ctx context.Context, fl *fleet) error {
	o := &fl.objects
	fl.notes = append(fl.notes, o.notes...)
	if len(o.docs)+len(fl.run.PreviousManifests) == 0 {
		return nil
	}
	v := &verdict{docs: slices.Concat(o.docs, fl.before.docs), env: l.Env}
	for _, d := range o.docs {
		v.findings = append(v.findings, core.Check(d, core.Options{Manifest: true})...)
	}
	var packs, knowing []*pack.Pack
	for _, p := range l.Packs {
		if o.concern(p) || fl.before.concern(p) {
			knowing = append(knowing, p)
			if p.ObjectsOnly() {
				packs = append(packs, p)
				v.packs = append(v.packs, p.Name)
			}
		}
	}
	for _, p := range knowing {
		found, err := l.objectSchemas(fl, p)
		if err != nil {
			return err
		}
		v.findings = append(v.findings, found...)
	}
	found, err := l.objectPolicies(ctx, fl, packs)
	if err != nil {
		return err
	}
	v.findings = append(v.findings, found...)
	cite(v.findings, packs, l.Env != nil)
	v.findings = saidBetter(v.findings, packs)
	v.notes = append(v.notes, fmt.Sprintf("%d Kubernetes objects in %d files: judged by %s",
		len(o.items), len(o.docs), strings.Join(append([]string{pack.Core}, v.packs...), ", ")))
	for _, d := range v.docs { // findings of releases point at objects, too
		fl.lines.keep(d, fl.findings, fl.run.Around, v.spansOf)
	}
	v.settle(fl.run.Around)
	fl.add(v)
	return nil
}

// objectSchemas judges each object by the schema that a pack has for its kind.
// What a patch leaves out stands in the object that it changes.
func (l *Linter) objectSchemas(fl *fleet, p *pack.Pack) ([]lint.Finding, error) {
	s, err := p.Schema()
	if err != nil || s == nil {
		return nil, err
	}
	if c := s.Context(); c != nil && p.ObjectsOnly() {
		if err := checkContext(p, c, fl.run.Context[p.Name], nil); err != nil {
			return nil, err
		}
	}
	later, err := laterThanKnown(s, fl.run.Context[p.Name])
	if err != nil {
		return nil, err
	}
	var out []lint.Finding
	for _, it := range fl.objects.items {
		if !p.Judges(it.apiVersion, it.kind) {
			continue
		}
		for _, f := range s.Object(it.kind).Check(it.node, cuecheck.Options{Whole: !it.patch && !it.partial}).Findings {
			if later && f.Rule == p.Name+"/"+cuecheck.UnknownKey {
				f.Severity = min(f.Severity, lint.Warning)
			}
			out = append(out, f)
		}
	}
	return out, nil
}

// laterThanKnown reports whether the objects are for a later release than the
// pack knows.
func laterThanKnown(s *cuecheck.Schema, told any) (bool, error) {
	info, err := s.Pack()
	if err != nil || info.Knows.UpTo == "" {
		return false, err
	}
	context, _ := told.(map[string]any)
	release, _ := context[info.Knows.Context].(string)
	have, err := semver.NewVersion(release)
	if err != nil {
		return false, nil //nolint:nilerr // not told
	}
	known, err := semver.NewVersion(info.Knows.UpTo)
	if err != nil {
		return false, fmt.Errorf("pack %s: knows.upTo: %w", info.Name, err)
	}
	return have.GreaterThan(known), nil
}

func (l *Linter) objectPolicies(ctx context.Context, fl *fleet, packs []*pack.Pack) ([]lint.Finding, error) {
	if len(packs) == 0 {
		return nil, nil
	}
	rel := &Release{Context: fl.run.Context}
	lacking := without(rel, fl, packs)
	if len(fl.before.items) > 0 {
		lacking = slices.DeleteFunc(lacking, func(need string) bool { return need == "previous" })
	}
	compiled, err := l.compiled(ctx, packs, regocheck.Options{Without: lacking})
	if err != nil || compiled == nil {
		return nil, err
	}
	in := &regocheck.Input{ManifestsComplete: fl.run.ManifestsComplete, Final: l.Env != nil, Context: rel.Context, Took: fl.run.Stats.took()}
	in.Manifests, in.ManifestFiles = fl.objects.trees()
	if len(fl.before.items) > 0 {
		in.Previous = &regocheck.Input{ManifestsComplete: in.ManifestsComplete, Context: in.Context}
		in.Previous.Manifests, in.Previous.ManifestFiles = fl.before.trees()
	}
	found, err := compiled.Eval(ctx, in)
	if err != nil {
		return nil, err
	}
	return in.Locate(found), nil
}
