package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/revision"
)

// before is what a revision of the repository already reports.
type before struct {
	prints map[string]map[string]bool // the messages by fingerprint
}

// known reports whether the revision reports the finding, too. A value that was
// changed from one mistake to another is a change of its own.
func (b *before) known(f *lint.Finding, print string) bool {
	return b.prints[print][message(f)]
}

var lineNumber = lazyregexp.New(`\blines? \d+`)

// message is a message without the numbers of lines, which move.
func message(f *lint.Finding) string { return lineNumber.ReplaceAllString(f.Message, "line") }

// judgeRevision lints what the arguments name as a revision has it. The error is
// about the revision itself; what cannot be linted there is told in why, and
// then everything counts as new.
func judgeRevision(ctx context.Context, s Streams, f *lintFlags, args []string) (b *before, why string, err error) {
	tree, err := revision.Open(ctx, ".", f.newFrom)
	if err != nil {
		return nil, "", fmt.Errorf("--new-from: %w", err)
	}
	defer tree.Close()
	here := newRepository(".")
	there := func(name string) string {
		if name == "" || name == stdinName {
			return name
		}
		if filepath.IsAbs(name) {
			name = realName(name)
		}
		rel := here.name(name)
		if filepath.IsAbs(rel) {
			return name // outside of the repository
		}
		return filepath.Join(tree.Root, rel)
	}
	b = &before{prints: map[string]map[string]bool{}}
	old, rest, ok := f.moved(there, args)
	if !ok {
		return b, "", nil // nothing of it was there
	}
	st, err := old.setup(s, f.jobs)
	if err != nil {
		return b, err.Error(), nil
	}
	plan := st.plan
	if f.changed {
		plan = st.planChanged
	}
	run, err := plan(&old.releaseFlags, rest, f.complete)
	if err != nil {
		return b, err.Error(), nil
	}
	if err := st.accept(&run, there(f.baseline)); err != nil {
		run.Suppress.Baseline = nil // there was none
	}
	out, err := st.linter.Lint(ctx, run)
	if err != nil {
		if ctx.Err() != nil {
			return nil, "", ctx.Err()
		}
		return b, err.Error(), nil
	}
	name := func(file string) string {
		if full, err := filepath.Abs(file); err == nil {
			if rel, err := filepath.Rel(tree.Root, full); err == nil && filepath.IsLocal(rel) {
				return rel
			}
		}
		return here.name(file)
	}
	for i, print := range lint.Fingerprints(out.Report.Findings, name) {
		f := &out.Report.Findings[i]
		if b.prints[print] == nil {
			b.prints[print] = map[string]bool{}
		}
		b.prints[print][message(f)] = true
	}
	return b, "", nil
}

// moved are the flags and arguments as they name files elsewhere. Files that are
// not there are left out; ok is false when that leaves nothing.
func (f *lintFlags) moved(there func(string) string, args []string) (*lintFlags, []string, bool) {
	out := *f
	is := func(name string) bool {
		_, err := os.Stat(name)
		return err == nil || name == stdinName
	}
	all := func(names []string) []string {
		var list []string
		for _, name := range names {
			if name = there(name); is(name) {
				list = append(list, name)
			}
		}
		return list
	}
	if out.config == "" {
		found, err := config.Find(".")
		if err != nil {
			return nil, nil, false
		}
		out.config = found
	}
	if out.config != "" {
		if out.config = there(out.config); !is(out.config) {
			return nil, nil, false
		}
	}
	var files []string
	for _, list := range f.values.ValueFiles {
		files = append(files, strings.Split(list, ",")...)
	}
	out.values.ValueFiles = all(files)
	out.envFiles = all(f.envFiles)
	if is(f.chart) {
		out.chart = there(f.chart)
	}
	rest := all(args)
	return &out, rest, len(rest) > 0 || len(args) == 0 && (len(files) == 0 || len(out.values.ValueFiles) > 0)
}
