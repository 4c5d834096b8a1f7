package linter

import (
	"context"

	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/policies"
)

// Upgraded is a release as the runbook of a pack sees it.
type Upgraded struct {
	Pack       *pack.Pack
	Conditions map[string]bool // of the pack's runbook, as far as they are known
	Kinds      []string        // of the objects that are given
	Now, Was   map[string]any  // the values on both sides; Was is nil for a new release
}

// Upgraded tells what runbooks have to know about a release of the run: by each
// pack that judges it and has policies.
func (l *Linter) Upgraded(ctx context.Context, run Run, rel *Release) ([]Upgraded, error) {
	objects, err := l.manifests(run.Manifests)
	if err != nil {
		return nil, err
	}
	before, err := l.manifests(run.PreviousManifests)
	if err != nil {
		return nil, err
	}
	fl := &fleet{run: run, objects: objects, before: before}
	for i := range run.Releases {
		r := &run.Releases[i]
		fl.everyone = append(fl.everyone, regocheck.FleetRelease{Release: about(r), Context: r.Context, Whole: r.Complete})
	}
	vals, docs, refused, err := l.load(rel)
	if err != nil || len(refused) > 0 {
		return nil, err
	}
	packs, err := l.choose(rel, vals.Root, docs)
	if err != nil {
		return nil, err
	}
	if len(rel.Packs) == 0 {
		packs = append(packs, l.kindred(objects, packs)...)
	}
	in, err := l.input(rel, fl, vals)
	if err != nil {
		return nil, err
	}
	var kinds []string
	for _, it := range objects.items {
		kinds = append(kinds, it.kind)
	}
	now, _ := vals.Root.Any().(map[string]any)
	var was map[string]any
	if in.Previous != nil {
		was, _ = in.Previous.Values.Node.Any().(map[string]any)
	}
	var out []Upgraded
	for _, p := range packs {
		u := Upgraded{Pack: p, Kinds: kinds, Now: now, Was: was}
		if src, ok := p.Policies(); ok && in.Previous != nil {
			if u.Conditions, err = regocheck.Conditions(ctx, src, policies.Shared(), in); err != nil {
				return nil, err
			}
		}
		out = append(out, u)
	}
	return out, nil
}
