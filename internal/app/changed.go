package app

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
)

// changes are the files that --changed names, and the releases they belong to.
type changes struct {
	files    map[string]bool // by real name
	releases map[lint.Where]bool
	all      bool // they concern everything, as the configuration does
}

// planChanged plans what changed files concern: everything that the
// configuration names, since releases are judged beside each other, and files of
// none by themselves. Only what concerns the files is to be reported.
func (st *setup) planChanged(f *releaseFlags, args []string, complete bool) (linter.Run, error) {
	run := linter.Run{Severity: st.severity, Suppress: st.suppression()}
	fleet := st.config != nil && (len(st.config.Releases) > 0 || len(st.config.Manifests.Files) > 0)
	if fleet {
		var err error
		if run, err = st.plan(f, nil, complete); err != nil {
			return run, err
		}
	} else if st.config != nil {
		run.Config = st.config.Doc
	}
	c := &changes{files: map[string]bool{}, releases: map[lint.Where]bool{}}
	for _, a := range args {
		c.files[realName(a)] = true
	}
	used := c.follow(st, &run)
	var rest []string
	for _, a := range args {
		if !used[realName(a)] && !st.excluded(a) {
			rest = append(rest, a)
		}
	}
	singles, err := st.singles(f, rest, complete)
	if err != nil {
		return run, err
	}
	run.Releases = append(run.Releases, singles.Releases...)
	for _, m := range singles.Manifests {
		if !slices.Contains(run.Manifests, m) {
			run.Manifests = append(run.Manifests, m)
		}
	}
	run.Concerns = c.concerns
	run.Editable = func(name string) bool { return c.files[realName(name)] }
	return run, nil
}

// singles plans the files that look like values or manifests, each by itself.
func (st *setup) singles(f *releaseFlags, args []string, complete bool) (linter.Run, error) {
	var likely []string
	for _, a := range args {
		data, err := st.reader.read(a)
		if err != nil {
			st.unread = append(st.unread, err)
			continue
		}
		if st.looksLike(a, data) {
			likely = append(likely, a)
		} else {
			st.notes = append(st.notes, a+": left alone, neither values nor a manifest")
		}
	}
	if len(likely) == 0 {
		return linter.Run{}, nil
	}
	return st.plan(f, likely, complete)
}

// follow notes the releases that the files belong to, and returns the files that
// belong to the fleet.
func (c *changes) follow(st *setup, run *linter.Run) map[string]bool {
	used := map[string]bool{}
	everywhere := func(name string) {
		if real := realName(name); c.files[real] {
			used[real], c.all = true, true
		}
	}
	if st.config != nil {
		everywhere(st.config.Doc.Name)
		for _, name := range st.config.Env.Files {
			everywhere(st.path(name))
		}
	}
	for _, m := range run.Manifests {
		everywhere(m)
	}
	for i := range run.Releases {
		r := &run.Releases[i]
		take := func(name string) {
			if real := realName(name); name != "" && c.files[real] {
				used[real], c.releases[lint.Where{Release: r.Name, Location: r.Location}] = true, true
			}
		}
		for _, s := range r.Sources {
			if s.Doc != nil {
				take(s.Doc.Name)
			}
			take(s.File)
		}
		for _, name := range r.Commands {
			take(name)
		}
		if r.Chart != nil {
			take(r.Chart.Location)
			dir := realName(r.Chart.Location) + string(filepath.Separator)
			for name := range c.files {
				if strings.HasPrefix(name, dir) {
					used[name], c.releases[lint.Where{Release: r.Name, Location: r.Location}] = true, true
				}
			}
		}
	}
	return used
}

// concerns reports whether a finding is about a file that changed, or about a
// release that it belongs to.
func (c *changes) concerns(f *lint.Finding) bool {
	if c.all || c.files[realName(f.Span.File)] {
		return true
	}
	if f.Release+f.Location != "" && c.releases[lint.Where{Release: f.Release, Location: f.Location}] {
		return true
	}
	return slices.ContainsFunc(f.Related, func(r lint.Related) bool { return c.files[realName(r.Span.File)] })
}
