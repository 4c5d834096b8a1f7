package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/lint"
)

// present checks that what the configuration names is there, before anything is
// judged by it. A values file or script that is missing is an error, for its
// release cannot be judged; a chart or manifests that are missing are told, and
// the rest is judged all the same.
func (st *setup) present(f *releaseFlags, args []string) error {
	c := st.config
	if c == nil || len(args) > 0 {
		return nil
	}
	for i, g := range c.Manifests.Files {
		files, err := st.globs([]string{g})
		if err != nil {
			return err
		}
		if len(files) == 0 {
			at := lint.Keys("manifests", "files").Index(i)
			if c.Doc.Values().Lookup(at) == nil {
				at = lint.Keys("manifests").Index(i)
			}
			st.unread = append(st.unread, fmt.Errorf("%s: manifests: %q matches no file; correct it or remove it", placed(c, at), g))
		}
	}
	if f.layered() || f.chart != "" {
		return nil
	}
	var errs []error
	for i := range c.Releases {
		r, at := &c.Releases[i], c.ReleasePath(i)
		for j, name := range r.Values {
			errs = append(errs, st.wanted(at.Key("values").Index(j), name))
		}
		for j, name := range r.Commands {
			errs = append(errs, st.wanted(at.Key("commands").Index(j), name))
		}
		if r.Chart.Path != "" {
			if err := st.wanted(at.Key("chart").Key("path"), r.Chart.Path); err != nil {
				st.unread = append(st.unread, fmt.Errorf("%w; the chart itself judges nothing", err))
			}
		}
	}
	return errors.Join(errs...)
}

// wanted returns an error when a file or folder of the configuration is not
// there, with the name that may have been meant.
func (st *setup) wanted(at lint.Path, name string) error {
	full := st.path(name)
	if _, err := os.Stat(full); name == stdinName || !errors.Is(err, os.ErrNotExist) {
		return nil // what else is wrong with it, is told where it is read
	}
	var beside []string
	entries, _ := os.ReadDir(filepath.Dir(full))
	for _, e := range entries {
		beside = append(beside, e.Name())
	}
	hint := suggest(filepath.Base(full), beside)
	return fmt.Errorf("%s: %s: no such file or folder%s", placed(st.config, at), full, hint)
}

// placed is the place in the configuration that a path leads to.
func placed(c *config.Config, at lint.Path) string {
	span := c.Doc.Values().LocateKey(at)
	return fmt.Sprintf("%s:%d:%d", span.File, span.Line, span.Column)
}
