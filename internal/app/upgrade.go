package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/chaingraph"
	"github.com/helmvet/helmvet/internal/changelog"
	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/core"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/render"
	"github.com/helmvet/helmvet/internal/upgrade"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/spf13/cobra"
)

type upgradeFlags struct {
	lintFlags
	from, to           string
	fromChart, toChart string
	changelog          string
	fix, dryRun        bool
	runbook            bool
	diagram            string
}

func newUpgrade(s Streams) *cobra.Command {
	var f upgradeFlags
	cmd := &cobra.Command{
		Use:   "upgrade --from OLD [--to NEW]",
		Short: "Report what a change of values, chart or manifests breaks",
		Long: `OLD and NEW are values files (several layers parted by commas), the text of
helm get all or helm get values, a chart (folder or .tgz), manifests, a folder
with a .helmvet.yaml or with values and manifests, or git:REVISION, with
git:REVISION:PATH for one file or folder of it.

Reported is what the change breaks or forgets: keys that the new chart removed,
renamed, moved or deprecated and that are still set, values of another kind, new
required keys, defaults that change under the values, and whatever the packs know
of upgrades; then what lint finds in NEW and not in OLD. What OLD has, too, is
left to lint.

Without --to, the values of OLD are judged against the new chart; after
git:REVISION without a new chart, NEW is the working tree.

Exit codes are those of lint.`,
		Example: `  helmvet upgrade --from values.yaml --from-chart demo-1.0.0.tgz --to-chart demo-2.0.0.tgz
  helmvet upgrade --from old.yaml --to new.yaml --changelog CHANGELOG.md
  helm -n uepe get all uepe | helmvet upgrade --from - --to-chart usage-engine-private-edition
  helmvet upgrade --from git:main
  helmvet upgrade --from values.yaml --from-chart old/ --to-chart new/ --fix --dry-run`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runUpgrade(cmd.Context(), s, &f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.from, "from", "", "the `OLD` side")
	fl.StringVar(&f.to, "to", "", "the `NEW` side")
	fl.StringVar(&f.fromChart, "from-chart", "", "`CHART` of OLD: a folder or a .tgz")
	fl.StringVar(&f.toChart, "to-chart", "", "`CHART` of NEW: a folder or a .tgz")
	fl.StringVar(&f.changelog, "changelog", "", "changelog `FILE` (default: CHANGELOG.md in the new chart)")
	fl.BoolVar(&f.fix, "fix", false, "remove, rename and move keys in the files of NEW, comments kept, and report what is left")
	fl.BoolVar(&f.dryRun, "dry-run", false, "with --fix: print the changes as a diff, and write nothing")
	fl.BoolVar(&f.runbook, "runbook", false, "print the documented steps that this change needs, as Markdown")
	fl.StringVar(&f.diagram, "diagram", "", "draw the way that k0rdent templates take: text or mermaid")
	f.addCommon(cmd)
	f.addReport(cmd)
	return cmd
}

func runUpgrade(ctx context.Context, s Streams, f *upgradeFlags) error {
	failOn, outputs, err := f.report(s)
	if err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	common, err := loadConfig(f.config)
	if err != nil {
		return err
	}
	u, err := f.open(ctx, newReader(s.In, values.DefaultLimits.Bytes), common)
	if err != nil {
		return err
	}
	defer u.old.close()
	defer u.new.close()
	u.new.run.Suppress.Idle, u.old.run.Suppress.Idle = nil, nil
	var fixed *mended
	if f.fix {
		if fixed, err = u.mend(ctx); err != nil {
			return err
		}
	}
	if f.dryRun {
		outputs = outputs.files() // the difference is on standard output
	}
	u.new.run.Silences = f.verbose
	pages := outputs.ask(&u.new.run)
	out, err := u.lint(ctx)
	if err != nil {
		return errors.New(u.rename(err.Error()))
	}
	if f.verbose {
		for _, n := range append(u.new.st.notes, out.Notes...) {
			fmt.Fprintf(s.Err, "helmvet: %s\n", u.rename(n))
		}
	}
	if !f.quiet {
		for _, n := range u.notes {
			fmt.Fprintf(s.Err, "helmvet: %s\n", u.rename(n))
		}
	}
	if fixed != nil {
		if err := fixed.write(s, u, f.dryRun); err != nil {
			return err
		}
	}
	worst := out.Report.Worst()
	if f.quiet {
		out.Report.Findings = atLeast(out.Report.Findings, failOn)
	}
	if !f.runbook && f.diagram == "" || len(f.output) > 0 {
		if err := outputs.write(s, u.new.st, &u.new.run, out, pages, f.explain, f.color, failOn); err != nil {
			return err
		}
	}
	if f.runbook {
		if err := u.runbook(ctx, s, out); err != nil {
			return err
		}
	}
	if f.diagram != "" {
		if err := u.draw(s, f.diagram); err != nil {
			return err
		}
	}
	if worst >= failOn {
		return &exitError{code: exitFindings}
	}
	return nil
}

func (f *upgradeFlags) check() error {
	switch {
	case f.from == "":
		return errors.New("--from is missing: name the values, folder or revision that run now")
	case f.to == "" && f.toChart == "" && f.changelog == "" && !strings.HasPrefix(f.from, gitSide):
		return errors.New("nothing to compare: give --to, --to-chart or --changelog")
	case f.dryRun && !f.fix:
		return errors.New("--dry-run goes with --fix")
	case f.from == stdinName && f.to == stdinName:
		return errors.New("--from and --to cannot both be standard input")
	case f.fix && (f.runbook || f.diagram != ""):
		return errors.New("--fix goes without --runbook and --diagram")
	}
	if f.diagram != "" {
		return oneOf("--diagram", f.diagram, "text", "mermaid")
	}
	return nil
}

// change is an upgrade with both sides read.
type change struct {
	old, new *side
	same     bool     // NEW are the values of OLD
	notes    []string // about releases that are on one side only
}

// open reads both sides and finds what each release of NEW was before.
func (f *upgradeFlags) open(ctx context.Context, r *reader, common *config.Config) (*change, error) {
	old, err := f.newSide(ctx, r, "--from", f.from, common)
	if err != nil {
		return nil, err
	}
	u := &change{old: old, new: &side{}}
	if err := f.openNew(ctx, r, u, common); err != nil {
		err = errors.New(u.rename(err.Error()))
		u.old.close()
		u.new.close()
		return nil, err
	}
	return u, nil
}

// openNew reads NEW: what --to names, the values of OLD, or the working tree.
func (f *upgradeFlags) openNew(ctx context.Context, r *reader, u *change, common *config.Config) error {
	flag, to := "--to", f.to
	if to == "" && f.toChart == "" && f.changelog == "" {
		to = "."
		if _, below, ok := strings.Cut(strings.TrimPrefix(f.from, gitSide), ":"); ok {
			to = below
		}
	}
	if u.same = to == ""; u.same {
		flag, to = "--from", f.from
	}
	fresh, err := f.newSide(ctx, r, flag, to, common)
	if err != nil {
		return err
	}
	u.new = fresh
	return f.pair(u)
}

// pair tells each release what it was before, and what lies between.
func (f *upgradeFlags) pair(u *change) error {
	var log *changelog.Log
	if f.changelog != "" {
		data, err := u.new.st.reader.read(f.changelog)
		if err != nil {
			return fmt.Errorf("--changelog: %w", err)
		}
		log = changelog.Parse(f.changelog, data)
	}
	fromChart, toChart := f.fromChart, f.toChart
	loaded := map[string]*chart.Chart{}
	made := map[[2]*chart.Chart]*upgrade.Change{}
	met := map[int]bool{}
	for i := range u.new.run.Releases {
		now := &u.new.run.Releases[i]
		j := u.before(now)
		if j < 0 {
			u.notes = append(u.notes, fmt.Sprintf("%s: is only in NEW, so nothing was compared", label(now)))
			continue
		}
		before := &u.old.run.Releases[j]
		met[j] = true
		to, err := u.new.chartOf(now, toChart, loaded)
		if err != nil {
			return err
		}
		from, err := u.old.chartOf(before, fromChart, loaded)
		if err != nil {
			return err
		}
		if u.same && f.toChart == "" {
			to = from
		}
		if u.same && f.fromChart == "" && u.old.chart == "" && from == to && toChart != "" {
			from = nil
		}
		named(before, from)
		named(now, to)
		both(before, now, from, to)
		now.Previous = before
		key := [2]*chart.Chart{from, to}
		if made[key] == nil || from == nil || to == nil {
			c, err := upgrade.New(upgrade.Options{
				From: from, To: to, FromVersion: before.ChartVersion, ToVersion: now.ChartVersion, Log: log, Profile: u.new.st.linter.Profile,
			})
			if err != nil {
				return err
			}
			made[key] = c
		}
		now.Upgrade = made[key]
		now.Change = now.Upgrade.Input()
	}
	u.new.run.PreviousManifests = u.old.run.Manifests
	if olds, news := len(u.old.run.Releases), len(u.new.run.Releases); len(met) == 0 && olds > 0 && news > 0 {
		u.notes = []string{fmt.Sprintf("OLD has %d and NEW %d of releases and values files, and none in common, so nothing was compared; name folders of the same layout", olds, news)}
		return nil
	}
	for j := range u.old.run.Releases {
		if !met[j] && !u.same {
			u.notes = append(u.notes, fmt.Sprintf("%s: is only in OLD; leaving it out does not uninstall it", label(&u.old.run.Releases[j])))
		}
	}
	return nil
}

// label names a release in notes.
func label(r *linter.Release) string {
	switch {
	case r.Name != "" && r.Location != "":
		return fmt.Sprintf("release %s at %s", r.Name, r.Location)
	case r.Name != "":
		return "release " + r.Name
	case len(r.Values.ValueFiles) > 0:
		return r.Values.ValueFiles[0]
	}
	return "release"
}

// named tells a release the name and version of its chart.
func named(rel *linter.Release, c *chart.Chart) {
	if c != nil {
		rel.ChartName, rel.ChartVersion = c.Metadata.Name, c.Metadata.Version
	}
}

// both lays the default values of the charts under the values of both sides, or
// of none: otherwise each default would look like a change.
func both(before, now *linter.Release, from, to *chart.Chart) {
	if from == nil || to == nil {
		from, to = nil, nil
	}
	before.Chart, now.Chart = from, to
}

// before finds the release of OLD that a release of NEW was: of the same name
// and location, the same file, or the only one.
func (u *change) before(now *linter.Release) int {
	list := u.old.run.Releases
	if len(list) == 1 && len(u.new.run.Releases) == 1 {
		return 0
	}
	match := func(same func(*linter.Release) bool) int {
		at, n := -1, 0
		for i := range list {
			if same(&list[i]) {
				at, n = i, n+1
			}
		}
		if n != 1 {
			return -1
		}
		return at
	}
	if now.Single {
		own := u.new.inside(now)
		return match(func(r *linter.Release) bool { return r.Single && u.old.inside(r) == own })
	}
	if i := match(func(r *linter.Release) bool {
		return r.Name == now.Name && r.Location == now.Location && r.Namespace == now.Namespace
	}); i >= 0 {
		return i
	}
	return match(func(r *linter.Release) bool { return r.Name == now.Name && r.Location == now.Location })
}

// inside is the name of a release's only file, as seen from the side's folder.
func (s *side) inside(r *linter.Release) string {
	if len(r.Values.ValueFiles) == 0 {
		return ""
	}
	rel, err := filepath.Rel(absolute(s.dir), absolute(r.Values.ValueFiles[0]))
	if err != nil {
		return r.Values.ValueFiles[0]
	}
	return rel
}

// rename puts the names of files of revisions into a text.
func (u *change) rename(text string) string {
	if u.old != nil {
		text = u.old.rename(text)
	}
	if u.new != nil {
		text = u.new.rename(text)
	}
	return text
}

func (u *change) name(file string) string { return u.old.name(u.new.name(file)) }

// lint judges NEW and leaves out what OLD has, too.
func (u *change) lint(ctx context.Context) (*linter.Outcome, error) {
	out, err := u.new.st.linter.Lint(ctx, u.new.run)
	if err != nil {
		return nil, err
	}
	u.present(out)
	run := u.old.run
	run.Sources = false
	was, err := u.old.st.linter.Lint(ctx, run)
	if err != nil {
		return nil, err
	}
	u.present(was)
	known := map[string]int{}
	for i := range was.Report.Findings {
		known[u.identity(&was.Report.Findings[i], u.old)]++
	}
	kept, old := out.Report.Findings[:0], 0
	for _, f := range out.Report.Findings {
		if id := u.identity(&f, u.new); known[id] > 0 && f.Rule != core.YAMLSyntax {
			known[id]--
			old++
			continue
		}
		kept = append(kept, f)
	}
	if old > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("findings that OLD has, too, and that are left to lint: %d", old))
	}
	for _, f := range was.Report.Findings { // what cannot be read was compared with nothing
		if f.Rule == core.YAMLSyntax && !slices.ContainsFunc(kept, func(g lint.Finding) bool { return g.Rule == f.Rule && g.Span == f.Span }) {
			kept = append(kept, f)
		}
	}
	out.Report.Findings = lint.Sort(kept)
	return out, nil
}

