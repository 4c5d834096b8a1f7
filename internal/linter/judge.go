package linter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/core"
	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/extract"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/suppress"
	"github.com/helmvet/helmvet/internal/values"
)

// judge lints one release.
func (l *Linter) judge(ctx context.Context, rel *Release, fl *fleet) (*verdict, error) {
	done := fl.run.Stats.phase("read and merge")
	vals, docs, refused, err := l.load(rel)
	done()
	if err != nil {
		return nil, err
	}
	broken := len(refused) > 0 || slices.ContainsFunc(docs, func(d *values.Document) bool { return extract.IsOutput(d.Data) })
	v := &verdict{docs: docs, env: l.Env, counts: len(docs) > 0 || rel.Name != ""}
	var root *values.Node
	if !broken {
		root = vals.Root
	}
	packs, err := l.choose(rel, root, docs)
	if err != nil {
		return nil, err
	}
	packs = slices.DeleteFunc(packs, (*pack.Pack).ObjectsOnly)
	others := []*pack.Pack(nil)
	if len(rel.Packs) == 0 && !broken {
		others = l.kindred(fl.objects, packs)
	}
	judges := append(slices.Clone(packs), others...)
	for _, p := range judges {
		v.packs = append(v.packs, p.Name)
	}
	go safely(func() error { // needed last and slowest: start it first
		_, err := l.compiled(ctx, judges, regocheck.Options{Without: without(rel, fl, judges)})
		return err
	})
	if v.secret, err = secrets(packs); err != nil {
		return nil, err
	}
	v.secret = rel.hides(v.secret)
	v.inner = rel.innerSecrets(vals, v.secret)
	if rel.judging() != nil {
		v.packs = append(v.packs, pack.Chart)
	}
	for _, p := range packs {
		if !p.WrittenFor(rel.ChartName, rel.ChartVersion) {
			v.notes = append(v.notes, fmt.Sprintf("%s: pack %s was written for %s %s, and this is %s", describe(rel), p.Name, rel.ChartName, p.Requires.Charts[rel.ChartName], rel.ChartVersion))
		}
	}
	v.notes = append(v.notes, fmt.Sprintf("%s: judged by %s", describe(rel), strings.Join(append([]string{pack.Core}, v.packs...), ", ")))

	opts := core.Options{Final: l.Env != nil || rel.Final, Merged: !rel.Single, Secret: v.secret}
	done = fl.run.Stats.phase("text")
	for _, layer := range vals.Layers {
		d := layer.Doc
		switch {
		case d == nil, rel.vendored(layer):
		case rel.inside(d): // judged as a manifest; it is not made of values
			v.findings = append(v.findings, refusals(refused, d)...)
		case fl.first(d.Name + "\n" + strings.Join(v.packs, "\n")):
			v.findings = append(v.findings, core.Check(d, opts)...)
		}
	}
	v.findings = append(v.findings, elsewhere(refused, docs, rel.Chart)...)
	if !broken && !rel.Single {
		v.findings = append(v.findings, core.CheckLayers(vals, opts)...)
	}
	done()
	if !broken {
		v.placeholders = countPlaceholders(root)
	} else {
		cite(v.findings, packs, opts.Final)
		v.notes = append(v.notes, describe(rel)+": not judged by packs, because a file is not YAML, no mapping or output of helm")
		return v, nil
	}
	if fl.run.Merged != nil && len(vals.Layers) > 0 {
		fl.run.Merged(rel, vals, v.packs, v.secret)
	}
	if fl.watched(rel) {
		v.member = newMember(rel, root, packs, fl.watchers)
		before, err := l.previous(rel, fl)
		if err != nil {
			return nil, err
		}
		if before != nil {
			v.member.previous = newMember(rel.Previous, before.Values.Node, packs, fl.watchers)
		}
	}
	found, err := l.engines(ctx, rel, fl, vals, packs, judges)
	if err != nil {
		return nil, err
	}
	changed, err := l.compare(rel, vals, v)
	if err != nil {
		return nil, err
	}
	v.findings = unsaid(append(v.findings, l.chart(rel, vals, v)...), changed)
	found = append(found, changed...)
	for i := range found {
		f := &found[i]
		if f.Release == "" && !rel.Single {
			f.Release, f.Location, f.Chart = rel.Name, rel.Location, rel.ChartName
		}
		f.Related = append(f.Related, shadowed(root, f)...)
	}
	plans, err := l.plans(rel)
	if err != nil {
		return nil, err
	}
	for _, d := range plans { // shell holds secrets in ways that only the shell knows: its lines are not shown
		v.files = append(v.files, d.Name)
		if suppress.Mentioned(d) {
			v.commented = append(v.commented, d)
		}
	}
	v.findings = append(v.findings, found...)
	cite(v.findings, packs, opts.Final)
	v.findings = saidBetter(v.findings, packs)
	return v, nil
}

