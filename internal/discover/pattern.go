package discover

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Layout is a folder layout written as a path: each {name} stands for a part of
// a folder's or file's name, * for any part. What is below the first variable
// and named like the last part is a layer of the releases further down.
type Layout struct {
	pattern  string
	segments []segment // the last is the values file
	fixed    int       // how many segments come before the first variable
}

type segment struct {
	text string
	re   *regexp.Regexp
	vars []string
}

// LayoutOptions say what the folders do not.
type LayoutOptions struct {
	// Platforms choose among files such as override_values_gke.yaml, which are
	// alternatives of override_values.yaml; later ones win. Of the platforms not
	// named, nothing is taken.
	Platforms []string
	Namespace string    // where no folder tells it; {service} and the like are filled in
	Location  string    // likewise
	Span      lint.Span // where the pattern is written
}

// variables are the names that mean something in a pattern.
var variables = []string{"service", "chart", "release", "namespace", "location", "cluster", "environment"}

var variable = lazyregexp.New(`\{([^{}]*)\}`)

// ParseLayout reads a pattern. Errors say what is wrong with it and what to
// write instead.
func ParseLayout(pattern string) (*Layout, error) {
	clean := path.Clean(strings.TrimPrefix(pattern, "./"))
	switch {
	case strings.TrimSpace(pattern) == "" || clean == ".":
		return nil, errors.New(`the pattern is empty; write one such as "services/{service}/{chart}/{release}/values*.yaml"`)
	case path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../"):
		return nil, fmt.Errorf("pattern %q leads out of the repository; begin with a folder of it", pattern)
	}
	l := &Layout{pattern: pattern, fixed: -1}
	seen := map[string]bool{}
	for i, s := range strings.Split(clean, "/") {
		seg, err := parseSegment(s)
		if err != nil {
			return nil, fmt.Errorf("pattern %q: %w", pattern, err)
		}
		for _, v := range seg.vars {
			if seen[v] {
				return nil, fmt.Errorf("pattern %q names {%s} twice", pattern, v)
			}
			seen[v] = true
		}
		if l.fixed < 0 && len(seg.vars) > 0 {
			l.fixed = i
		}
		l.segments = append(l.segments, seg)
	}
	if !seen["release"] && !seen["chart"] {
		return nil, fmt.Errorf("pattern %q names neither {release} nor {chart}; one of them has to name the release", pattern)
	}
	if last := l.segments[len(l.segments)-1]; !strings.HasSuffix(last.text, ".yaml") && !strings.HasSuffix(last.text, ".yml") {
		return nil, fmt.Errorf("pattern %q ends in %q; let it end in the name of the values files, such as values*.yaml", pattern, last.text)
	}
	return l, nil
}

func parseSegment(s string) (segment, error) {
	seg := segment{text: s}
	if s == "**" {
		return seg, errors.New("** stands for no fixed number of folders; write one * or {name} for each")
	}
	var re strings.Builder
	re.WriteString(`\A`)
	rest := s
	literal := func(t string) error {
		if strings.ContainsAny(t, "{}") {
			return fmt.Errorf("%q has a brace without its partner", s)
		}
		for i, part := range strings.Split(t, "*") {
			if i > 0 {
				re.WriteString(`.*?`)
			}
			re.WriteString(regexp.QuoteMeta(part))
		}
		return nil
	}
	for {
		m := variable.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		if err := literal(rest[:m[0]]); err != nil {
			return seg, err
		}
		name := rest[m[2]:m[3]]
		if !slices.Contains(variables, name) {
			return seg, fmt.Errorf("{%s} means nothing here%s; the names are %s", name, near(name), strings.Join(variables, ", "))
		}
		seg.vars = append(seg.vars, name)
		re.WriteString(`(.+?)`)
		rest = rest[m[1]:]
	}
	if err := literal(rest); err != nil {
		return seg, err
	}
	re.WriteString(`\z`)
	var err error
	seg.re, err = regexp.Compile(re.String())
	return seg, err
}

func near(name string) string {
	for _, v := range variables {
		if levenshtein.Distance(name, v, nil) <= 2 {
			return fmt.Sprintf(", did you mean {%s}?", v)
		}
	}
	return ""
}

// numbered are the folder names of vendors that number their charts and
// releases in the order of installation.
var numbered = lazyregexp.New(`\A[0-9]{2}_(chart|release)_(.+)\z`)

