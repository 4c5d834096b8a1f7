package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
)

// keyRules are the rules whose fixes `upgrade --fix` makes.
var keyRules = []string{"chart/removed-key", "chart/renamed-key", "chart/moved-key", "chart/deprecated-key"}

// mended are the texts that fixes made, and what is said of them.
type mended struct {
	files      []fix.File
	done, left []string
}

// mend removes, renames and moves keys of NEW, which is judged by the new texts
// from then on. Nothing is written yet.
func (u *change) mend(ctx context.Context) (*mended, error) {
	out, err := u.lint(ctx)
	if err != nil {
		return nil, errors.New(u.rename(err.Error()))
	}
	m := mender{u: u, texts: map[string][]byte{}, read: u.new.st.linter.Read, wanted: map[string]bool{}}
	for i := range out.Report.Findings {
		if f := &out.Report.Findings[i]; slices.Contains(keyRules, f.Rule) {
			m.wanted[place(f)] = true
		}
	}
	made := &mended{}
	if made.done, made.left, err = m.run(ctx); err != nil {
		return nil, errors.New(u.rename(err.Error()))
	}
	for _, file := range slices.Sorted(maps.Keys(m.texts)) {
		before, err := u.new.st.reader.read(file)
		if err != nil {
			return nil, err
		}
		made.files = append(made.files, fix.File{Name: file, Key: file, Before: before, After: m.texts[file]})
	}
	return made, nil
}

// write writes the files, or with dry the difference to standard output, and
// says what was done and what was not.
func (m *mended) write(s Streams, u *change, dry bool) error {
	for _, file := range m.files {
		if dry {
			if _, err := s.Out.Write(fix.Diff(file.Name, file.Before, file.After)); err != nil {
				return writeError(err)
			}
			continue
		}
		if err := fix.Write(file); err != nil {
			return err
		}
	}
	for _, d := range m.done {
		fmt.Fprintf(s.Err, "helmvet: %s\n", d)
	}
	for _, l := range m.left {
		fmt.Fprintf(s.Err, "helmvet: left alone: %s\n", u.rename(l))
	}
	return nil
}

// mender makes one change after the other, each on the text that the ones
// before have left, and asks the rules again in between.
type mender struct {
	u      *change
	texts  map[string][]byte // of files that were changed
	read   func(string) ([]byte, error)
	wanted map[string]bool // what nobody silenced
}

// place is a finding without its words.
func place(f *lint.Finding) string {
	return strings.Join([]string{f.Rule, f.Span.File, f.Path.String()}, "\x00")
}

func (m *mender) run(ctx context.Context) (done, left []string, err error) {
	l := m.u.new.st.linter.With(func(name string) ([]byte, error) {
		if text, ok := m.texts[name]; ok {
			return text, nil
		}
		return m.read(name)
	})
	m.u.new.st.linter = l
	for {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		found, err := m.found(l)
		if err != nil {
			return nil, nil, err
		}
		i := slices.IndexFunc(found, m.sure)
		if i < 0 {
			for _, f := range found {
				left = append(left, m.why(&f))
			}
			slices.Sort(left)
			return done, slices.Compact(left), nil
		}
		f := found[i]
		file := f.Span.File
		text, err := l.Read(file)
		if err != nil {
			return nil, nil, err
		}
		after, err := fix.Apply(text, f.Fix.Edits)
		if err != nil {
			return nil, nil, defect(fmt.Errorf("%s: %s: %w", file, f.Fix.Description, err))
		}
		m.texts[file] = after
		done = append(done, fmt.Sprintf("%s: %s", file, f.Fix.Description))
		if len(done) > maxFixes {
			return nil, nil, defect(fmt.Errorf("%s: fixing does not come to an end", file))
		}
	}
}

const maxFixes = 10_000

// found are the findings that want a fix. One of a file that several releases
// share counts only when all of them have it.
func (m *mender) found(l *linter.Linter) ([]lint.Finding, error) {
	var all []lint.Finding
	count, users := map[string]int{}, map[string]int{}
	for i := range m.u.new.run.Releases {
		rel := &m.u.new.run.Releases[i]
		found, files, err := l.Compare(rel)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			users[file]++
		}
		for j := range found {
			f := &found[j]
			if slices.Contains(keyRules, f.Rule) && m.wanted[place(f)] {
				if count[place(f)]++; count[place(f)] == 1 {
					all = append(all, *f)
				}
			}
		}
	}
	for i := range all {
		if f := &all[i]; count[place(f)] < users[f.Span.File] {
			f.Fix = nil
		}
	}
	return lint.Sort(all), nil
}

// sure reports whether a finding can be mended.
func (m *mender) sure(f lint.Finding) bool {
	return f.Fix != nil && m.u.new.editable(f.Span.File) &&
		!slices.ContainsFunc(f.Fix.Edits, func(e lint.Edit) bool { return e.Span.File != f.Span.File })
}

func (m *mender) why(f *lint.Finding) string {
	return fmt.Sprintf("%s:%d:%d: %s [%s]", f.Span.File, f.Span.Line, f.Span.Column, f.Message, f.Rule)
}
