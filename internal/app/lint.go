package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/render"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/spf13/cobra"
)

// releaseFlags are the flags that name one release; they follow Helm's.
type releaseFlags struct {
	values    values.Options
	namespace string
	release   string
	chart     string
	location  string
	packs     []string
	envFiles  []string
	env       []string
	helm      string
	config    string
}

func (f *releaseFlags) add(cmd *cobra.Command) {
	f.addValues(cmd)
	f.addCommon(cmd)
}

// addValues adds the flags for values and chart of one release.
func (f *releaseFlags) addValues(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringArrayVarP(&f.values.ValueFiles, "values", "f", nil, "values `FILE`, lowest first, - for standard input (repeatable)")
	fl.StringArrayVar(&f.values.Values, "set", nil, "set a value, as helm does: key1=val1,key2=val2 (repeatable)")
	fl.StringArrayVar(&f.values.StringValues, "set-string", nil, "set a string value (repeatable)")
	fl.StringArrayVar(&f.values.JSONValues, "set-json", nil, "set a JSON value (repeatable)")
	fl.StringArrayVar(&f.values.FileValues, "set-file", nil, "set a value from a file: key=path (repeatable)")
	fl.StringArrayVar(&f.values.LiteralValues, "set-literal", nil, "set a literal string value (repeatable)")
	fl.StringVar(&f.chart, "chart", "", "chart of the release: a folder or a .tgz, which then judges the values, or the chart's name")
}

// addCommon adds the flags for what else a release is and how it is judged.
func (f *releaseFlags) addCommon(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringVarP(&f.namespace, "namespace", "n", "", "namespace of the release")
	fl.StringVar(&f.release, "release", "", "name of the release")
	fl.StringVar(&f.location, "location", "", "location or cluster of the release")
	fl.StringArrayVar(&f.packs, "pack", nil, "judge by this pack instead of the detected ones (repeatable)")
	fl.StringArrayVar(&f.envFiles, "env-file", nil, "file of K=V lines for $VAR and ${VAR} in values (repeatable)")
	fl.StringArrayVar(&f.env, "env", nil, "K=V for $VAR and ${VAR} in values (repeatable)")
	fl.StringVar(&f.helm, "helm-version", "", "judge values as this Helm version merges them (default: the newest Helm 3)")
	configFlag(cmd, &f.config)
	_ = cmd.RegisterFlagCompletionFunc("pack", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		names := pack.CodedNames()
		for _, p := range pack.Builtins() {
			names = append(names, p.Name)
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	})
}

// layered reports whether the flags describe a release.
func (f *releaseFlags) layered() bool {
	v := f.values
	return len(v.ValueFiles)+len(v.Values)+len(v.StringValues)+len(v.JSONValues)+len(v.FileValues)+len(v.LiteralValues) > 0
}

type lintFlags struct {
	releaseFlags
	fixFlags
	baseline string
	newFrom  string
	changed  bool
	explain  bool
	stats    bool
	output   []string
	failOn   string
	complete bool
	jobs     int
	quiet    bool
	verbose  bool
	color    string
}

func newLint(s Streams) *cobra.Command {
	var f lintFlags
	cmd := &cobra.Command{
		Use:   "lint [FILE|DIR ...]",
		Short: "Report what is wrong with values, at the exact line",
		Long: `Without -f, each FILE is judged by itself; of a DIR, the values files and the
manifests below it; a chart, which is a DIR with a Chart.yaml or a .tgz, by its
own schema and templates, too. With -f, the files are the layers of one release, merged
exactly as helm upgrade merges them; FILE and DIR then name manifests that lie
beside the values. Without any of these, everything that .helmvet.yaml names is
judged.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 bad usage or
unreadable input, 3 a defect of helmvet's own.`,
		Example: `  helmvet lint tenant-values.yaml
  helmvet lint charts/app
  helmvet lint --chart redis-1.2.3.tgz -f prod.yaml --helm-version 3.16
  helmvet lint -f values.yaml -f openshift.yaml --set images.tenant.tag=100.0.1000076
  helmvet lint -f values.yaml --env-file prod.env -n voice --release t0100 manifests/
  helmvet lint --fix --dry-run values.yaml
  helmvet lint --output json values/ | jq '.findings[].rule'
  helmvet lint --output text --output sarif=helmvet.sarif --output html=helmvet.html`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLint(cmd.Context(), s, &f, args)
		},
	}
	f.register(cmd)
	return cmd
}

// register adds the flags to a command.
func (f *lintFlags) register(cmd *cobra.Command) {
	f.add(cmd)
	f.addReport(cmd)
	fl := cmd.Flags()
	fl.StringVar(&f.baseline, "baseline", "", "leave out the findings that this `FILE` lists; helmvet baseline writes it")
	fl.BoolVar(&f.stats, "stats", false, "say on standard error how much was judged and where the time went")
	fl.BoolVar(&f.changed, "changed", false, "each FILE has changed: report what concerns it, in the releases of .helmvet.yaml that use it or by itself")
	fl.StringVar(&f.newFrom, "new-from", "", "leave out what the git revision `REV` already reports")
	fl.BoolVar(&f.fix, "fix", false, "make the fixes that are safe, in the files, and report what is left")
	fl.BoolVar(&f.dryRun, "dry-run", false, "with --fix: change nothing, print the difference")
	fl.BoolVar(&f.unsafe, "unsafe-fixes", false, "with --fix: make the fixes that are guesses, too")
}