// match reads the variables of a name; ok is false when it does not fit.
func (s segment) match(name string, vars map[string]string) bool {
	m := s.re.FindStringSubmatch(name)
	if m == nil {
		return false
	}
	for i, v := range s.vars {
		value := m[i+1]
		if n := numbered.FindStringSubmatch(value); n != nil {
			if (v == "chart" || v == "release") && n[1] != v {
				return false // the folder of a release where a chart is looked for
			}
			value = n[2]
		}
		vars[v] = value
	}
	return true
}

// Releases finds the releases of a layout among the files of the tree. Their
// layers are the files named like the pattern's last part, from the folder of
// the first variable down. A chart's folder that has values but no folder for
// releases is one release, named after the chart.
func (l *Layout) Releases(t *Tree, o LayoutOptions) ([]Release, []Note, error) {
	files, err := t.Files()
	if err != nil {
		return nil, nil, err
	}
	f := &folders{layout: l, tree: t, opts: o, files: map[string][]string{}, dirs: map[string][]string{}, known: map[string]bool{}}
	f.index(files)
	base := path.Clean(path.Join(t.Base, "."))
	f.walk(base, 0, nil, map[string]string{})
	if err := f.unusedPlatform(); err != nil {
		return nil, nil, err
	}
	var notes []Note
	if len(f.releases) == 0 {
		notes = append(notes, Note{o.Span, fmt.Sprintf("pattern %q finds no release below %s", l.pattern, t.name(base))})
	}
	return f.releases, notes, nil
}

// folders walks the tree along a layout.
type folders struct {
	layout   *Layout
	tree     *Tree
	opts     LayoutOptions
	files    map[string][]string // names in each folder
	dirs     map[string][]string
	releases []Release
	known    map[string]bool // the platforms that files are for
}

// unusedPlatform refuses a platform that no file is for, while others have
// some: with a typo there, releases would be judged without their values.
func (f *folders) unusedPlatform() error {
	if len(f.known) == 0 {
		return nil
	}
	names := slices.Sorted(maps.Keys(f.known))
	for _, p := range f.opts.Platforms {
		if !f.known[p] {
			return fmt.Errorf("platform %q: no values file is for it; there are files for %s", p, strings.Join(names, ", "))
		}
	}
	return nil
}

func (f *folders) index(files []string) {
	seen := map[string]bool{}
	for _, name := range files {
		dir := path.Dir(name)
		f.files[dir] = append(f.files[dir], path.Base(name))
		for ; dir != "." && !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			up := path.Dir(dir)
			f.dirs[up] = append(f.dirs[up], path.Base(dir))
		}
	}
	for _, d := range f.dirs {
		slices.Sort(d)
	}
}

// walk goes down the folders that fit the segments. above are the folders whose
// files are layers. It returns how many releases it found.
func (f *folders) walk(dir string, i int, above []string, vars map[string]string) int {
	if f.layout.fixed <= i {
		above = append(slices.Clone(above), dir)
	}
	if i == len(f.layout.segments)-1 {
		return f.leaf(dir, above, vars)
	}
	found := 0
	for _, sub := range f.fitting(dir, f.layout.segments[i], vars) {
		found += f.walk(path.Join(dir, sub.name), i+1, above, sub.vars)
	}
	if found == 0 && vars["chart"] != "" && f.layout.names("release") && len(f.layers(dir)) > 0 && !f.layout.last().names("release") {
		own := maps.Clone(vars)
		own["release"] = vars["chart"]
		f.add(dir, above, own, "")
		return 1
	}
	return found
}

// folder is one that fits a segment.
type folder struct {
	name string
	vars map[string]string
}

// fitting lists the folders that fit a segment. Where some are numbered charts
// or releases, only these count: beside them lie scripts and the like.
func (f *folders) fitting(dir string, seg segment, vars map[string]string) []folder {
	var all, counted []folder
	for _, name := range f.dirs[dir] {
		own := maps.Clone(vars)
		if !seg.match(name, own) {
			continue
		}
		all = append(all, folder{name, own})
		if numbered.MatchString(name) {
			counted = append(counted, folder{name, own})
		}
	}
	if len(counted) > 0 && (seg.names("chart") || seg.names("release")) {
		return counted
	}
	return all
}

func (l *Layout) last() segment { return l.segments[len(l.segments)-1] }

