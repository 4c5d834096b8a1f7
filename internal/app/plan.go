package app

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/extract"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/plainfile"
	"github.com/helmvet/helmvet/internal/values"
)

// plan decides what is linted: the layers of one release, files by
// themselves, or the releases of the configuration.
func (st *setup) plan(f *releaseFlags, args []string, complete bool) (linter.Run, error) {
	run := linter.Run{Severity: st.severity, Suppress: st.suppression()}
	if st.config != nil {
		run.Config = st.config.Doc
	}
	var found sources
	for _, a := range args {
		if isArchive(a) {
			continue // a chart, judged below
		}
		if err := st.collect(a, &found); err != nil {
			return run, err
		}
	}
	run.Manifests, run.Context = found.manifests, st.context("", nil)
	// Without any manifest, --complete speaks of the values alone.
	run.ManifestsComplete = complete && len(found.manifests) > 0
	switch {
	case f.layered(), f.chart != "" && len(args) == 0:
		if len(found.values) > 0 {
			return run, fmt.Errorf("%s: with -f, other arguments name manifests, and this is none; add it as a layer with -f, or lint it without -f", found.values[0])
		}
		rel, err := st.release(f)
		if err != nil {
			return run, err
		}
		rel.Complete, rel.Final = complete || rel.ChartName != "" && f.chart != "", complete
		run.Releases = append(run.Releases, rel)
	case len(args) > 0:
		if err := st.declared(&run, &found, f); err != nil {
			return run, err
		}
		for _, name := range found.values {
			rel, err := st.release(f)
			if err != nil {
				return run, err
			}
			rel.Values.ValueFiles = []string{name}
			rel.Single = true
			rel.Complete = complete
			if len(rel.Packs) == 0 {
				rel.Packs = st.packsFor(name)
			}
			if rel.ChartName == "" && filepath.Base(name) == "values.yaml" {
				rel.ChartName, rel.ChartVersion = chartBeside(name)
			}
			run.Releases = append(run.Releases, rel)
		}
		for _, a := range args {
			if !isChartArgument(a) || f.chart != "" {
				continue
			}
			more, err := st.chartReleases(a, found.values)
			if err != nil {
				return run, err
			}
			run.Releases = append(run.Releases, more...)
		}
		if len(run.Releases)+len(run.Manifests) == 0 && found.others < len(args) {
			if len(st.unread) > 0 {
				return run, errors.Join(st.unread...)
			}
			return run, fmt.Errorf("nothing to lint in %s: no values file (named *values*.yaml, or known to a pack) and no manifest; name a file to lint it whatever it is called", strings.Join(args, ", "))
		}
	case st.config != nil && (len(st.config.Releases) > 0 || len(st.config.Manifests.Files) > 0):
		run.FleetDeclared, run.Suppress.Whole = true, true
		if err := st.fleet(&run, f); err != nil {
			return run, err
		}
	default:
		return run, errors.New("nothing to lint: name a values file, give layers with -f, or list releases in " + config.FileName)
	}
	if st.config != nil && (f.layered() || len(args) == 0) {
		more, err := st.globs(st.config.Manifests.Files)
		if err != nil {
			return run, err
		}
		for _, m := range more {
			if !slices.Contains(run.Manifests, m) {
				run.Manifests = append(run.Manifests, m)
			}
		}
		run.ManifestsComplete = run.ManifestsComplete || st.config.Manifests.Complete
	}
	return run, nil
}

// release is the release that the flags describe.
func (st *setup) release(f *releaseFlags) (linter.Release, error) {
	rel := linter.Release{
		Name: f.release, Namespace: f.namespace, Location: f.location,
		Values: f.values, Packs: slices.Clone(f.packs), Context: st.context(f.location, nil),
	}
	if f.chart == "" {
		return rel, nil
	}
	rel.ChartName = f.chart
	if base := filepath.Base(f.chart); strings.HasSuffix(base, ".tgz") {
		rel.ChartName, rel.ChartVersion = splitArchive(strings.TrimSuffix(base, ".tgz"))
	}
	if err := st.withChart(&rel, f.chart); err != nil {
		return rel, fmt.Errorf("--chart %w", err)
	}
	if rel.Chart == nil && (isArchive(f.chart) || filepath.Base(f.chart) != f.chart) { // more than a name
		return rel, fmt.Errorf("--chart %s: no such file or folder", f.chart)
	}
	return rel, nil
}