// addReport adds the flags for what is reported and how.
func (f *lintFlags) addReport(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringArrayVarP(&f.output, "output", "o", nil, "FORMAT or FORMAT=FILE; formats: "+strings.Join(render.Names(), ", ")+" (default text; repeatable)")
	fl.StringVar(&f.failOn, "fail-on", "error", "lowest severity that makes the exit code 1: error, warning or info")
	fl.BoolVar(&f.complete, "complete", false, "the values are a whole release and the manifests are all there are: judge what is missing, too")
	fl.IntVar(&f.jobs, "jobs", 0, "how many releases to judge at once (default: one for each core)")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "report only findings at or above --fail-on")
	fl.BoolVarP(&f.verbose, "verbose", "v", false, "say on standard error which packs and files were taken")
	fl.BoolVar(&f.explain, "explain", false, "say below the first finding of each rule, in the text, why it matters, what to do and which document says so")
	fl.StringVar(&f.color, "color", "auto", "auto, always or never")
}

// report reads the flags for what is reported and how.
func (f *lintFlags) report(s Streams) (failOn lint.Severity, to outputs, err error) {
	if failOn, err = lint.ParseSeverity(f.failOn); err != nil || failOn == lint.Off {
		return failOn, nil, fmt.Errorf("--fail-on %q is not one of error, warning, info", f.failOn)
	}
	if to, err = parseOutputs(s, f.output); err != nil {
		return failOn, nil, err
	}
	if err := oneOf("--color", f.color, "auto", "always", "never"); err != nil {
		return failOn, nil, err
	}
	if f.jobs < 0 {
		return failOn, nil, fmt.Errorf("--jobs %d is less than 1", f.jobs)
	}
	return failOn, to, nil
}

func runLint(ctx context.Context, s Streams, f *lintFlags, args []string) error {
	failOn, outputs, err := f.report(s)
	if err != nil {
		return err
	}
	if f.changed && (f.layered() || f.chart != "") {
		return errors.New("--changed takes the releases from .helmvet.yaml; leave out -f, --set and --chart")
	}
	if err := f.check(); err != nil {
		return err
	}
	st, err := f.setup(s, f.jobs)
	if err != nil {
		return err
	}
	start := time.Now()
	progress, wipe := progressOn(s.Err)
	defer wipe()
	var old *before
	if f.newFrom != "" {
		why := ""
		if old, why, err = judgeRevision(ctx, s, f, args); err != nil {
			return err
		}
		if why != "" {
			fmt.Fprintf(s.Err, "helmvet: --new-from %s: everything counts as new, because that revision cannot be linted: %s\n", f.newFrom, render.Printable(why))
		}
	}
	judge := func(st *setup) (*judged, error) {
		if err := st.present(&f.releaseFlags, args); err != nil {
			return nil, err
		}
		plan := st.plan
		if f.changed {
			plan = st.planChanged
		}
		run, err := plan(&f.releaseFlags, args, f.complete)
		if err != nil {
			return nil, err
		}
		if err := st.accept(&run, f.baseline); err != nil {
			return nil, err
		}
		if old != nil {
			run.Known = old.known
		}
		run.Silences, run.Progress = f.verbose, progress
		if f.stats {
			run.Stats = &linter.Stats{}
		}
		pages := outputs.ask(&run)
		out, err := st.linter.Lint(ctx, run)
		if err != nil {
			return nil, err
		}
		return &judged{st, &run, out, pages}, nil
	}
	j, err := judge(st)
	if err != nil {
		return err
	}
	var unwritten error
	if f.fix {
		mended, err := j.st.mend(ctx, s, f, j.run, j.out, judge)
		if mended == nil {
			return err
		}
		mended.pages = cmp.Or(mended.pages, j.pages)
		j, unwritten = mended, err
	}
	wipe()
	if f.stats {
		tellStats(s.Err, j, time.Since(start))
	}
	idle := len(j.run.Releases)+len(j.run.Manifests) == 0 // nothing but files of other tools
	if f.verbose || idle {
		for _, n := range append(j.st.notes, j.out.Notes...) {
			fmt.Fprintf(s.Err, "helmvet: %s\n", n)
		}
	}
	report := &j.out.Report
	worst := report.Worst()
	if f.quiet {
		report.Findings = atLeast(report.Findings, failOn)
	}
	if f.dryRun {
		outputs = outputs.files() // the difference is on standard output
	}
	if err := outputs.write(s, j.st, j.run, j.out, j.pages, f.explain, f.color, failOn); err != nil {
		return err
	}
	if len(j.st.unread) > 0 || unwritten != nil {
		return errors.Join(append(j.st.unread, unwritten)...)
	}
	if worst >= failOn {
		return &exitError{code: exitFindings}
	}
	return nil
}

