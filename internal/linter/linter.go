// Package linter tells the story of a run: load the layers, merge them, choose
// the packs, let the engines judge, place the findings, and collect them in
// one report.
package linter

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/suppress"
	"github.com/helmvet/helmvet/internal/upgrade"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/helmvet/helmvet/policies"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Linter judges releases. It may be used by several goroutines at once.
type Linter struct {
	Packs   []*pack.Pack // the product packs to choose from
	Profile values.Profile
	Limits  values.Limits
	Read    func(name string) ([]byte, error) // reads a file by the name that the user gave
	Env     values.Env                        // what placeholders stand for; nil: none was given
	Jobs    int                               // how many releases are judged at once; 0: one for each core
	Tracer  topdown.QueryTracer               // watches the policies run; nil: none does

	prepared *prepared
	shared   *values.Shared // of one run
}

// prepared are the compiled policies, by the packs they are of.
type prepared struct {
	mu       sync.Mutex
	compiled map[string]func() (*regocheck.Policies, error)
}

// Release is one `helm upgrade --install`, or one file by itself.
type Release struct {
	Name, Namespace, Location string
	Declared                  lint.Span // where a file names it; what is said of it without any values, is said there
	ChartName, ChartVersion   string
	Chart                     *chart.Chart    // where it is there to be read
	Author                    bool            // the chart itself is linted, by who writes it
	Command                   string          // the helm command line that installs it
	CommandNode               *values.Node    // where that is written; may be nil
	Commands                  []string        // shell scripts and pipeline files with the commands that install it
	Sources                   []values.Source // layers that some file declares, below Values
	Values                    values.Options
	Packs                     []string // judge by these; otherwise they are detected
	Context                   map[string]any
	Told                      []*values.Node  // where that is written: mappings by pack, the most specific first
	Complete                  bool            // the values are a whole release
	Partial                   bool            // some layers are not known, however whole the values look
	Secrets                   []lint.Path     // values that come from Secrets and must not be printed
	Final                     bool            // no placeholder is to be filled in any more
	Single                    bool            // one file by itself, which may be an overlay
	Previous                  *Release        // what it was before, for upgrade
	Change                    map[string]any  // what lies between, for upgrade: from, to, changelog, old_defaults, new_defaults
	Upgrade                   *upgrade.Change // the same for rules that compare charts; nil: they are silent
}

// Run is what one invocation lints.
type Run struct {
	Releases          []Release
	Manifests         []string // files with Kubernetes objects
	ManifestsComplete bool
	PreviousManifests []string // the same files before the change, for upgrade
	// FleetDeclared tells that the configuration or the repository lists the
	// releases, so that there are no others.
	FleetDeclared bool
	Context       map[string]any // by pack: what rules about the fleet and about objects are told
	// Severity changes a rule's severity, or switches it off.
	Severity func(rule string, s lint.Severity) lint.Severity
	// Sources asks for the document behind each finding, also where that costs
	// reading the words of all rules.
	Sources bool
	// Silences asks for notes about what rules could not say, because the
	// configuration did not tell them enough.
	Silences bool
	// Around is how many lines before and after a finding are kept, too. With
	// any, those of related places and of fixes are.
	Around int
	// Merged, if there is one, is told the merged values of each release (an
	// element of Releases), the packs that judge them, and which paths hold
	// secrets. It is called from several goroutines.
	Merged func(rel *Release, vals *values.Values, packs []string, secret func(lint.Path) bool)
	// Config is the configuration, whose lines are shown where it is to blame.
	Config *values.Document
	// Stats, if there are any, are told where the time goes, and Progress how
	// many of the releases are judged; both from several goroutines.
	Stats    *Stats
	Progress func(done, of int)
	// Concerns tells the findings that are reported, and Editable the files that
	// may be fixed; nil means all.
	Concerns func(*lint.Finding) bool
	Editable func(name string) bool
	// Baseline is the file of the findings that Suppress knows of.
	Baseline *values.Document
	// Known tells findings that are left out of the report, by fingerprint; may
	// be nil.
	Known func(f *lint.Finding, print string) bool
	// Suppress is what the configuration silences, and what nothing may silence.
	// Its Docs are those of the run.
	Suppress suppress.Policy
}