var archiveVersion = lazyregexp.New(`^(.+?)-(v?[0-9]+\..*)$`)

func splitArchive(base string) (name, version string) {
	if m := archiveVersion.FindStringSubmatch(base); m != nil {
		return m[1], m[2]
	}
	return base, ""
}

// configured is the i-th release of the configuration.
func (st *setup) configured(i int, f *releaseFlags) linter.Release {
	c := st.config.Releases[i]
	rel := linter.Release{
		Name: c.Name, Namespace: c.Namespace, Location: c.Location,
		ChartName: c.Chart.Name, ChartVersion: c.Chart.Version, Command: c.Command,
		Packs: slices.Clone(c.Packs), Context: st.context(c.Location, c.Context), Complete: true,
	}
	if len(f.packs) > 0 {
		rel.Packs = f.packs
	}
	at := st.config.ReleasePath(i).Key("name")
	rel.Declared = st.config.Doc.Values().LocateKey(at)
	for _, v := range c.Values {
		rel.Sources = append(rel.Sources, values.Source{File: st.path(v)})
	}
	rel.Sources = append(rel.Sources, st.assignments(st.config.Sets[i])...)
	rel.CommandNode = st.config.Cmds[i]
	for _, name := range c.Commands {
		rel.Commands = append(rel.Commands, st.path(name))
	}
	rel.Told = st.config.Told(i, c.Location)
	if rel.ChartName == "" && c.Chart.Path != "" {
		rel.ChartName, rel.ChartVersion = splitArchive(strings.TrimSuffix(filepath.Base(c.Chart.Path), ".tgz"))
	}
	if c.Chart.Path != "" {
		name, version := rel.ChartName, rel.ChartVersion
		if err := st.withChart(&rel, st.path(c.Chart.Path)); err != nil {
			st.unread = append(st.unread, err)
		}
		if c.Chart.Name != "" { // what the configuration says, wins
			rel.ChartName, rel.ChartVersion = name, cmp.Or(version, rel.ChartVersion)
		}
	}
	return rel
}

// assignments are the values that the configuration sets by path. They keep the
// types that it gives them.
func (st *setup) assignments(set *values.Node) []values.Source {
	if set == nil {
		return nil
	}
	var out []values.Source
	for _, f := range set.Fields {
		raw, err := json.Marshal(f.Value.Any())
		if err != nil {
			continue // what was read as YAML can be written as JSON
		}
		out = append(out, values.Source{Kind: values.SetJSON, Doc: st.config.Doc, Arg: f.Key + "=" + string(raw), Value: f.Value})
	}
	return out
}

// context is what packs are told: by the configuration for all releases, for
// those at a location, and for one release. Mappings merge, the nearer wins.
func (st *setup) context(location string, own map[string]map[string]any) map[string]any {
	out := map[string]any{}
	add := func(m map[string]map[string]any) {
		for name, told := range m {
			base, _ := out[name].(map[string]any)
			out[name] = overlaid(base, told)
		}
	}
	if st.config != nil {
		add(st.config.Context)
		add(st.config.Locations[location].Context)
	}
	add(own)
	return out
}

// overlaid lays one mapping over another without changing either.
func overlaid(base, over map[string]any) map[string]any {
	out := maps.Clone(base)
	if out == nil {
		out = map[string]any{}
	}
	for k, v := range over {
		below, isMap := out[k].(map[string]any)
		if m, ok := v.(map[string]any); ok && isMap {
			v = overlaid(below, m)
		}
		out[k] = v
	}
	return out
}

// severity applies the `rules` of the configuration.
func (st *setup) severity(rule string, s lint.Severity) lint.Severity {
	for _, r := range st.ruleEntries(rule) {
		if sev, err := lint.ParseSeverity(r.Severity); err == nil {
			return sev
		}
	}
	return s
}

