package linter

import (
	"context"
	"fmt"
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/values"
)

// member is a release as rules about the fleet see it. It keeps the values that
// they look at and nothing else, so that memory does not grow with whole files.
type member struct {
	rel   *Release
	packs []string
	whole map[string]bool            // by pack
	trees map[string]*regocheck.Tree // by the pack whose rules look at them

	previous *member // what it was before, for upgrade
}

// watcher is a pack with rules about the fleet.
type watcher struct {
	*pack.Pack
	paths []lint.Path // that they look at; everything when there are none
}

func newMember(rel *Release, root *values.Node, packs []*pack.Pack, watchers []watcher) *member {
	m := &member{rel: rel, whole: map[string]bool{}, trees: map[string]*regocheck.Tree{}}
	for _, p := range packs {
		m.packs = append(m.packs, p.Name)
		m.whole[p.Name] = rel.whole(p, root)
	}
	for _, w := range watchers {
		n := root
		if len(w.paths) > 0 {
			n = root.Only(w.paths)
		}
		m.trees[w.Name] = regocheck.NewTree(n)
	}
	return m
}

// seenBy is the release as the rules of a pack see it.
func (m *member) seenBy(p *pack.Pack) regocheck.FleetRelease {
	r := regocheck.FleetRelease{
		Release: about(m.rel), Values: m.trees[p.Name], Context: m.rel.Context, Packs: m.packs, Whole: m.whole[p.Name],
	}
	if m.previous != nil {
		before := m.previous.seenBy(p)
		r.Previous = &before
	}
	return r
}

// about is what rules know of a release beside its values. What waits for a
// template or a variable is not known.
func about(rel *Release) regocheck.Release {
	return regocheck.Release{
		Name: known(rel.Name), Namespace: known(rel.Namespace), Location: known(rel.Location), Command: rel.Command,
		Chart: regocheck.Chart{Name: known(rel.ChartName), Version: known(rel.ChartVersion)},
	}
}

func known(s string) string {
	if len(values.Placeholders(s)) > 0 {
		return ""
	}
	return s
}

// survey finds out what rules look at beyond their own release. Files linted by
// themselves are no fleet.
func (l *Linter) survey(fl *fleet) error {
	if !slices.ContainsFunc(fl.run.Releases, func(r Release) bool { return !r.Single }) {
		return nil
	}
	all := false
	for _, p := range l.Packs {
		s, err := p.Sight()
		if err != nil {
			return err
		}
		if s.Fleet {
			w := watcher{Pack: p}
			for _, text := range p.Fleet {
				path, err := lint.ParsePath(text)
				if err != nil {
					return fmt.Errorf("pack %s: pack.cue: fleet: %w", p.Name, err)
				}
				w.paths = append(w.paths, path)
			}
			fl.watchers = append(fl.watchers, w)
		}
		all = all || s.Releases
	}
	if !all {
		return nil
	}
	// Rules about one release that look at all others are rare, and users' own:
	// built-in ones look at the fleet once. So everything is read ahead.
	for i := range fl.run.Releases {
		rel := &fl.run.Releases[i]
		if rel.Single {
			continue
		}
		vals, docs, refused, err := l.load(rel)
		if err != nil {
			return err
		}
		if len(refused) > 0 {
			continue
		}
		packs, err := l.choose(rel, vals.Root, docs)
		if err != nil {
			return err
		}
		r := regocheck.FleetRelease{Release: about(rel), Values: regocheck.NewTree(vals.Root), Context: rel.Context, Whole: rel.Complete}
		for _, p := range packs {
			r.Packs = append(r.Packs, p.Name)
		}
		fl.everyone = append(fl.everyone, r)
	}
	return nil
}

// watched reports whether rules about the fleet look at the release.
func (f *fleet) watched(rel *Release) bool { return len(f.watchers) > 0 && !rel.Single }

// judgeFleet runs the rules that look at all releases at once, of the packs that
// judge one of them.
func (l *Linter) judgeFleet(ctx context.Context, fl *fleet) error {
	for _, w := range fl.watchers {
		p := w.Pack
		if !slices.ContainsFunc(fl.members, func(m *member) bool { return slices.Contains(m.packs, p.Name) }) {
			continue
		}
		// No single release is asked for manifests and context: the run is.
		asked := &Release{Context: fl.run.Context}
		if i := slices.IndexFunc(fl.members, func(m *member) bool { return m.previous != nil }); i >= 0 {
			asked.Previous = fl.members[i].previous.rel
		}
		compiled, err := l.compiled(ctx, []*pack.Pack{p}, regocheck.Options{Without: without(asked, fl, []*pack.Pack{p}), Fleet: true})
		if err != nil {
			return err
		}
		in := &regocheck.Input{
			Context: fl.run.Context, Final: l.Env != nil,
			ManifestsComplete: fl.run.ManifestsComplete, FleetDeclared: fl.run.FleetDeclared, Took: fl.run.Stats.took(),
		}
		if fl.run.Config != nil {
			if told := fl.run.Config.Values().Get("context"); told != nil {
				in.Told = []*values.Node{told.Value}
			}
		}
		for _, m := range fl.members {
			in.Releases = append(in.Releases, m.seenBy(p))
		}
		in.Manifests, in.ManifestFiles = fl.objects.trees()
		found, err := compiled.Eval(ctx, in, p.Name)
		if err != nil {
			return err
		}
		if err := l.show(fl, p, in.Locate(found)); err != nil {
			return err
		}
	}
	return nil
}

// show adds findings about the fleet. The files they point into were let go of
// long ago, so those few are read again.
func (l *Linter) show(fl *fleet, p *pack.Pack, findings []lint.Finding) error {
	if len(findings) == 0 {
		return nil
	}
	secret, err := secrets([]*pack.Pack{p})
	if err != nil {
		return err
	}
	for i := range fl.run.Releases {
		secret = fl.run.Releases[i].hides(secret)
	}
	v := &verdict{findings: findings, env: l.Env, secret: secret}
	read := map[string]bool{}
	for i := range findings {
		name := findings[i].Span.File
		if read[name] || !fl.files[name] {
			continue // --set arguments have no lines to show
		}
		read[name] = true
		data, err := l.Read(name)
		if err != nil {
			return err
		}
		v.docs = append(v.docs, values.ParseEnv(name, data, l.Limits, l.Env))
	}
	cite(v.findings, []*pack.Pack{p}, l.Env != nil)
	v.settle(fl.run.Around)
	fl.add(v)
	return nil
}
