package packtest

import (
	"context"
	"slices"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/open-policy-agent/opa/v1/cover"
)

// Options say what Test does beside examples and Rego tests.
type Options struct {
	Coverage bool
	Mutate   bool
	Mutants  int // at most so many are tried, evenly chosen; 0: all
}

// Report is what the tests of a pack came to.
type Report struct {
	Pack     string
	Examples int
	Tests    int // Rego tests
	Problems []Problem
	Coverage *Coverage
	Mutants  *Mutants
}

// Coverage is what examples and tests reach.
type Coverage struct {
	Rules  int      // that the pack has
	Silent []string // of those, the ones that no bad example makes speak
	Rego   float64  // percent of the lines of Rego
	Gaps   []Gap
}

// Spoken is the share of rules that some bad example makes speak, in percent.
func (c *Coverage) Spoken() float64 {
	if c.Rules == 0 {
		return 100
	}
	return 100 * float64(c.Rules-len(c.Silent)) / float64(c.Rules)
}

// Test runs what a pack brings along to test it. The error says that the pack
// itself cannot be used.
func (r *Runner) Test(ctx context.Context, p *pack.Pack, o Options) (*Report, error) {
	ids, err := p.RuleIDs()
	if err != nil {
		return nil, err
	}
	rep := &Report{Pack: p.Name}
	watched := &Runner{r.linter}
	var covered *cover.Cover
	if o.Coverage {
		covered = cover.New()
		watched = New(r.own())
		watched.linter.Tracer = covered
		rep.Coverage = &Coverage{Rules: len(ids)}
	}
	var rules []lint.Rule
	for _, id := range ids {
		rule, _, err := p.Rule(id)
		if err != nil {
			return nil, err
		}
		rules = append(rules, rule)
		out := watched.Rule(ctx, p, rule)
		if cuecheck.Generic(id) && out.Good+out.Bad == 0 {
			if rep.Coverage != nil {
				rep.Coverage.Rules--
			}
			continue
		}
		rep.Examples += out.Good + out.Bad
		rep.Problems = append(rep.Problems, out.Problems...)
		if rep.Coverage != nil && !out.Spoke {
			rep.Coverage.Silent = append(rep.Coverage.Silent, id)
		}
	}
	tests, problems, err := RegoTests(ctx, p, covered)
	if err != nil {
		return nil, err
	}
	rep.Tests, rep.Problems = tests, append(rep.Problems, problems...)
	if covered != nil {
		if rep.Coverage.Rego, rep.Coverage.Gaps, err = coverage(p, covered); err != nil {
			return nil, err
		}
	}
	if o.Mutate {
		if rep.Mutants, err = r.Mutate(ctx, p, rules, o.Mutants); err != nil {
			return nil, err
		}
	}
	return rep, ctx.Err()
}

// own are the runner's packs that are not built in.
func (r *Runner) own() []*pack.Pack {
	return slices.DeleteFunc(slices.Clone(r.linter.Packs), func(p *pack.Pack) bool { return p.Builtin })
}
