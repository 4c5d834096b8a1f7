package regocheck

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Eval runs the rules of the given packs, or of all packs when none is given,
// against one input. Findings come in the order of Rules, each rule's own in a
// fixed order. The error is that of the context, or names the rule at fault: one
// that fails, that does not end in time, or that reports a malformed finding.
//
// The rules run one after the other rather than in one big query, so that a
// rule that does not end can be named; what libraries derive from the input is
// still computed once for all rules of a pack.
func (p *Policies) Eval(ctx context.Context, in *Input, packs ...string) ([]Finding, error) {
	limited, stop := context.WithTimeout(ctx, p.timeout)
	defer stop()
	cancel := topdown.NewCancel()
	defer context.AfterFunc(limited, cancel.Cancel)()
	txn, err := p.store.NewTransaction(limited)
	if err != nil {
		return nil, err
	}
	defer p.store.Abort(limited, txn)
	var out []Finding
	for _, pr := range p.packs {
		if len(packs) > 0 && !slices.Contains(packs, pr.name) {
			continue
		}
		doc, err := in.document(pr.name, p.inputs)
		if err != nil {
			return nil, err
		}
		// One memory for all compilers of the pack: they hold the same libraries.
		memory := topdown.NewVirtualCache()
		for _, r := range pr.rules {
			q := topdown.NewQuery(r.query).
				WithCompiler(r.compiler).
				WithInput(doc).
				WithStore(p.store).
				WithTransaction(txn).
				WithCancel(cancel).
				WithVirtualCache(memory).
				WithMetrics(metrics.NoOp())
			if p.tracer != nil {
				q = q.WithQueryTracer(p.tracer)
			}
			start := time.Now()
			err := q.Iter(limited, func(res topdown.QueryResult) error {
				fs, err := r.findings(res[findingsVar], in)
				out = append(out, fs...)
				return err
			})
			if in.Took != nil {
				in.Took(r.id, time.Since(start))
			}
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				return nil, r.evalError(err, p)
			}
		}
	}
	return out, nil
}

func (r *rule) evalError(err error, p *Policies) error {
	if topdown.IsCancel(err) {
		return fmt.Errorf("%s: rule %s did not end within %s; does it compare every item with every other one of long lists?", r.place, r.id, p.timeout)
	}
	var te *topdown.Error
	if errors.As(err, &te) {
		place := r.place
		if te.Location != nil && te.Location.File != "" {
			place = fmt.Sprintf("%s:%d", te.Location.File, te.Location.Row)
		}
		return fmt.Errorf("%s: rule %s failed: %s", place, r.id, oneLine(cmp.Or(te.Message, te.Code)))
	}
	return err
}

// findings turns the set that a rule made into findings, in the set's order.
func (r *rule) findings(t *ast.Term, in *Input) ([]Finding, error) {
	set, ok := t.Value.(ast.Set)
	if !ok {
		return nil, fmt.Errorf("%s: findings of rule %s is %s; write `findings contains {...} if { ... }`", r.place, r.id, kindOf(t.Value))
	}
	if set.Len() == 0 {
		return nil, nil
	}
	about, severity, err := r.describe()
	if err != nil {
		return nil, err
	}
	out := make([]Finding, 0, set.Len())
	for _, e := range set.Slice() {
		f := Finding{Rule: r.id, Severity: severity, Facts: about.Facts, Source: about.Source}
		if err := f.read(e, in, about.Facts); err != nil {
			return nil, fmt.Errorf("%s: rule %s reports a malformed finding%s: %w", r.place, r.id, f.named(), err)
		}
		out = append(out, f)
	}
	return out, nil
}