// Outcome is a report with the source lines that its findings show.
type Outcome struct {
	Report lint.Report
	Lines  *Lines
	Notes  []string // for --verbose: what was taken, what was left alone
}

// New returns a linter that chooses from the packs.
func New(packs []*pack.Pack, read func(name string) ([]byte, error)) *Linter {
	return &Linter{Packs: packs, Read: read, Limits: values.DefaultLimits, prepared: &prepared{compiled: map[string]func() (*regocheck.Policies, error){}}}
}

// With returns a linter of the same packs that reads with another reader. What
// was compiled is shared.
func (l *Linter) With(read func(name string) ([]byte, error)) *Linter {
	c := *l
	c.Read = read
	return &c
}

// Lint judges every release. Findings are in order and without repetition. An
// error means that judging itself failed: a file that cannot be read, a pack
// that does not compile.
func (l *Linter) Lint(ctx context.Context, run Run) (*Outcome, error) {
	objects, err := l.manifests(run.Manifests)
	if err != nil {
		return nil, err
	}
	if len(run.Releases) == 0 && len(l.kindred(objects, nil)) > 0 {
		run.Releases = []Release{{}} // the objects alone concern a pack
	}
	before, err := l.manifests(run.PreviousManifests)
	if err != nil {
		return nil, err
	}
	if l, err = l.sharing(run.Releases); err != nil {
		return nil, err
	}
	fleet := &fleet{run: run, objects: objects, before: before, judged: map[string]bool{}, lines: newLines()}
	if err := l.survey(fleet); err != nil {
		return nil, err
	}
	if err := l.judgeAll(ctx, fleet); err != nil {
		return nil, err
	}
	done := run.Stats.phase("objects")
	if err := l.judgeManifests(ctx, fleet); err != nil {
		return nil, err
	}
	done()
	done = run.Stats.phase("fleet")
	if err := l.judgeFleet(ctx, fleet); err != nil {
		return nil, err
	}
	done()
	// Which release the text of a shared file was judged with depends on timing;
	// what another one's pack says better must not.
	fleet.findings = saidBetter(fleet.findings, l.Packs)
	out := &Outcome{Lines: fleet.lines, Notes: fleet.notes}
	if run.Silences {
		more, err := l.silences(fleet)
		if err != nil {
			return nil, err
		}
		out.Notes = append(out.Notes, more...)
	}
	policy := run.Suppress
	policy.Docs = fleet.commented
	kept, suppressed := policy.Apply(fleet.objects.once(lint.Sort(fleet.findings)))
	if run.Concerns != nil {
		kept = slices.DeleteFunc(kept, func(f lint.Finding) bool { return !run.Concerns(&f) })
	}
	if run.Known != nil {
		var gone []lint.Finding
		kept, gone = suppress.Without(lint.Sort(kept), policy.File, run.Known)
		suppressed = append(suppressed, gone...)
	}
	for _, d := range []*values.Document{run.Config, run.Baseline} {
		if d != nil {
			fleet.lines.keep(d, kept, run.Around, func(d *values.Document) []lint.Span { return redact.Spans(d, nil) })
		}
	}
	fleet.maskInner()
	if run.Severity != nil {
		kept = slices.DeleteFunc(kept, func(f lint.Finding) bool { return run.Severity(f.Rule, f.Severity) == lint.Off })
		for i := range kept {
			kept[i].Severity = run.Severity(kept[i].Rule, kept[i].Severity)
		}
	}
	if run.Sources {
		if err := l.addSources(kept); err != nil {
			return nil, err
		}
	}
	out.Report = lint.Report{
		Packs:        slices.Sorted(maps.Keys(fleet.packs)),
		Findings:     lint.Collapse(lint.Sort(kept)),
		Files:        len(fleet.files),
		Releases:     fleet.releases,
		Suppressed:   len(suppressed),
		Placeholders: fleet.placeholders,
	}
	return out, nil
}