// locked reports whether the configuration says that nothing may silence a rule.
func (st *setup) locked(rule string) bool {
	for _, r := range st.ruleEntries(rule) {
		if r.Ignorable != nil {
			return !*r.Ignorable
		}
	}
	return false
}

// ruleEntries are what the configuration says of a rule: its own entry, then
// that of its pack (`pack/*`).
func (st *setup) ruleEntries(rule string) []config.Rule {
	if st.config == nil {
		return nil
	}
	var out []config.Rule
	name, _, _ := strings.Cut(rule, "/")
	for _, key := range []string{rule, name + "/*"} {
		if r, ok := st.config.Rules[key]; ok {
			out = append(out, r)
		}
	}
	return out
}

// knownRule tells whether ignore comments may name a rule. The catalog is only
// read when a comment asks.
func (st *setup) knownRule() func(string) bool {
	rule := st.ruleWords()
	return func(id string) bool {
		_, known := rule(id)
		return known
	}
}

// idleRule tells the rules that lint does not ask.
func (st *setup) idleRule() func(string) bool {
	rule := st.ruleWords()
	return func(id string) bool {
		r, _ := rule(id)
		return r.Upgrade
	}
}

// ruleWords looks up rules in the catalog, which is read when first asked for. A
// catalog that cannot be read knows every rule.
func (st *setup) ruleWords() func(string) (lint.Rule, bool) {
	read := sync.OnceValue(func() *pack.Catalog {
		c, err := pack.NewCatalog(st.linter.Packs)
		if err != nil {
			return nil
		}
		return c
	})
	return func(id string) (lint.Rule, bool) {
		c := read()
		if c == nil {
			return lint.Rule{}, true
		}
		return c.Rule(id)
	}
}

// sources are the files that the arguments name, by what they hold.
type sources struct {
	values, manifests, helmfiles []string
	others                       int // files of other tools that were named
}

// otherTools are the files that hooks hand over with all other YAML, by path.
// What they hold is no values, whatever it looks like.
var otherTools = []struct {
	path *lazyregexp.Regexp
	what string
}{
	{lazyregexp.New(`(^|/)\.github/workflows/[^/]+\.ya?ml$`), "a workflow of GitHub"},
	{lazyregexp.New(`(^|/)\.github/`), "a file for GitHub"},
	{lazyregexp.New(`(^|/)(\.gitlab-ci|azure-pipelines|bitbucket-pipelines|\.travis|\.pre-commit-config|\.pre-commit-hooks|\.golangci|\.yamllint|\.codecov|codecov|\.goreleaser)\.ya?ml$`), "a file of a build"},
	{lazyregexp.New(`(^|/)\.circleci/`), "a file of a build"},
	{lazyregexp.New(`(^|/)(docker-)?compose([.-][^/]*)?\.ya?ml$`), "a file of Docker Compose"},
	{lazyregexp.New(`(^|/)\.helmvet\.yaml$`), "the configuration of helmvet"},
}

// otherTool says whose the file is, if it is plainly no values.
func otherTool(name string, data []byte) string {
	name = filepath.ToSlash(name)
	base := path.Base(name)
	if valuesName.MatchString(base) {
		return ""
	}
	for _, o := range otherTools {
		if o.path.MatchString(name) {
			return o.what
		}
	}
	if base == "Chart.yaml" && chartHead.Match(data) || base == "Chart.lock" {
		return "the description of a chart"
	}
	return ""
}

var chartHead = lazyregexp.New(`(?m)^apiVersion:\s*["']?v[123]["']?\s*(#.*)?$`)

// helmfileName is what a file of helmfile's is called.
var helmfileName = lazyregexp.New(`(^|/)(helmfile\.ya?ml|helmfile\.d/[^/]+\.ya?ml)$`)

var valuesName = lazyregexp.New(`(?i)values[^/\\]*\.ya?ml$`)

