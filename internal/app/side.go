package app

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/extract"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/revision"
	"github.com/helmvet/helmvet/internal/values"
)

// side is one side of an upgrade: what it names, and what is linted of it.
type side struct {
	st    *setup
	run   linter.Run
	chart string // the folder or archive of the chart that is the side
	dir   string // the folder that is the side
	trees []*revision.Tree
}

// close removes what was unpacked.
func (s *side) close() {
	for _, t := range s.trees {
		t.Close()
	}
}

// name is what output calls a file of the side.
func (s *side) name(file string) string {
	for _, t := range s.trees {
		if name, ok := t.Name(file); ok {
			return name
		}
	}
	return file
}

// rename puts those names into a text.
func (s *side) rename(text string) string {
	for _, t := range s.trees {
		for _, base := range []string{relative(t.Base), t.Base, relative(t.Root), t.Root} {
			if !strings.Contains(text, base) {
				continue
			}
			name, _ := t.Name(base)
			text = strings.ReplaceAll(text, base+"/", strings.TrimSuffix(name, ".")+slash(name))
			text = strings.ReplaceAll(text, base, name)
		}
	}
	return text
}

func slash(name string) string {
	if strings.HasSuffix(name, ":.") {
		return ""
	}
	return "/"
}

const gitSide = "git:"

// resolve returns the file or folder that a part of a side names. A revision is
// unpacked once.
func (s *side) resolve(ctx context.Context, part string) (string, error) {
	spec, ok := strings.CutPrefix(part, gitSide)
	if !ok {
		return part, nil
	}
	rev, below, _ := strings.Cut(spec, ":")
	i := slices.IndexFunc(s.trees, func(t *revision.Tree) bool { return t.Revision == rev })
	if i < 0 {
		t, err := revision.Open(ctx, ".", rev)
		if err != nil {
			return "", err
		}
		s.trees = append(s.trees, t)
		i = len(s.trees) - 1
	}
	full := filepath.Join(s.trees[i].Base, filepath.FromSlash(below))
	if _, ok := s.trees[i].Name(full); !ok {
		return "", fmt.Errorf("%s: leads out of the repository", part)
	}
	if _, err := os.Stat(full); err != nil {
		return "", fmt.Errorf("%s: the revision has no such file or folder; paths are those from this folder", part)
	}
	return relative(full), nil
}

// newSide reads what --from or --to names. common is the configuration of the
// folder that helmvet runs in.
func (f *upgradeFlags) newSide(ctx context.Context, r *reader, flag, spec string, common *config.Config) (*side, error) {
	out := &side{}
	err := f.fill(ctx, r, out, spec, common)
	if err != nil {
		out.close()
		return nil, fmt.Errorf("%s %w", flag, errors.New(out.rename(err.Error())))
	}
	return out, nil
}

func (f *upgradeFlags) fill(ctx context.Context, reader *reader, out *side, spec string, common *config.Config) error {
	names, err := values.SplitFiles([]string{spec})
	if err != nil {
		return err
	}
	for i, n := range names {
		if names[i], err = out.resolve(ctx, strings.TrimSpace(n)); err != nil {
			return err
		}
	}
	if len(names) == 1 && names[0] != stdinName {
		info, err := os.Stat(names[0])
		if err == nil && info.IsDir() {
			return f.folder(out, names[0], reader, common)
		}
		if err == nil && isArchive(names[0]) {
			out.chart = names[0]
			return f.plain(out, reader, common, nil)
		}
	}
	return f.plain(out, reader, common, names)
}

// folder is a side that is a folder: a chart, what its configuration names, or
// the values and manifests in it.
func (f *upgradeFlags) folder(out *side, dir string, r *reader, common *config.Config) error {
	if isChart(dir) {
		out.chart = dir
		return f.plain(out, r, common, nil)
	}
	c, err := f.configOf(out, dir, common)
	if err != nil {
		return err
	}
	out.dir = dir
	flags := f.releaseFlags
	if out.st, err = flags.setupWith(c, r, f.jobs); err != nil {
		return err
	}
	out.st.linter.Read = out.reading(r)
	args := []string{dir}
	if c != nil && c != common && (len(c.Releases) > 0 || len(c.Manifests.Files) > 0) {
		args = nil
	}
	out.run, err = out.st.plan(&flags, args, f.complete)
	return errors.Join(append([]error{err}, out.st.unread...)...)
}

// configOf is the configuration of a folder: its own, or for the folder that
// helmvet runs in, or its counterpart in a revision, the one that holds there.
func (f *upgradeFlags) configOf(out *side, dir string, common *config.Config) (*config.Config, error) {
	own := filepath.Join(dir, config.FileName)
	if _, err := os.Stat(own); err == nil {
		return loadConfig(own)
	}
	if common == nil {
		return nil, nil
	}
	root := "."
	if len(out.trees) > 0 {
		root = out.trees[0].Base
	}
	if relative(dir) != relative(root) {
		return common, nil
	}
	// The counterpart of the configuration, or that very text in its place.
	from, err := filepath.Rel(absolute("."), absolute(common.Doc.Name))
	if err != nil {
		return common, nil
	}
	at := relative(filepath.Join(root, from))
	if _, err := os.Stat(at); err == nil {
		return loadConfig(at)
	}
	return config.Parse(at, common.Doc.Data)
}