// identity is what makes a finding the same on both sides. Where it stands does
// not count, apart from the file when files are judged one by one.
func (u *change) identity(f *lint.Finding, s *side) string {
	file := ""
	if s.dir != "" && f.Release == "" {
		if rel, err := filepath.Rel(absolute(s.dir), absolute(s.unname(f.Span.File))); err == nil {
			file = rel
		}
	}
	message := f.Message
	if strings.HasPrefix(f.Rule, pack.Chart+"/") {
		message = "" // another chart may suggest another key
	}
	return strings.Join([]string{f.Rule, f.Severity.String(), f.Release, f.Location, f.Path.String(), message, file}, "\x00")
}

// unname is the file that a name of output stands for.
func (s *side) unname(name string) string {
	for _, t := range s.trees {
		if rest, ok := strings.CutPrefix(name, gitSide+t.Revision+":"); ok {
			return filepath.Join(t.Base, filepath.FromSlash(rest))
		}
	}
	return name
}

// present names the files of revisions in an outcome as users know them.
func (u *change) present(out *linter.Outcome) {
	for i := range out.Report.Findings {
		f := &out.Report.Findings[i]
		f.Span.File, f.Message = u.name(f.Span.File), u.rename(f.Message)
		for j := range f.Related {
			r := &f.Related[j]
			r.Span.File, r.Message = u.name(r.Span.File), u.rename(r.Message)
		}
		if f.Fix != nil && slices.ContainsFunc(f.Fix.Edits, func(e lint.Edit) bool { return !u.new.editable(e.Span.File) }) {
			f.Fix = nil
		}
	}
	out.Report.Findings = lint.Sort(out.Report.Findings)
	out.Lines.Rename(u.name)
}

// draw draws the way of templates that change between the objects.
func (u *change) draw(s Streams, format string) error {
	read := func(side *side) ([]*values.Document, error) {
		var docs []*values.Document
		for _, name := range side.run.Manifests {
			data, err := side.st.linter.Read(name)
			if err != nil {
				return nil, err
			}
			docs = append(docs, values.Parse(name, data, values.DefaultLimits))
		}
		return docs, nil
	}
	old, err := read(u.old)
	if err != nil {
		return err
	}
	fresh, err := read(u.new)
	if err != nil {
		return err
	}
	system := ""
	if told, ok := u.new.run.Context["k0rdent"].(map[string]any); ok {
		system, _ = told["systemNamespace"].(string)
	}
	moves := chaingraph.Moves(chaingraph.Objects(old), chaingraph.Objects(fresh), system)
	text := chaingraph.Text(moves)
	if format == "mermaid" {
		text = chaingraph.Mermaid(moves)
	}
	var b bytes.Buffer
	for line := range strings.Lines(text) {
		b.WriteString(render.Printable(strings.TrimSuffix(line, "\n")) + "\n")
	}
	_, err = s.Out.Write(b.Bytes())
	return writeError(err)
}