// collect sorts an argument into values and manifests. A file that was named
// is always taken, unless it is another tool's; of a folder only what is a manifest, named like values or
// known to a pack.
func (st *setup) collect(arg string, to *sources) error {
	info, err := os.Stat(arg)
	if arg == stdinName || err != nil || !info.IsDir() {
		data, err := st.reader.read(arg)
		if err != nil {
			st.unread = append(st.unread, err)
			return nil
		}
		if what := otherTool(arg, data); what != "" && st.packsFor(arg) == nil {
			st.notes = append(st.notes, arg+": left alone, "+what+" and no values")
			to.others++
		} else if isManifest(arg, data) {
			to.manifests = append(to.manifests, arg)
		} else if helmfileName.MatchString(filepath.ToSlash(arg)) {
			to.helmfiles = append(to.helmfiles, arg)
		} else {
			to.values = append(to.values, arg)
		}
		return nil
	}
	return walkYAML(arg, func(name string) error {
		if st.excluded(name) {
			st.notes = append(st.notes, name+": excluded by the configuration")
			return nil
		}
		data, err := st.reader.read(name)
		if err != nil {
			st.unread = append(st.unread, err)
			return nil
		}
		switch {
		case isManifest(name, data):
			to.manifests = append(to.manifests, name)
		case helmfileName.MatchString(filepath.ToSlash(name)):
			to.helmfiles = append(to.helmfiles, name)
		case st.looksLike(name, data):
			to.values = append(to.values, name)
		default:
			st.notes = append(st.notes, name+": left alone, neither values nor a manifest")
		}
		return nil
	})
}

// looksLike reports whether a file that nobody named is one of values or a
// manifest.
func (st *setup) looksLike(name string, data []byte) bool {
	return isManifest(name, data) || valuesName.MatchString(filepath.Base(name)) && !isListing(name, data) || st.packsFor(name) != nil ||
		len(pack.Detect(st.linter.Packs, values.Parse(name, data, values.DefaultLimits).Values(), data, "")) > 0
}

var valuesOnly = lazyregexp.New(`(?i)^values([._-].*)?$`)

// isListing reports whether a file that only has the word in its name holds a
// list, as test cases do, and so no values.
func isListing(name string, data []byte) bool {
	stem := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	if valuesOnly.MatchString(stem) {
		return false
	}
	roots := values.Parse(name, data, values.DefaultLimits).Roots
	return len(roots) > 0 && roots[0].Kind == values.List
}

var manifestKeys = lazyregexp.New(`(?m)^[ ]*"?(kind|apiVersion)"?[ ]*:`)

// isManifest reports whether a file holds Kubernetes objects. Most files need
// no parsing to tell that they do not.
func isManifest(name string, data []byte) bool {
	if b := filepath.Base(name); b == "kustomization.yaml" || b == "kustomization.yml" {
		return true // also without kind and apiVersion
	}
	if !manifestKeys.Match(data) || extract.IsOutput(data) {
		return false
	}
	for _, r := range values.Parse(name, data, values.DefaultLimits).Roots {
		kind, api := r.Get("kind"), r.Get("apiVersion")
		if kind != nil && api != nil && kind.Value.Kind == values.String && api.Value.Kind == values.String {
			return true
		}
	}
	return false
}

func (st *setup) excluded(name string) bool {
	return st.config != nil && st.matches(name, st.config.Exclude...)
}

// packsFor returns the packs that the configuration names for a file.
func (st *setup) packsFor(name string) []string {
	if st.config == nil {
		return nil
	}
	for _, f := range st.config.Files {
		if st.matches(name, f.Glob) {
			return []string{f.Pack}
		}
	}
	return nil
}

// matches reports whether a file, seen from the configuration, matches a glob.
func (st *setup) matches(name string, globs ...string) bool {
	abs, err := filepath.Abs(name)
	if err != nil {
		return false
	}
	dir, err := filepath.Abs(st.config.Dir)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(dir, abs)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(globs, func(g string) bool {
		ok, err := doublestar.Match(g, filepath.ToSlash(rel))
		return err == nil && ok
	})
}