// judged is one run with its outcome.
type judged struct {
	st    *setup
	run   *linter.Run
	out   *linter.Outcome
	pages *pages
}

func atLeast(fs []lint.Finding, s lint.Severity) []lint.Finding {
	out := fs[:0:0]
	for _, f := range fs {
		if f.Severity >= s {
			out = append(out, f)
		}
	}
	return out
}

// setup is what a command that reads values needs.
type setup struct {
	config *config.Config
	linter *linter.Linter
	reader *reader
	notes  []string
	tree   *discover.Tree // the repository, and where its root is
	root   string
	charts map[string]*chart.Chart // by path
	unread []error                 // files that cannot be read; the others are judged all the same
}

func (f *releaseFlags) setup(s Streams, jobs int) (*setup, error) {
	if slices.Contains(f.values.ValueFiles, "") {
		return nil, errors.New("--values is empty; is a variable of the script unset?")
	}
	c, err := loadConfig(f.config)
	if err != nil {
		return nil, err
	}
	return f.setupWith(c, newReader(s.In, values.DefaultLimits.Bytes), jobs)
}

// setupWith is setup for a configuration that was read before; it may be nil.
func (f *releaseFlags) setupWith(c *config.Config, r *reader, jobs int) (*setup, error) {
	st := &setup{config: c, reader: r}
	packs, err := loadPacks(st.config)
	if err != nil {
		return nil, err
	}
	if st.config != nil {
		if err := checkNames(st.config, packs); err != nil {
			return nil, err
		}
	}
	profile, err := values.ParseProfile(f.helm)
	if err != nil {
		return nil, fmt.Errorf("--helm-version: %w", err)
	}
	env, err := st.environment(f)
	if err != nil {
		return nil, err
	}
	st.linter = linter.New(packs, st.reader.read)
	st.linter.Profile, st.linter.Env, st.linter.Jobs = profile, env, jobs
	return st, nil
}

// environment collects what placeholders stand for: the configuration's first,
// then files, then single variables. It is nil when nothing was given.
func (st *setup) environment(f *releaseFlags) (values.Env, error) {
	var files []string
	var vars map[string]string
	if c := st.config; c != nil {
		for i, name := range c.Env.Files {
			if err := st.wanted(lint.Keys("env", "files").Index(i), name); err != nil {
				return nil, err
			}
			files = append(files, st.path(name))
		}
		vars = c.Env.Vars
	}
	files = append(files, f.envFiles...)
	if len(files)+len(vars)+len(f.env) == 0 {
		return nil, nil
	}
	env := values.Env{}
	for _, name := range files {
		data, err := st.reader.read(name)
		if err != nil {
			return nil, err
		}
		read, err := values.ParseEnvFile(name, data)
		if err != nil {
			return nil, err
		}
		maps.Copy(env, read)
	}
	for _, k := range slices.Sorted(maps.Keys(vars)) {
		if err := env.Set(k + "=" + vars[k]); err != nil {
			return nil, fmt.Errorf("%s: env.vars: %w", st.config.Doc.Name, err)
		}
	}
	for _, kv := range f.env {
		if err := env.Set(kv); err != nil {
			return nil, fmt.Errorf("--env: %w", err)
		}
	}
	return env, nil
}

// path makes a path of the configuration relative to the working directory.
func (st *setup) path(name string) string { return resolvePath(st.config.Dir, name) }

func resolvePath(dir, name string) string {
	if name == "-" || filepath.IsAbs(name) {
		return name
	}
	return relative(filepath.Join(dir, name))
}

// relative names a file from the working directory, as users would.
func relative(name string) string {
	full, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, full); err == nil {
			return rel
		}
	}
	return name
}

func loadConfig(name string) (*config.Config, error) {
	if name == "" {
		found, err := config.Find(".")
		if err != nil || found == "" {
			return nil, err
		}
		name = relative(found)
	}
	data, err := newReader(nil, values.DefaultLimits.Bytes).read(name)
	if err != nil {
		return nil, err
	}
	return config.Parse(name, data)
}

func loadPacks(c *config.Config) ([]*pack.Pack, error) {
	packs := pack.Builtins()
	if c == nil {
		return packs, nil
	}
	packs = append([]*pack.Pack{}, packs...)
	for i, dir := range c.Packs {
		p, err := pack.Load(resolvePath(c.Dir, dir))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: there is no folder %q to read a pack from", placed(c, lint.Keys("packs").Index(i)), dir)
		}
		if err != nil {
			return nil, err
		}
		packs = append(packs, p)
	}
	return packs, pack.Satisfied(packs, version())
}

func loadCatalog(cfg string) (*pack.Catalog, []*pack.Pack, error) {
	c, err := loadConfig(cfg)
	if err != nil {
		return nil, nil, err
	}
	packs, err := loadPacks(c)
	if err != nil {
		return nil, nil, err
	}
	cat, err := pack.NewCatalog(packs)
	return cat, packs, err
}