// sharing returns a linter that reads files which several releases have in
// common once.
func (l *Linter) sharing(releases []Release) (*Linter, error) {
	uses := map[string]int{}
	for _, rel := range releases {
		names, err := values.SplitFiles(rel.Values.ValueFiles)
		if err != nil {
			return nil, err
		}
		for _, s := range rel.Sources {
			if s.File != "" {
				names = append(names, s.File)
			}
		}
		for _, name := range names {
			uses[name]++
		}
	}
	c := *l
	c.shared = values.NewShared(uses)
	return &c, nil
}

// addSources names the document of findings whose engine did not.
func (l *Linter) addSources(findings []lint.Finding) error {
	sources := map[string]*lint.Source{}
	for _, r := range pack.CodedRules() {
		sources[r.ID] = r.Source
	}
	for i := range findings {
		f := &findings[i]
		if f.Source != nil {
			continue
		}
		src, ok := sources[f.Rule]
		if !ok {
			name, _, _ := strings.Cut(f.Rule, "/")
			if at := slices.IndexFunc(l.Packs, func(p *pack.Pack) bool { return p.Name == name }); at >= 0 {
				r, _, err := l.Packs[at].Rule(f.Rule)
				if err != nil {
					return err
				}
				src = r.Source
			}
			sources[f.Rule] = src
		}
		f.Source = src
	}
	return nil
}

// judgeAll runs the releases on a few workers. Their findings are collected in
// the order of the releases, so that the report does not depend on timing.
func (l *Linter) judgeAll(ctx context.Context, fl *fleet) error {
	jobs := l.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	results := make([]*verdict, len(fl.run.Releases))
	errs := make([]error, len(fl.run.Releases))
	var wg sync.WaitGroup
	var judged atomic.Int64
	next := make(chan int)
	for range min(jobs, len(fl.run.Releases)) {
		wg.Go(func() {
			for i := range next {
				errs[i] = safely(func() (err error) {
					if results[i], err = l.judge(ctx, &fl.run.Releases[i], fl); err == nil {
						results[i].settle(fl.run.Around)
					}
					return err
				})
				if n := judged.Add(1); fl.run.Progress != nil {
					fl.run.Progress(int(n), len(fl.run.Releases))
				}
			}
		})
	}
	for i := range fl.run.Releases {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for _, v := range results {
		fl.add(v)
	}
	return nil
}

// choose returns the packs for a release: the named ones, or the detected.
func (l *Linter) choose(rel *Release, root *values.Node, docs []*values.Document) ([]*pack.Pack, error) {
	if len(rel.Packs) == 0 {
		var text []byte
		if root == nil {
			for _, d := range docs {
				text = append(append(text, d.Data...), '\n')
			}
		}
		return pack.Detect(l.Packs, root, text, rel.ChartName), nil
	}
	var out []*pack.Pack
	for _, name := range rel.Packs {
		if pack.IsCoded(name) {
			continue
		}
		i := slices.IndexFunc(l.Packs, func(p *pack.Pack) bool { return p.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no pack %q; the packs are %s", name, strings.Join(l.packNames(), ", "))
		}
		out = append(out, l.Packs[i])
	}
	return out, nil
}

func (l *Linter) packNames() []string {
	names := pack.CodedNames()
	for _, p := range l.Packs {
		names = append(names, p.Name)
	}
	return names
}

// compiled returns the prepared query for a set of packs, made once.
// Rules that need an input which the release does not have are left out.
func (l *Linter) compiled(ctx context.Context, packs []*pack.Pack, o regocheck.Options) (*regocheck.Policies, error) {
	o.Tracer = l.Tracer
	var sources []regocheck.Source
	var key strings.Builder
	fmt.Fprintf(&key, "%s %t\n", strings.Join(o.Without, ","), o.Fleet)
	for _, p := range packs {
		if src, ok := p.Policies(); ok {
			sources = append(sources, src)
			key.WriteString(p.Name + "\n")
		}
	}
	if len(sources) == 0 {
		return nil, nil
	}
	l.prepared.mu.Lock()
	get, ok := l.prepared.compiled[key.String()]
	if !ok {
		get = sync.OnceValues(func() (*regocheck.Policies, error) {
			// Not bound to ctx: the outcome is kept for other callers.
			return regocheck.Compile(context.WithoutCancel(ctx), sources, policies.Shared(), o)
		})
		l.prepared.compiled[key.String()] = get
	}
	l.prepared.mu.Unlock()
	return get()
}