func absolute(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return name
}

// plain is a side of files: the layers of one release, or manifests.
func (f *upgradeFlags) plain(out *side, r *reader, common *config.Config, names []string) error {
	flags := f.releaseFlags
	st, err := flags.setupWith(common, r, f.jobs)
	if err != nil {
		return err
	}
	out.st = st
	st.linter.Read = out.reading(r)
	var found extract.Release
	manifests := 0
	for _, n := range names {
		data, err := r.read(n)
		if err != nil {
			return err
		}
		if v, ok, err := printed(n, data); err != nil {
			return err
		} else if ok {
			found = v.Release
		} else if isManifest(n, data) {
			manifests++
		}
	}
	switch {
	case manifests > 0 && manifests < len(names):
		return fmt.Errorf("%s: values and manifests cannot be layers of one release; name a folder that holds both", strings.Join(names, ","))
	case manifests > 0:
		out.run, err = st.plan(&flags, names, f.complete)
		return errors.Join(append([]error{err}, st.unread...)...)
	}
	flags.values.ValueFiles = nil
	rel, err := st.release(&flags)
	if err != nil {
		return err
	}
	for _, n := range names {
		rel.Sources = append(rel.Sources, values.Source{File: n})
	}
	rel.Complete = f.complete
	if rel.Name == "" {
		rel.Name, rel.Namespace = found.Name, cmp.Or(rel.Namespace, found.Namespace)
	}
	rel.ChartName, rel.ChartVersion = found.Chart, found.Version
	out.run = linter.Run{Releases: []linter.Release{rel}, Severity: st.severity, Suppress: st.suppression()}
	out.run.Context = st.context("", nil)
	if st.config == nil {
		return nil
	}
	out.run.Config = st.config.Doc
	if out.run.Manifests, err = st.globs(st.config.Manifests.Files); err != nil {
		return err
	}
	out.run.ManifestsComplete = st.config.Manifests.Complete
	return nil
}

// printed finds the user's values in what helm printed or stored.
func printed(name string, data []byte) (*extract.Found, bool, error) {
	v, err := extract.Values(data, values.DefaultLimits)
	switch {
	case err == nil && v.Form != extract.Plain:
		return v, true, nil
	case err != nil && (extract.IsOutput(data) || extract.IsRecord(data) || len(extract.Leftovers(data)) > 1): // one may be left in a values file
		var at *extract.Error
		if errors.As(err, &at) && at.Line > 0 {
			return nil, false, fmt.Errorf("%s:%w", name, err)
		}
		return nil, false, fmt.Errorf("%s: %w", name, err)
	}
	return nil, false, nil // what is wrong with a values file is a finding
}

// reading reads files, and of what helm printed or stored the user's values, in
// the lines where they stand.
func (s *side) reading(r *reader) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		data, err := r.read(name)
		if err != nil {
			return nil, err
		}
		v, ok, err := printed(name, data)
		if err != nil || !ok {
			return data, err
		}
		return v.Aligned(), nil
	}
}

// editable reports whether fixes may write to a file of the side.
func (s *side) editable(name string) bool {
	if name == stdinName || s.name(name) != name {
		return false
	}
	data, err := s.st.reader.read(name)
	if err != nil {
		return false
	}
	if _, isOutput, err := printed(name, data); err != nil || isOutput {
		return false
	}
	// Places in a file of UTF-16 are not those of its bytes.
	return bytes.Equal(values.Parse(name, data, values.DefaultLimits).Data, data)
}

// chartOf loads the chart of a release: the one that a flag or the side itself
// names, or that of the configuration. nil: it is not known.
func (s *side) chartOf(rel *linter.Release, named string, loaded map[string]*chart.Chart) (*chart.Chart, error) {
	at := named
	switch {
	case at != "":
	case s.chart != "":
		at = s.chart
	case rel.Chart != nil:
		return rel.Chart, nil
	case s.st.config != nil:
		for i := range s.st.config.Releases {
			c := &s.st.config.Releases[i]
			if c.Name == rel.Name && c.Location == rel.Location && c.Chart.Path != "" {
				at = s.st.path(c.Chart.Path)
			}
		}
	}
	if at == "" {
		return nil, nil
	}
	if c, ok := loaded[at]; ok {
		return c, nil
	}
	c, err := chart.Load(at)
	if err != nil {
		return nil, err
	}
	loaded[at] = c
	return c, nil
}