func (l *Layout) names(v string) bool {
	return slices.ContainsFunc(l.segments, func(s segment) bool { return s.names(v) })
}

func (s segment) names(v string) bool { return slices.Contains(s.vars, v) }

// leaf makes the releases of one folder: one for each file when the file's name
// has a variable, else one for the folder.
func (f *folders) leaf(dir string, above []string, vars map[string]string) int {
	last := f.layout.last()
	if len(last.vars) == 0 {
		// A numbered release may be told by its chart's values alone.
		if numbered.MatchString(path.Base(dir)) || len(f.layers(dir)) > 0 {
			f.add(dir, above, vars, "")
			return 1
		}
		return 0
	}
	n := 0
	for _, name := range f.files[dir] {
		own := maps.Clone(vars)
		if last.match(name, own) {
			f.add(dir, above, own, name)
			n++
		}
	}
	return n
}

// layer is one values file of a folder.
type layer struct {
	name     string
	platform string // "" of the file that always counts
}

// layers are the files of a folder that fit the pattern's last part.
func (f *folders) layers(dir string) []layer {
	last := f.layout.last()
	var out []layer
	for _, name := range f.files[dir] {
		if last.match(name, map[string]string{}) {
			out = append(out, layer{name, f.platform(name)})
		}
	}
	return out
}

// platform is what the * of the pattern's last part stands for in a file name,
// without the sign before it.
func (f *folders) platform(name string) string {
	before, after, ok := strings.Cut(f.layout.last().text, "*")
	if !ok {
		return ""
	}
	if len(name) < len(before)+len(after) {
		return ""
	}
	return strings.Trim(name[len(before):len(name)-len(after)], "_-.")
}

func (f *folders) add(dir string, above []string, vars map[string]string, file string) {
	r := Release{
		Tool: Folders, Name: vars["release"], Namespace: vars["namespace"], Location: fill(f.opts.Location, vars),
		Span: f.tree.at(dir),
	}
	if file != "" {
		r.Span.File = f.tree.name(path.Join(dir, file))
	}
	if r.Name == "" {
		r.Name = vars["chart"]
	}
	if r.Namespace == "" {
		r.Namespace = fill(f.opts.Namespace, vars)
	}
	for _, v := range []string{"environment", "cluster", "location"} {
		if vars[v] != "" {
			r.Location = vars[v]
		}
	}
	r.Chart.Name = vars["chart"]
	open := map[string]bool{}
	for _, d := range above {
		f.chartIn(&r, d)
		if file != "" {
			continue
		}
		found := f.layers(d)
		for _, p := range append([]string{""}, f.opts.Platforms...) {
			for _, l := range found {
				if l.platform == p {
					r.Layers = append(r.Layers, values.Source{Kind: values.File, File: f.tree.name(path.Join(d, l.name))})
				}
			}
		}
		for _, l := range found {
			if l.platform != "" {
				open[l.platform], f.known[l.platform] = true, true
			}
		}
	}
	if file != "" {
		r.Layers = append(r.Layers, values.Source{Kind: values.File, File: f.tree.name(path.Join(dir, file))})
	}
	r.Platforms = slices.Sorted(maps.Keys(open))
	if len(open) > 0 && len(f.opts.Platforms) == 0 {
		r.note(r.Span, "the values for %s are alternatives, and none was taken; choose with `platform:` beside the pattern", strings.Join(r.Platforms, ", "))
	}
	f.releases = append(f.releases, r)
}

// fill puts the variables of a pattern into a text of the configuration.
func fill(s string, vars map[string]string) string {
	return variable.ReplaceAllStringFunc(s, func(m string) string {
		if v, ok := vars[m[1:len(m)-1]]; ok {
			return v
		}
		return m
	})
}

// chartIn reads what a folder says about the chart: a Chart.yaml makes it the
// chart itself, a chart.ver holds the version in its first word.
func (f *folders) chartIn(r *Release, dir string) {
	if c, ok := f.tree.chart(dir); ok {
		r.Chart = c
		return
	}
	if !slices.Contains(f.files[dir], "chart.ver") {
		return
	}
	if data, err := f.tree.Read(path.Join(dir, "chart.ver")); err == nil {
		line, _, _ := strings.Cut(string(data), "\n")
		if words := strings.Fields(line); len(words) > 0 {
			r.Chart.Version = words[0]
		}
	}
}
