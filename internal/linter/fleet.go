package linter

import (
	"slices"
	"sync"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/suppress"
	"github.com/helmvet/helmvet/internal/values"
)

// fleet is what the releases of one run share and what is collected from them.
type fleet struct {
	run     Run
	objects objects
	before  objects // for upgrade

	watchers []watcher
	everyone []regocheck.FleetRelease // all releases, where rules about one of them ask for the others

	mu     sync.Mutex
	judged map[string]bool // files that core has judged, with the packs that cite it

	findings     []lint.Finding
	commented    []*values.Document // files with ignore comments
	lines        *Lines
	members      []*member
	inner        map[*values.Document][]*values.Node
	packs        map[string]bool
	files        map[string]bool
	notes        []string
	releases     int
	placeholders int
}

// verdict is what judging one release gave.
type verdict struct {
	findings     []lint.Finding
	docs         []*values.Document // until settle
	shown        []*values.Document // of charts, until settle: findings point at them
	files        []string
	commented    []*values.Document
	lines        *Lines
	packs        []string
	notes        []string
	counts       bool // as a release
	placeholders int
	member       *member // as rules about the fleet see the release
	secret       func(lint.Path) bool
	env          values.Env
	spans        map[*values.Document][]lint.Span
	inner        map[*values.Document][]*values.Node // see innerSecrets
}

// first reports whether the key was not claimed before. The text of a file
// that several releases share is judged once.
func (f *fleet) first(key string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.judged[key] {
		return false
	}
	f.judged[key] = true
	return true
}

// settle keeps of the documents what the report needs, so that memory grows
// with the findings and not with the files. around is that of Run.
func (v *verdict) settle(around int) {
	v.lines = newLines()
	v.hide()
	for _, d := range v.docs {
		v.files = append(v.files, d.Name)
		if suppress.Mentioned(d) {
			v.commented = append(v.commented, d)
		}
		v.lines.keep(d, v.findings, around, v.spansOf)
	}
	for _, d := range v.shown {
		v.lines.keep(d, v.findings, around, v.spansOf)
	}
	v.docs, v.shown, v.secret, v.env, v.spans = nil, nil, nil, nil, nil
}

func (f *fleet) add(v *verdict) {
	if f.packs == nil {
		f.packs, f.files = map[string]bool{"core": true}, map[string]bool{}
	}
	f.findings = append(f.findings, v.findings...)
	if v.member != nil {
		f.members = append(f.members, v.member)
	}
	for _, p := range v.packs {
		f.packs[p] = true
	}
	for _, name := range v.files {
		f.files[name] = true
	}
	for _, d := range v.commented {
		if !slices.ContainsFunc(f.commented, func(o *values.Document) bool { return o.Name == d.Name }) {
			f.commented = append(f.commented, d)
		}
	}
	f.lines.join(v.lines)
	for d, nodes := range v.inner {
		if f.inner == nil {
			f.inner = map[*values.Document][]*values.Node{}
		}
		f.inner[d] = append(f.inner[d], nodes...)
	}
	f.notes = append(f.notes, v.notes...)
	f.placeholders += v.placeholders
	if v.counts {
		f.releases++
	}
}
