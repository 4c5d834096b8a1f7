package lsp

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
)

const (
	// fast is how long linting all that a configuration declares may take for it
	// to be done at every keystroke.
	fast = 40 * time.Millisecond
	// pause is how long nothing has to be typed before a slower one is.
	pause = 200 * time.Millisecond
	// most is how many releases of a file are linted at every keystroke.
	most = 8
)

// project is a configuration with what is known of it. Only the worker touches
// it, but for stale.
type project struct {
	*Project
	name  string // of the configuration
	err   error  // why it cannot be used
	stale bool   // it has to be read again

	members  map[string][]int // releases that a file is a layer of
	declares map[string]bool  // files that layers stand inside of
	objects  map[string]bool  // files with Kubernetes objects

	took  time.Duration              // of the last run over all; 0: there was none
	due   time.Time                  // when the next one is; zero: none is
	all   map[string][]placed        // what that found, by file
	more  map[string][]placed        // what of it the runs at each keystroke do not find
	quick map[string]map[string]bool // what the last such run said, by file
}

// placed is a finding with the file that it stands in.
type placed struct {
	lint.Finding
	path      string
	canIgnore bool // by a comment
}

// info is what the values of a release are.
type info struct {
	rel    *linter.Release
	vals   *values.Values
	packs  []*pack.Pack
	secret func(lint.Path) bool

	// chart is what the chart has to do with the values; nil without one.
	chart func() *chartcheck.Verdict
}

// job is one run of the worker: of a document, or of a project as a whole.
type job struct {
	ctx    context.Context
	cancel context.CancelFunc
	doc    *document
	src    *source
	path   string
	text   map[string]*source // what is open, by path
	edited map[string]bool    // which of it is not as on the disk
	whole  *project
}

// work lints until ctx ends.
func (s *server) work(ctx context.Context) {
	for {
		j, wait := s.next(ctx)
		if j == nil {
			timer := time.NewTimer(wait)
			select {
			case <-ctx.Done():
				timer.Stop()
				return
			case <-s.wake:
			case <-timer.C:
			}
			timer.Stop()
			continue
		}
		err := s.guard("linting "+j.name(), func() error { return s.run(j) })
		if err != nil && j.ctx.Err() == nil {
			s.log.Printf("linting %s: %v", j.name(), err)
			var p *linter.Panic
			if errors.As(err, &p) {
				s.log.Printf("%s", p.Stack)
			}
			if j.doc != nil {
				s.settle(j, &result{src: j.src, findings: s.trouble(j, err)})
			}
		}
		s.mu.Lock()
		s.running = nil
		s.mu.Unlock()
		j.cancel()
	}
}

func (j *job) name() string {
	if j.doc != nil {
		return j.path
	}
	return j.whole.name
}

// next takes the document that was edited last, or a project that is due, or
// tells how long there is nothing to do.
func (s *server) next(ctx context.Context) (*job, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil {
		return nil, time.Hour
	}
	j := &job{text: map[string]*source{}, edited: map[string]bool{}}
	for _, d := range s.docs {
		if d.dirty && (j.doc == nil || d.stamp > j.doc.stamp) {
			j.doc = d
		}
		j.text[d.path], j.edited[d.path] = d.src, d.modified
	}
	wait := time.Hour
	if d := j.doc; d != nil {
		d.dirty = false
		j.src, j.path = d.src, d.path
	} else {
		for _, p := range s.projects {
			if p.due.IsZero() {
				continue
			}
			if left := time.Until(p.due); left > 0 {
				wait = min(wait, left)
			} else {
				j.whole = p
			}
		}
		if j.whole == nil {
			return nil, wait
		}
	}
	j.ctx, j.cancel = context.WithCancel(ctx)
	s.running = j
	return j, 0
}

func (s *server) run(j *job) error {
	if j.whole != nil {
		return s.lintAll(j, j.whole)
	}
	if len(j.src.data) > maxText {
		s.settle(j, &result{src: j.src, findings: []placed{{path: j.path, Finding: lint.Finding{
			Rule: "core/yaml-syntax", Severity: lint.Error, Span: lint.Span{File: j.path, Line: 1, Column: 1, EndLine: 1, EndCol: 2},
			Message: fmt.Sprintf("file has %d bytes and is not checked here from %d on; values this large do not fit in a release, move the data out of the values", len(j.src.data), maxText),
		}}}})
		return nil
	}
	config := s.configOf(j.path)
	p, err := s.project(config)
	if err != nil {
		return err
	}
	if config != "" && s.key(config) == j.path {
		s.lintConfig(j, p)
		return nil
	}
	if p.err != nil {
		s.settle(j, &result{src: j.src, findings: s.trouble(j, p.err)})
		return nil
	}
	return s.lintDocument(j, p)
}

