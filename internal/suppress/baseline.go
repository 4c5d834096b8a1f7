package suppress

import (
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
)

// Accepted is a finding of a baseline: known, and to be mended some other day.
type Accepted struct {
	Fingerprint string // see lint.Fingerprints
	Rule        string
	About       string    // the value and where it is, for people
	Span        lint.Span // where the baseline lists it
}

// accept takes the findings of the baseline away, and adds what the baseline
// lists for nothing.
func (p Policy) accept(findings []lint.Finding) (kept, accepted []lint.Finding) {
	if len(p.Baseline) == 0 {
		return findings, nil
	}
	listed := map[string]bool{}
	for _, a := range p.Baseline {
		if p.CanIgnore(a.Rule) {
			listed[a.Fingerprint] = true
		}
	}
	used := map[string]bool{}
	kept, accepted = Without(findings, p.File, func(f *lint.Finding, print string) bool {
		if !listed[print] || !p.CanIgnore(f.Rule) {
			return false
		}
		used[print] = true
		return true
	})
	if !p.Whole {
		return kept, accepted // what is meant may not have been linted
	}
	for _, a := range p.Baseline {
		switch {
		case !p.CanIgnore(a.Rule):
			kept = append(kept, warning(unusedRule, a.Span, "%s cannot be ignored, so the baseline does not hold for %s; mend it and delete the entry", a.Rule, a.About)...)
		case !used[a.Fingerprint]:
			kept = append(kept, warning(unusedRule, a.Span, "%s reports nothing about %s any more; delete the entry, or run `helmvet baseline`", a.Rule, a.About)...)
		}
	}
	return kept, accepted
}

// Without takes away the findings that are known by their fingerprint. Findings
// of several releases in one file have one fingerprint, of the file; they are
// known by that, or each by that of its release, however many share the file
// now. The findings are sorted and not collapsed; file is that of
// lint.Fingerprints.
func Without(findings []lint.Finding, file func(string) string, known func(f *lint.Finding, print string) bool) (kept, gone []lint.Finding) {
	together := lint.Collapse(slices.Clone(findings))
	prints := lint.Fingerprints(together, file)
	alone := lint.Fingerprints(findings, file)
	shared := slices.Clone(findings)
	for i := range shared {
		shared[i].Also = []lint.Where{{}}
	}
	// Those at one place are numbered as one.
	asShared := lint.Fingerprints(lint.Collapse(shared), file)
	at := 0
	for i := range together {
		n := 1 + len(together[i].Also)
		all := known(&together[i], prints[i]) || n == 1 && known(&together[i], asShared[i])
		for j := range n {
			if f := findings[at+j]; all || known(&f, alone[at+j]) {
				gone = append(gone, f)
			} else {
				kept = append(kept, f)
			}
		}
		at += n
	}
	return kept, gone
}