// load reads and merges the layers of a release. docs are the documents that
// they stand in, each once. refused are the reasons why Helm would not take one
// of them; an argument of a --set flag that Helm would refuse is an error.
func (l *Linter) load(rel *Release) (vals *values.Values, docs []*values.Document, refused []values.Problem, err error) {
	loader := values.Loader{Read: l.Read, Limits: l.Limits, Env: l.Env, Profile: l.Profile, Shared: l.shared}
	files, err := values.SplitFiles(rel.Values.ValueFiles)
	if err != nil {
		return nil, nil, nil, err
	}
	sources := slices.Clone(rel.Sources)
	for _, name := range files {
		sources = append(sources, values.Source{File: name})
	}
	vals, problems, err := loader.Sources(sources)
	if err != nil {
		return nil, nil, nil, err
	}
	problems = append(problems, loader.Apply(vals, rel.Values)...)
	if rel.Chart != nil {
		whole, bad := chartcheck.Coalesce(rel.Chart, vals, l.Profile)
		refused, vals = bad, whole.Values
	}
	if vals.Root != nil && vals.Root.Span.IsZero() {
		vals.Root.Span = rel.Declared
	}
	for _, layer := range vals.Layers {
		if layer.Doc != nil && !slices.Contains(docs, layer.Doc) {
			docs = append(docs, layer.Doc)
		}
	}
	var usage []error
	for _, p := range problems {
		if slices.ContainsFunc(docs, func(d *values.Document) bool { return d.Name == p.Span.File }) {
			refused = append(refused, p)
			continue
		}
		usage = append(usage, fmt.Errorf("%s: argument %d: %s", p.Span.File, p.Span.Line, p.Message))
	}
	return vals, docs, refused, errors.Join(usage...)
}

// inside reports whether layers of the release stand inside the document, which
// is then none of values itself.
func (r *Release) inside(d *values.Document) bool {
	return slices.ContainsFunc(r.Sources, func(s values.Source) bool { return s.Doc == d })
}

// refusals are findings about layers inside a document that Helm would not take.
func refusals(refused []values.Problem, d *values.Document) []lint.Finding {
	var out []lint.Finding
	for _, p := range refused {
		if p.Span.File == d.Name {
			out = append(out, lint.Finding{Rule: core.YAMLSyntax, Severity: lint.Error, Message: p.Message, Span: p.Span, Related: p.Related})
		}
	}
	return out
}

// whole reports whether a pack may judge what is missing from the values.
func (r *Release) whole(p *pack.Pack, root *values.Node) bool {
	return r.Complete || !r.Partial && p.Whole(root)
}

// hides adds what came from Secrets to what the packs call a secret.
func (r *Release) hides(secret func(lint.Path) bool) func(lint.Path) bool {
	if len(r.Secrets) == 0 {
		return secret
	}
	return func(p lint.Path) bool {
		return secret(p) || slices.ContainsFunc(r.Secrets, func(s lint.Path) bool { return p.HasPrefix(s) })
	}
}

// describe names a release in notes.
func describe(rel *Release) string {
	switch {
	case rel.Name != "":
		return "release " + rel.Name
	case len(rel.Values.ValueFiles) == 0 && rel.Chart != nil:
		return "chart " + rel.ChartName
	case len(rel.Values.ValueFiles) == 0:
		return "manifests"
	}
	return strings.Join(rel.Values.ValueFiles, ", ")
}

