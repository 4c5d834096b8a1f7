package linter

import (
	"fmt"
	"slices"
	"sync"

	"github.com/helmvet/helmvet/internal/core"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/suppress"
	"github.com/helmvet/helmvet/internal/values"
)

// fleet is what the releases of one run share and what is collected from them.
type fleet struct {
	run     Run
	objects objects

	watchers []watcher
	everyone []regocheck.FleetRelease // all releases, where rules about one of them ask for the others

	mu     sync.Mutex
	judged map[string]bool // files that core has judged, with the packs that cite it

	findings     []lint.Finding
	commented    []*values.Document // files with ignore comments
	lines        *Lines
	members      []*member
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
// with the findings and not with the files.
func (v *verdict) settle() {
	v.lines = newLines()
	v.hide()
	for _, d := range v.docs {
		v.files = append(v.files, d.Name)
		if suppress.Mentioned(d) {
			v.commented = append(v.commented, d)
		}
		v.lines.keep(d, v.findings, v.spansOf)
	}
	v.docs, v.secret, v.env, v.spans = nil, nil, nil, nil
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
	f.notes = append(f.notes, v.notes...)
	f.placeholders += v.placeholders
	if v.counts {
		f.releases++
	}
}

// objects are the Kubernetes objects that lie beside the values.
type objects struct {
	docs  []*values.Document
	items []object
	kinds map[string]bool
}

// object is one Kubernetes object; its tree is shared by all releases.
type object struct {
	tree *regocheck.Tree
	node *values.Node
	doc  *values.Document
}

// manifests reads files of Kubernetes objects; Lists are taken apart.
func (l *Linter) manifests(names []string) (objects, error) {
	var o objects
	for _, name := range names {
		data, err := l.Read(name)
		if err != nil {
			return o, err
		}
		d := values.Parse(name, data, l.Limits)
		o.docs = append(o.docs, d)
		for _, r := range d.Roots {
			o.collect(d, r)
		}
	}
	return o, nil
}

func (o *objects) collect(d *values.Document, n *values.Node) {
	if n.Kind != values.Map || n.Get("kind") == nil {
		return
	}
	if items := n.Get("items"); items != nil && items.Value.Kind == values.List {
		for _, it := range items.Value.Items {
			o.collect(d, it)
		}
		return
	}
	if kind := n.Get("kind").Value; kind.Kind == values.String {
		if o.kinds == nil {
			o.kinds = map[string]bool{}
		}
		o.kinds[kind.Str] = true
	}
	o.items = append(o.items, object{regocheck.NewTree(n), n, d})
}

// judgeManifests lets core judge the text of the manifests.
func (f *fleet) judgeManifests() {
	v := &verdict{docs: f.objects.docs}
	for _, d := range f.objects.docs {
		v.findings = append(v.findings, core.Check(d, core.Options{Manifest: true})...)
	}
	v.settle()
	f.add(v)
	if len(f.objects.docs) > 0 {
		f.notes = append(f.notes, fmt.Sprintf("%d Kubernetes objects in %d files lie beside the values", len(f.objects.items), len(f.objects.docs)))
	}
}
