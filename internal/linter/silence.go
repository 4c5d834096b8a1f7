package linter

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/pack"
)

// silences says what the packs of the run were not told, and which rules were
// silent about it.
func (l *Linter) silences(fl *fleet) ([]string, error) {
	var notes []string
	for _, p := range l.Packs {
		if !fl.packs[p.Name] {
			continue
		}
		ids, err := p.RuleIDs()
		if err != nil {
			return nil, err
		}
		silent := map[string][]string{} // rules by what they were not told
		for _, id := range ids {
			r, _, err := p.Rule(id)
			if err != nil {
				return nil, err
			}
			for _, key := range r.Context {
				if !fl.told(p, key) {
					silent[key] = append(silent[key], id)
				}
			}
		}
		for _, key := range slices.Sorted(maps.Keys(silent)) {
			notes = append(notes, fmt.Sprintf("%s is not told `%s`, so these rules said less than they can: %s; give it under `context: {%s: ...}` in .helmvet.yaml",
				p.Name, key, strings.Join(silent[key], ", "), p.Name))
		}
	}
	return notes, nil
}

// told reports whether every release that could be judged by the pack comes
// with an answer.
func (f *fleet) told(p *pack.Pack, key string) bool {
	if len(f.run.Releases) == 0 {
		return answered(f.run.Context[p.Name], key)
	}
	return !slices.ContainsFunc(f.run.Releases, func(r Release) bool { return !answered(r.Context[p.Name], key) })
}

func answered(told any, dotted string) bool {
	for key := range strings.SplitSeq(dotted, ".") {
		m, ok := told.(map[string]any)
		if !ok || m[key] == nil {
			return false
		}
		told = m[key]
	}
	return true
}