// key is canonical for those who do not hold the server's lock.
func (s *server) key(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.canonical(name)
}

// configOf returns the configuration that holds for a file.
func (s *server) configOf(path string) string {
	if strings.Contains(path, "://") {
		return ""
	}
	dir := filepath.Dir(path)
	s.mu.Lock()
	c, ok := s.configs[dir]
	s.mu.Unlock()
	if !ok {
		c = s.Config(path)
		s.mu.Lock()
		s.configs[dir] = c
		s.mu.Unlock()
	}
	return c
}

// project returns a configuration, read again when that is necessary.
func (s *server) project(config string) (*project, error) {
	s.mu.Lock()
	p := s.projects[config]
	if p == nil {
		p = &project{name: config, stale: true}
		s.projects[config] = p
	}
	stale := p.stale
	p.stale = false
	s.mu.Unlock()
	if !stale {
		return p, nil
	}
	p.Project, p.err = s.Open(config)
	p.members, p.declares, p.objects = map[string][]int{}, map[string]bool{}, map[string]bool{}
	p.due = time.Time{}
	if p.err != nil {
		return p, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range p.Run.Releases {
		for _, name := range layersOf(&p.Run.Releases[i]) {
			if path := s.canonical(name); !slices.Contains(p.members[path], i) {
				p.members[path] = append(p.members[path], i)
			}
		}
		for _, src := range p.Run.Releases[i].Sources {
			if src.Doc != nil {
				p.declares[s.canonical(src.Doc.Name)] = true
			}
		}
	}
	for _, name := range p.Run.Manifests {
		p.objects[s.canonical(name)] = true
	}
	return p, nil
}

// declared reports whether the configuration declares what is to be linted.
func (p *project) declared() bool {
	return p.Project != nil && len(p.Run.Releases)+len(p.Run.Manifests) > 0
}

// layersOf are the files that hold values of a release.
func layersOf(rel *linter.Release) []string {
	names, err := values.SplitFiles(rel.Values.ValueFiles)
	if err != nil {
		names = nil // linting says so
	}
	for _, src := range rel.Sources {
		if src.File != "" {
			names = append(names, src.File)
		}
	}
	return names
}

// linter returns the linter of a project for one job: what is open lies over
// what is on the disk.
func (s *server) linter(j *job, p *project) *linter.Linter {
	return p.Linter.With(func(name string) ([]byte, error) {
		if src := j.text[s.key(name)]; src != nil {
			return src.data, nil
		}
		return p.Linter.Read(name)
	})
}

// lint runs the linter. kept are the releases whose values are wanted.
func (s *server) lint(j *job, p *project, run linter.Run, kept func(*linter.Release) bool) ([]placed, []*info, error) {
	var mu sync.Mutex
	var infos []*info
	run.Merged = func(rel *linter.Release, vals *values.Values, packs []string, secret func(lint.Path) bool) {
		if !kept(rel) {
			return
		}
		in := &info{rel: rel, vals: vals, secret: secret}
		if rel.Chart != nil {
			in.chart = sync.OnceValue(func() *chartcheck.Verdict {
				return chartcheck.Check(chartcheck.Release{Chart: rel.Chart, User: vals.User, Profile: p.Linter.Profile, Secret: secret})
			})
		}
		for _, k := range p.Linter.Packs {
			if slices.Contains(packs, k.Name) {
				in.packs = append(in.packs, k)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		infos = append(infos, in)
	}
	out, err := s.linter(j, p).Lint(j.ctx, run)
	if err != nil {
		return nil, nil, err
	}
	found := make([]placed, len(out.Report.Findings))
	s.mu.Lock()
	for i, f := range out.Report.Findings {
		found[i] = placed{f, s.canonical(f.Span.File), run.Suppress.CanIgnore(f.Rule)}
	}
	s.mu.Unlock()
	slices.SortFunc(infos, func(a, b *info) int {
		return strings.Compare(a.rel.Name+"\n"+a.rel.Location, b.rel.Name+"\n"+b.rel.Location)
	})
	return found, infos, nil
}

// lintDocument lints a document as it stands: as the releases that it is a
// layer of, or by itself.
func (s *server) lintDocument(j *job, p *project) error {
	members := p.members[j.path]
	if len(members) > 0 && p.took > 0 && p.took < fast && !p.declares[j.path] {
		return s.lintAll(j, p)
	}
	run, packs := p.Run, []*pack.Pack(nil)
	if len(members) > 0 {
		run.Releases, run.Manifests, run.ManifestsComplete = nil, nil, false
		run.Suppress.Whole = false
		for _, i := range members[:min(len(members), most)] {
			run.Releases = append(run.Releases, p.Run.Releases[i])
		}
	} else {
		var ok bool
		if run, ok = p.Alone(j.path, j.src.data); !ok {
			s.settle(j, &result{src: j.src})
			return nil
		}
		if len(run.Releases) == 0 {
			packs = p.Linter.Packs // each object has its own
		}
	}
	found, infos, err := s.lint(j, p, run, func(*linter.Release) bool { return true })
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(f placed) bool { return f.path != j.path })
	if packs = append(packs, packsOf(infos)...); len(packs) == 0 { // the text is broken
		packs = pack.Detect(p.Linter.Packs, readable(j.src), j.src.data, "")
	}
	tied := p.declared() && (len(members) > 0 || p.objects[j.path] || p.declares[j.path])
	if tied {
		// Whether a comment is of use only the run over all can tell.
		found = slices.DeleteFunc(found, func(f placed) bool { return f.Rule == "core/suppress-unused" })
		if len(members) > 0 {
			if p.quick == nil {
				p.quick = map[string]map[string]bool{}
			}
			p.quick[j.path] = said(found)
			for _, f := range moved(p.more[j.path], j.src) {
				if !p.quick[j.path][f.says()] {
					found = append(found, f)
				}
			}
		}
		if !p.declares[j.path] || !j.edited[j.path] {
			p.due = time.Now()
			if p.took > fast {
				p.due = p.due.Add(pause)
			}
		}
	}
	s.settle(j, &result{src: j.src, findings: found, infos: infos, packs: packs})
	return nil
}

// readable is the tree of those lines of a broken text that can be told from
// one another; nil when even they are none.
func readable(src *source) *values.Node {
	var b strings.Builder
	for n := range len(src.lint) {
		line := src.line(n + 1)
		if segs, _ := segments(line); len(segs) > 0 {
			last := segs[len(segs)-1]
			b.WriteString(line[:max(last.end, last.col+1)])
		}
		b.WriteByte('\n')
	}
	return values.Parse("", []byte(b.String()), values.DefaultLimits).Values()
}

// packsOf are the packs that judge any of the releases.
func packsOf(infos []*info) []*pack.Pack {
	var out []*pack.Pack
	for _, in := range infos {
		for _, p := range in.packs {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// says is what a finding says about what, wherever that stands.
func (f *placed) says() string { return f.Rule + "\n" + f.Path.String() }

func said(found []placed) map[string]bool {
	out := map[string]bool{}
	for i := range found {
		out[found[i].says()] = true
	}
	return out
}

// moved places findings anew that an earlier run made, by their paths. What the
// text has no longer is dropped.
func moved(found []placed, src *source) []placed {
	if len(found) == 0 {
		return nil
	}
	root := values.Parse("", src.data, values.DefaultLimits).Values()
	if root == nil {
		return nil
	}
	var out []placed
	for _, f := range found {
		span, ok := root.Locate(f.Path)
		if !ok || len(f.Path) == 0 {
			continue
		}
		span.File = f.Span.File
		f.Span, f.Fix = span, nil
		out = append(out, f)
	}
	return out
}

// lintAll lints all that the configuration declares.
func (s *server) lintAll(j *job, p *project) error {
	if j.whole != nil {
		if _, err := s.project(p.name); err != nil || !p.declared() {
			p.due = time.Time{}
			return err
		}
	}
	// Of large fleets only the values of releases that are being edited are kept.
	run := p.Run
	wanted := map[*linter.Release]bool{}
	for path := range j.text {
		members := p.members[path]
		for _, i := range members[:min(len(members), most)] {
			wanted[&run.Releases[i]] = true
		}
	}
	start := time.Now()
	p.due = time.Time{}
	found, infos, err := s.lint(j, p, run, func(rel *linter.Release) bool { return wanted[rel] })
	if err != nil {
		if j.ctx.Err() != nil {
			p.due = time.Now().Add(pause)
		}
		return err
	}
	p.took = max(time.Since(start), 1)
	p.all = map[string][]placed{}
	for _, f := range found {
		p.all[f.path] = append(p.all[f.path], f)
	}
	p.more = map[string][]placed{}
	for path, src := range j.text {
		if p.declares[path] && j.edited[path] {
			continue // its releases are known as they were saved
		}
		if len(p.members[path]) == 0 && !p.objects[path] && !p.declares[path] && s.key(p.name) != path {
			continue
		}
		s.mu.Lock()
		d := s.byPath[path]
		s.mu.Unlock()
		if d == nil {
			continue
		}
		r := &result{src: src, findings: p.all[path]}
		for _, in := range infos {
			if slices.ContainsFunc(layersOf(in.rel), func(name string) bool { return s.key(name) == path }) {
				r.infos = append(r.infos, in)
			}
		}
		if r.packs = packsOf(r.infos); len(p.members[path]) == 0 {
			r.packs = p.Linter.Packs
		}
		for _, f := range p.all[path] {
			if !p.quick[path][f.says()] {
				p.more[path] = append(p.more[path], f)
			}
		}
		s.settle(&job{ctx: j.ctx, doc: d, src: src, path: path, text: j.text}, r)
	}
	return nil
}

// lintConfig shows what is wrong with the configuration itself.
func (s *server) lintConfig(j *job, p *project) {
	r := &result{src: j.src}
	err := s.Check(p.name, j.src.data)
	if err == nil && !j.edited[j.path] {
		err = p.err
	}
	if err != nil {
		r.findings = s.trouble(j, err)
	} else if !j.edited[j.path] {
		r.findings = p.all[j.path]
		if p.all == nil && p.declared() {
			p.due = time.Now()
		}
	}
	s.settle(j, r)
}

var placeInText = lazyregexp.New(`^(.+?):(\d+):(\d+): (.*)$`)

// trouble makes findings of an error: each line that begins with a place in the
// document there, all others at its start.
func (s *server) trouble(j *job, err error) []placed {
	var out []placed
	for line := range strings.SplitSeq(err.Error(), "\n") {
		f := placed{path: j.path, Finding: lint.Finding{
			Severity: lint.Error, Message: line, Span: lint.Span{File: j.path, Line: 1, Column: 1, EndLine: 1, EndCol: 2},
		}}
		if m := placeInText.FindStringSubmatch(line); m != nil && s.key(m[1]) == j.path {
			row, _ := strconv.Atoi(m[2])
			col, _ := strconv.Atoi(m[3])
			f.Message = m[4]
			f.Span = lint.Span{File: j.path, Line: row, Column: col, EndLine: row, EndCol: col + 1}
		}
		out = append(out, f)
	}
	return out
}

// settle keeps what linting a document gave, and shows it, unless the document
// has been edited or closed since.
func (s *server) settle(j *job, r *result) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.mu.Lock()
	d := j.doc
	if s.docs[d.uri] != d || d.src != j.src {
		s.mu.Unlock()
		return
	}
	d.result = r
	if len(r.packs) > 0 {
		d.packs = r.packs
	}
	version, enc, many := d.version, s.enc, len(r.infos) > 1
	if d.settled != nil && !d.dirty {
		close(d.settled)
		d.settled = nil
	}
	s.mu.Unlock()
	params := &publishParams{URI: d.uri, Version: &version, Diagnostics: []diagnostic{}}
	texts := &texts{server: s, job: j, enc: enc}
	for i := range r.findings {
		params.Diagnostics = append(params.Diagnostics, texts.diagnostic(&r.findings[i], r.src, many))
	}
	if err := s.conn.Notify(j.ctx, "textDocument/publishDiagnostics", params); err != nil && !errors.Is(err, context.Canceled) {
		s.log.Print(err)
	}
}

// texts turns findings into diagnostics; it reads other files where they are
// pointed at.
type texts struct {
	*server
	job  *job
	enc  encoding
	read map[string]*source
}

func (t *texts) source(name string) (path string, src *source) {
	path = t.key(name)
	if src := t.job.text[path]; src != nil {
		return path, src
	}
	if src, ok := t.read[path]; ok {
		return path, src
	}
	if t.read == nil {
		t.read = map[string]*source{}
	}
	if data, err := readFile(path); err == nil {
		src = newSource(data, t.enc)
	}
	t.read[path] = src
	return path, src
}

func (t *texts) diagnostic(f *placed, src *source, many bool) diagnostic {
	d := diagnostic{
		Range: src.span(f.Span), Code: f.Rule, Source: "helmvet", Message: f.Message,
		Severity: map[lint.Severity]int{lint.Error: severityError, lint.Warning: severityWarning, lint.Info: severityInformation}[f.Severity],
	}
	if many && f.Release != "" && len(f.Also) == 0 {
		d.Message += " (" + releaseName(f.Release, f.Location) + ")"
	}
	if f.Rule != "" {
		if url := t.RuleURL(f.Rule); url != "" {
			d.CodeDescription = &codeDescription{url}
		}
	}
	for _, r := range f.Related {
		if r.Span.IsZero() || r.Span.OfFlag() {
			continue
		}
		path, other := t.source(r.Span.File)
		if other == nil {
			continue
		}
		t.mu.Lock()
		uri := t.uriFor(path)
		t.mu.Unlock()
		d.RelatedInformation = append(d.RelatedInformation, relatedInformation{location{uri, other.span(r.Span)}, r.Message})
	}
	return d
}

func releaseName(name, place string) string {
	if place != "" {
		return "release " + name + " at " + place
	}
	return "release " + name
}
