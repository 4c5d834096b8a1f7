package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/helmvet/helmvet/internal/baseline"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/scratch"
	"github.com/helmvet/helmvet/internal/suppress"
	"github.com/helmvet/helmvet/internal/values"
)

type baselineFlags struct {
	releaseFlags
	file     string
	complete bool
	jobs     int
}

func newBaseline(s Streams) *cobra.Command {
	var f baselineFlags
	cmd := &cobra.Command{
		Use:   "baseline [FILE|DIR ...]",
		Short: "Accept what is found today, so that lint reports what is new",
		Long: `Lints as helmvet lint does, with the same arguments, and writes all findings to a
file. helmvet lint leaves out what the file lists when .helmvet.yaml names it
(baseline: FILE) or --baseline does.

Findings are listed by rule, value and release or file, not by line, so they are
known again after lines have moved. Entries for what is mended are reported when
all releases are linted; run this command again to drop them. Rules that the
configuration says cannot be ignored are not listed. When arguments name only
some files or one release, entries about others stay.`,
		Example: `  helmvet baseline
  helmvet baseline --baseline known.json deploy/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runBaseline(cmd.Context(), s, &f, args)
		},
	}
	f.add(cmd)
	fl := cmd.Flags()
	fl.StringVar(&f.file, "baseline", "", "`FILE` to write (default: what .helmvet.yaml names, or "+baseline.FileName+" beside it)")
	fl.BoolVar(&f.complete, "complete", false, "the values are a whole release and the manifests are all there are")
	fl.IntVar(&f.jobs, "jobs", 0, "how many releases to judge at once (default: one for each core)")
	return cmd
}

func runBaseline(ctx context.Context, s Streams, f *baselineFlags, args []string) error {
	st, err := f.setup(s, f.jobs)
	if err != nil {
		return err
	}
	name, named := st.baselineFile(f.file)
	if !named {
		name = baseline.FileName
		if st.config != nil {
			name = st.path(name)
		}
	}
	if err := st.present(&f.releaseFlags, args); err != nil {
		return err
	}
	run, err := st.plan(&f.releaseFlags, args, f.complete)
	if err != nil {
		return err
	}
	out, err := st.linter.Lint(ctx, run)
	if err != nil {
		return err
	}
	if len(st.unread) > 0 {
		return errors.Join(append(st.unread, fmt.Errorf("%s is not written, because not everything could be linted", name))...)
	}
	root := newRepository(".").name
	findings, all := out.Report.Findings, len(out.Report.Findings)
	findings = slices.DeleteFunc(findings, func(x lint.Finding) bool { return !run.Suppress.CanIgnore(x.Rule) })
	entries := baseline.New(findings, root)
	if !run.Suppress.Whole {
		kept, err := others(name, &run, root)
		if err != nil {
			return err
		}
		entries = append(entries, kept...)
	}
	data, err := baseline.Marshal(entries)
	if err != nil {
		return defect(err)
	}
	if err := scratch.Write(name, data); err != nil {
		return defect(fmt.Errorf("cannot write %s: %w", name, cause(err)))
	}
	fmt.Fprintf(s.Err, "helmvet: wrote %s to %s\n", count(len(entries), "finding"), name)
	if n := all - len(findings); n > 0 {
		fmt.Fprintf(s.Err, "helmvet: %s cannot be ignored and stay as they are\n", count(n, "more finding"))
	}
	if !named {
		fmt.Fprintf(s.Err, "helmvet: to use it, write `baseline: %s` into .helmvet.yaml, or pass --baseline %s\n", filepath.Base(name), name)
	}
	return nil
}

// others are the entries of the file about what the run did not lint.
func others(name string, run *linter.Run, root func(string) string) ([]baseline.Entry, error) {
	if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	data, err := newReader(nil, values.DefaultLimits.Bytes).read(name)
	if err != nil {
		return nil, err
	}
	old, _, err := baseline.Parse(name, data)
	if err != nil {
		return nil, err
	}
	files := map[string]bool{}
	for f := range editableFiles(run) {
		files[root(f)] = true
	}
	return slices.DeleteFunc(old, func(e baseline.Entry) bool {
		if e.File != "" {
			return files[e.File]
		}
		return slices.ContainsFunc(run.Releases, func(r linter.Release) bool { return r.Name == e.Release && r.Location == e.Location })
	}), nil
}

// baselineFile is the file that the flag or the configuration names.
func (st *setup) baselineFile(flag string) (name string, named bool) {
	switch {
	case flag != "":
		return flag, true
	case st.config != nil && st.config.Baseline != "":
		return st.path(st.config.Baseline), true
	}
	return "", false
}

// accept tells the run which findings the baseline lists.
func (st *setup) accept(run *linter.Run, flag string) error {
	run.Suppress.File = newRepository(".").name
	name, named := st.baselineFile(flag)
	if !named {
		return nil
	}
	data, err := st.reader.read(name)
	if err != nil {
		if _, missing := os.Stat(name); errors.Is(missing, os.ErrNotExist) {
			return fmt.Errorf("%s: no such baseline; `helmvet baseline` writes it", name)
		}
		return err
	}
	entries, doc, err := baseline.Parse(name, data)
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		run.Suppress.Baseline = append(run.Suppress.Baseline, suppress.Accepted{Fingerprint: e.Fingerprint, Rule: e.Rule, About: e.About(), Span: e.Span})
	}
	run.Baseline = doc
	return nil
}