// checkNames refuses rules, packs and globs of the configuration that name
// nothing: a typo there would silence a rule, or keep it speaking, unseen.
func checkNames(c *config.Config, packs []*pack.Pack) error {
	byName := map[string]*pack.Pack{}
	for _, name := range pack.CodedNames() {
		byName[name] = nil
	}
	for _, p := range packs {
		byName[p.Name] = p
	}
	place := func(path lint.Path) string { return placed(c, path) }
	var errs []error
	wantPack := func(path lint.Path, name string) {
		if _, ok := byName[name]; !ok {
			errs = append(errs, fmt.Errorf("%s: there is no pack %q%s", place(path), name, suggest(name, slices.Sorted(maps.Keys(byName)))))
		}
	}
	wantRule := func(path lint.Path, id string) {
		name, rule, _ := strings.Cut(id, "/")
		if id == "*" {
			return
		}
		p, ok := byName[name]
		if !ok {
			wantPack(path, name)
		} else if rule != "*" {
			if names := ruleNames(name, p); !slices.Contains(names, id) {
				errs = append(errs, fmt.Errorf("%s: there is no rule %q%s", place(path), id, suggest(id, names)))
			}
		}
	}
	for id := range c.Rules {
		wantRule(lint.Keys("rules", id), id)
	}
	for i, e := range c.Ignore {
		wantRule(lint.Keys("ignore").Index(i).Key("rule"), e.Rule)
	}
	for i, f := range c.Files {
		wantPack(lint.Keys("files").Index(i).Key("pack"), f.Pack)
	}
	for name := range c.Context {
		wantPack(lint.Keys("context", name), name)
	}
	at, found := map[string]bool{}, false
	for _, r := range c.Releases {
		at[r.Location] = true
		found = found || r.Place.Given() // at locations that are not known yet
	}
	for location, l := range c.Locations {
		if len(c.Releases) > 0 && !found && !at[location] {
			errs = append(errs, fmt.Errorf("%s: no release is at location %q%s", place(lint.Keys("locations", location)), location, suggest(location, slices.Sorted(maps.Keys(at)))))
		}
		for name := range l.Context {
			wantPack(lint.Keys("locations", location, "context", name), name)
		}
	}
	for i, r := range c.Releases {
		for j, name := range r.Packs {
			wantPack(c.ReleasePath(i).Key("packs").Index(j), name)
		}
		for name := range r.Context {
			wantPack(c.ReleasePath(i).Key("context").Key(name), name)
		}
	}
	for i, g := range c.Exclude {
		if err := discover.CheckGlob(g); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", place(lint.Keys("exclude").Index(i)), err))
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(errs...)
}

// ruleNames lists the rules of a pack; those in Go have no Pack.
func ruleNames(name string, p *pack.Pack) []string {
	if p == nil {
		return slices.DeleteFunc(ids(pack.CodedRules()), func(id string) bool { return !strings.HasPrefix(id, name+"/") })
	}
	names, err := p.RuleIDs()
	if err != nil {
		return nil
	}
	return names
}

// globs expands globs of the configuration.
func (st *setup) globs(patterns []string) ([]string, error) {
	var out []string
	for _, p := range patterns {
		if err := discover.CheckGlob(p); err != nil {
			return nil, fmt.Errorf("%s: manifests: %w", st.config.Doc.Name, err)
		}
		hits, err := doublestar.Glob(os.DirFS(st.config.Dir), filepath.ToSlash(p), doublestar.WithFilesOnly())
		if err != nil {
			return nil, fmt.Errorf("%s: manifests: %q is no glob: %w", st.config.Doc.Name, p, err)
		}
		slices.Sort(hits)
		for _, h := range hits {
			out = append(out, st.path(h))
		}
	}
	return out, nil
}

// chartBeside returns name and version of the chart that a values.yaml belongs
// to.
func chartBeside(name string) (string, string) { return chartIn(filepath.Dir(name)) }

func chartIn(dir string) (name, version string) {
	data, err := plainfile.Read(filepath.Join(dir, "Chart.yaml"), plainfile.MaxBytes)
	if err != nil {
		return "", ""
	}
	root := values.Parse("Chart.yaml", data, values.DefaultLimits).Values()
	str := func(key string) string {
		if f := root.Get(key); f != nil {
			return f.Value.Text
		}
		return ""
	}
	return str("name"), str("version")
}