// engines runs the schemas of the packs and the policies of the judges, who are
// the packs and others that only look at objects, side by side.
func (l *Linter) engines(ctx context.Context, rel *Release, fl *fleet, vals *values.Values, packs, judges []*pack.Pack) ([]lint.Finding, error) {
	if len(judges) == 0 {
		return nil, nil
	}
	var wg sync.WaitGroup
	var schema, policy []lint.Finding
	var schemaErr, policyErr error
	gaps := map[string]*gap{}
	for _, p := range judges {
		gaps[p.Name] = &gap{}
	}
	wg.Go(func() {
		defer fl.run.Stats.phase("schemas")()
		schemaErr = safely(func() (err error) {
			schema, err = l.schemas(rel, vals, packs, gaps)
			return err
		})
	})
	done := fl.run.Stats.phase("policies")
	policy, policyErr = l.policy(ctx, rel, fl, vals, judges, gaps)
	done()
	wg.Wait()
	if err := errors.Join(schemaErr, policyErr); err != nil {
		return nil, err
	}
	out := append(schema, policy...)
	for _, p := range packs {
		if f, ok := gaps[p.Name].info(p, vals.Root, rel.Partial); ok {
			out = append(out, f)
		}
	}
	return out, nil
}

func (l *Linter) schemas(rel *Release, vals *values.Values, packs []*pack.Pack, gaps map[string]*gap) ([]lint.Finding, error) {
	var out []lint.Finding
	for _, p := range packs {
		s, err := p.Schema()
		if err != nil {
			return nil, err
		}
		if s == nil {
			continue
		}
		res := s.Check(vals.Root, cuecheck.Options{Whole: rel.whole(p, vals.Root)})
		out = append(out, res.Findings...)
		gaps[p.Name].missing = res.Missing
		if c := s.Context(); c != nil {
			if err := checkContext(p, c, rel.Context[p.Name], rel.Told); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// PartialValues is the name of the rule that says what was not judged.
const PartialValues = "partial-values"

// gap is what a pack did not judge, because the values look like some of the
// values of a release.
type gap struct {
	missing []cuecheck.Missing
	silent  []regocheck.Finding // what policies would say about whole values
}

// info is the one finding about all of it.
func (g *gap) info(p *pack.Pack, root *values.Node, partial bool) (lint.Finding, bool) {
	if len(g.missing)+len(g.silent) == 0 {
		return lint.Finding{}, false
	}
	var names, facts []string
	add := func(path lint.Path, cites []string) {
		if name := path.String(); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
		for _, f := range cites {
			if !slices.Contains(facts, f) {
				facts = append(facts, f)
			}
		}
	}
	for _, m := range g.missing {
		add(m.Path, m.Facts)
	}
	for _, f := range g.silent {
		add(f.Path, f.Facts)
	}
	slices.Sort(facts)
	list := strings.Join(names, ", ")
	if len(names) > 4 {
		list = fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
	}
	span := root.Span
	span.EndLine, span.EndCol = span.Line, span.Column+1
	f := lint.Finding{
		Rule: p.Name + "/" + PartialValues, Severity: lint.Info, Span: span, Facts: facts,
		Message: fmt.Sprintf("these look like part of a release, so what they leave out was not judged: %s; give all layers with -f, or pass --complete", list),
	}
	if partial {
		f.Message = fmt.Sprintf("some layers of this release cannot be read here (--verbose names them), so what the others leave out was not judged: %s", list)
	}
	return f, true
}

// checkContext judges what the configuration tells a pack.
func checkContext(p *pack.Pack, c *cuecheck.Schema, told any, nodes []*values.Node) error {
	if told == nil {
		return nil
	}
	raw, err := json.Marshal(told)
	if err != nil {
		return fmt.Errorf("context of pack %s: %w", p.Name, err)
	}
	node := values.Parse("context", raw, values.DefaultLimits).Values()
	res := c.Check(node, cuecheck.Options{Whole: true})
	if len(res.Findings) == 0 {
		return nil
	}
	f := res.Findings[0]
	for _, n := range nodes {
		if span, found := n.Locate(append(lint.Keys(p.Name), f.Path...)); found {
			return fmt.Errorf("%s:%d:%d: context of pack %s: %s", span.File, span.Line, span.Column, p.Name, f.Message)
		}
	}
	return fmt.Errorf("context of pack %s: %s", p.Name, f.Message)
}

func (l *Linter) policy(ctx context.Context, rel *Release, fl *fleet, vals *values.Values, packs []*pack.Pack, gaps map[string]*gap) ([]lint.Finding, error) {
	compiled, err := l.compiled(ctx, packs, regocheck.Options{Without: without(rel, fl, packs)})
	if err != nil || compiled == nil {
		return nil, err
	}
	in, err := l.input(rel, fl, vals)
	if err != nil {
		return nil, err
	}
	var out []lint.Finding
	for _, p := range packs {
		if _, ok := p.Policies(); !ok {
			continue
		}
		one := *in
		one.Whole = rel.whole(p, vals.Root)
		found, err := compiled.Eval(ctx, &one, p.Name)
		if err != nil {
			return nil, err
		}
		out = append(out, one.Locate(found)...)
		if one.Whole || p.WholeAt == 0 {
			continue
		}
		whole := one
		whole.Whole = true
		all, err := compiled.Eval(ctx, &whole, p.Name)
		if err != nil {
			return nil, err
		}
		gaps[p.Name].silent = slices.DeleteFunc(all, func(f regocheck.Finding) bool {
			return f.Target != regocheck.Values || slices.ContainsFunc(found, func(g regocheck.Finding) bool {
				return f.Rule == g.Rule && f.Path.Equal(g.Path)
			})
		})
	}
	return out, nil
}

// input is what rules see of a release, but for what depends on the pack.
func (l *Linter) input(rel *Release, fl *fleet, vals *values.Values) (*regocheck.Input, error) {
	cmds, err := l.commands(rel)
	if err != nil {
		return nil, err
	}
	in := &regocheck.Input{
		Values:            regocheck.NewTree(vals.Root),
		Release:           about(rel),
		ManifestsComplete: fl.run.ManifestsComplete,
		Final:             l.Env != nil,
		Context:           rel.Context,
		Told:              rel.Told,
		Commands:          cmds,
		Change:            rel.Change,
		Releases:          fl.everyone,
		FleetDeclared:     fl.run.FleetDeclared,
		Took:              fl.run.Stats.took(),
	}
	in.Layers = layers(vals)
	in.Manifests, in.ManifestFiles = fl.objects.trees()
	if in.Previous, err = l.previous(rel, fl); err != nil {
		return nil, err
	}
	return in, nil
}

// without names the inputs that the release does not have.
func without(rel *Release, fl *fleet, packs []*pack.Pack) []string {
	var out []string
	if len(fl.objects.items) == 0 && !fl.run.ManifestsComplete {
		out = append(out, "manifests")
	}
	if rel.Command == "" && len(rel.Commands) == 0 {
		out = append(out, "commands")
	}
	if !slices.ContainsFunc(packs, func(p *pack.Pack) bool { return rel.Context[p.Name] != nil }) {
		out = append(out, "context")
	}
	if rel.Previous == nil {
		out = append(out, "previous")
	}
	return out
}

// previous is what rules see of the release as it was; nil where there was none.
func (l *Linter) previous(rel *Release, fl *fleet) (*regocheck.Input, error) {
	if rel.Previous == nil {
		return nil, nil
	}
	vals, _, refused, err := l.load(rel.Previous)
	if err != nil || len(refused) > 0 {
		return nil, err
	}
	in := &regocheck.Input{
		Values: regocheck.NewTree(vals.Root), Release: about(rel.Previous), Context: rel.Previous.Context, Whole: rel.Previous.Complete,
		Layers: layers(vals), ManifestsComplete: fl.run.ManifestsComplete,
	}
	in.Manifests, in.ManifestFiles = fl.before.trees()
	return in, nil
}

// layers are the layers as rules see them.
func layers(vals *values.Values) []regocheck.Layer {
	var out []regocheck.Layer
	for _, layer := range vals.Layers {
		out = append(out, regocheck.Layer{Kind: regocheck.KindName(layer.Kind), Name: layer.Name, Values: regocheck.NewTree(layer.Root)})
	}
	return out
}

// Compare judges a release by its Upgrade alone. files are those that its
// layers stand in.
func (l *Linter) Compare(rel *Release) (found []lint.Finding, files []string, err error) {
	vals, docs, refused, err := l.load(rel)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range docs {
		files = append(files, d.Name)
	}
	if len(refused) == 0 {
		found, err = l.compare(rel, vals, &verdict{})
	}
	return found, files, err
}

// compare judges the values by what lies between the old chart and the new one.
// What a finding shows of a chart is read, too.
func (l *Linter) compare(rel *Release, vals *values.Values, v *verdict) ([]lint.Finding, error) {
	if rel.Upgrade == nil {
		return nil, nil
	}
	if !slices.Contains(v.packs, pack.Chart) {
		v.packs = append(v.packs, pack.Chart)
	}
	var before *values.Values
	if rel.Previous != nil {
		was, _, refused, err := l.load(rel.Previous)
		if err != nil {
			return nil, err
		}
		if len(refused) == 0 {
			before = was
		}
	}
	found := rel.Upgrade.Check(vals, before)
	for _, d := range rel.Upgrade.Documents() {
		if slices.ContainsFunc(found, func(f lint.Finding) bool { return f.Span.File == d.Name }) {
			v.shown = append(v.shown, d)
		}
	}
	return found, nil
}

// secrets tells which paths the packs call secret.
func secrets(packs []*pack.Pack) (func(lint.Path) bool, error) {
	var schemas []*cuecheck.Schema
	for _, p := range packs {
		s, err := p.Schema()
		if err != nil {
			return nil, err
		}
		if s != nil {
			schemas = append(schemas, s)
		}
	}
	return func(p lint.Path) bool {
		return slices.ContainsFunc(schemas, func(s *cuecheck.Schema) bool { return s.Secret(p) })
	}, nil
}

// cite adds the facts that findings of general rules stand for in the packs,
// and raises their severity where the packs say so.
func cite(findings []lint.Finding, packs []*pack.Pack, final bool) {
	for i := range findings {
		f := &findings[i]
		for _, p := range packs {
			c, ok := p.Cites[f.Rule]
			if !ok {
				continue
			}
			for _, fact := range c.Facts {
				if !slices.Contains(f.Facts, fact) {
					f.Facts = append(f.Facts, fact)
				}
			}
			for _, name := range []string{c.Severity, c.Final} {
				if s, err := lint.ParseSeverity(name); err == nil && (name == c.Severity || final) {
					f.Severity = max(f.Severity, s)
				}
			}
		}
	}
}

// shadowed tells what the value at a finding's path overrides in the layers
// below, nearest first.
func shadowed(root *values.Node, f *lint.Finding) []lint.Related {
	n := root.Lookup(f.Path)
	if n == nil || n.Span != f.Span {
		return nil
	}
	var out []lint.Related
	for _, s := range n.Shadows {
		if s.Span.IsZero() || s.Kind == values.Map {
			continue
		}
		out = append(out, lint.Related{Path: f.Path, Span: s.Span, Message: "overrides the value set here"})
	}
	return out
}

// saidBetter drops findings of general rules where a pack's own rule speaks
// about the same place.
func saidBetter(findings []lint.Finding, packs []*pack.Pack) []lint.Finding {
	type said struct {
		rule string
		span lint.Span
	}
	own := map[said]bool{}
	for _, f := range findings {
		own[said{f.Rule, f.Span}] = true
	}
	return slices.DeleteFunc(findings, func(f lint.Finding) bool {
		return slices.ContainsFunc(packs, func(p *pack.Pack) bool {
			return slices.ContainsFunc(strings.Fields(p.Cites[f.Rule].By), func(by string) bool { return own[said{p.Name + "/" + by, f.Span}] })
		})
	})
}

func countPlaceholders(root *values.Node) int {
	n := 0
	root.Walk(nil, func(_ lint.Path, v *values.Node) bool {
		if v.Unknown() {
			n++
		}
		return true
	})
	return n
}

// Merged merges the layers of a release. problems are why Helm would refuse a
// file; secret tells which paths hold secrets.
func (l *Linter) Merged(rel *Release) (vals *values.Values, problems []values.Problem, secret func(lint.Path) bool, err error) {
	vals, docs, refused, err := l.load(rel)
	if err != nil || len(refused) > 0 {
		return nil, refused, nil, err
	}
	packs, err := l.choose(rel, vals.Root, docs)
	if err != nil {
		return nil, nil, nil, err
	}
	secret, err = secrets(packs)
	return vals, nil, secret, err
}
