package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/render"
)

// fixFlags are the flags of lint that change files.
type fixFlags struct {
	fix, dryRun, unsafe bool
}

func (f *fixFlags) check() error {
	switch {
	case f.dryRun && !f.fix:
		return errors.New("--dry-run shows what --fix would do; give both")
	case f.unsafe && !f.fix:
		return errors.New("--unsafe-fixes says which fixes --fix makes; give both")
	}
	return nil
}

// mend makes the fixes of an outcome and judges the result, which is returned
// with the run that it comes from. Files are written unless dry, and the
// difference goes to standard output then. Errors are about files that could not
// be written; the others are.
func (st *setup) mend(ctx context.Context, s Streams, f *lintFlags, run *linter.Run, out *linter.Outcome, again func(*setup) (*judged, error)) (*judged, error) {
	editable := editableFiles(run)
	last := &judged{st: st, run: run, out: out}
	res, err := fix.Run(ctx, fix.Job{
		Findings: out.Report.Findings, Unsafe: f.unsafe, Key: realName,
		Editable: func(name string) bool {
			return editable[name] && (run.Editable == nil || run.Editable(name)) && (name != stdinName || f.dryRun)
		},
		Read: st.reader.read,
		Lint: func(ctx context.Context, over map[string][]byte) ([]lint.Finding, error) {
			next, err := again(st.with(over))
			if err != nil {
				return nil, err
			}
			return next.out.Report.Findings, nil
		},
	})
	if err != nil {
		return nil, err
	}
	if len(res.Files) > 0 {
		over := map[string][]byte{}
		for _, file := range res.Files {
			over[file.Key] = file.After
		}
		if last, err = again(st.with(over)); err != nil {
			return nil, err
		}
	}
	var errs []error
	for _, file := range res.Files {
		if f.dryRun {
			if _, err := s.Out.Write(fix.Diff(strings.TrimPrefix(filepath.ToSlash(file.Name), "/"), file.Before, file.After)); err != nil {
				return nil, writeError(err)
			}
		} else if err := fix.Write(file); err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) > 0 { // what the result says of files that were not written is not so
		if last, err = again(st.with(nil)); err != nil {
			return nil, err
		}
	}
	tell(s.Err, f, res)
	return last, errors.Join(errs...)
}

// tell says on standard error what was fixed and what was not.
func tell(w io.Writer, f *lintFlags, res *fix.Result) {
	did := "fixed"
	if f.dryRun {
		did = "would fix"
	}
	if len(res.Made) > 0 {
		fmt.Fprintf(w, "helmvet: %s %s in %s\n", did, count(len(res.Made), "finding"), count(len(res.Files), "file"))
	}
	for _, name := range res.Revealed {
		fmt.Fprintf(w, "helmvet: %s can be read only since a fix; what is reported of it was there before\n", render.Printable(name))
	}
	for _, r := range res.Refused {
		s := r.Finding.Span
		fmt.Fprintf(w, "helmvet: %s:%d:%d: the fix (%s) was taken back: %s\n", render.Printable(s.File), s.Line, s.Column, render.Printable(r.Finding.Fix.Description), render.Printable(r.Why))
	}
	if res.Tired {
		fmt.Fprintf(w, "helmvet: too many fixes had to be taken back; run --fix again for the rest\n")
	}
	if res.Unsafe > 0 {
		need := "need"
		if res.Unsafe == 1 {
			need = "needs"
		}
		fmt.Fprintf(w, "helmvet: %s %s a fix that may change what is deployed; --unsafe-fixes makes it, --dry-run shows it\n", count(res.Unsafe, "more finding"), need)
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// editableFiles are the files that a run was given as the user's own: values and
// manifests. What belongs to a chart stays as its maker wrote it.
func editableFiles(run *linter.Run) map[string]bool {
	out := map[string]bool{}
	for i := range run.Releases {
		r := &run.Releases[i]
		for _, list := range r.Values.ValueFiles {
			for name := range strings.SplitSeq(list, ",") {
				out[name] = true
			}
		}
		for _, src := range r.Sources {
			if src.Doc != nil {
				out[src.Doc.Name] = true
			} else {
				out[src.File] = true
			}
		}
	}
	for _, m := range run.Manifests {
		out[m] = true
	}
	if run.Config != nil {
		delete(out, run.Config.Name)
	}
	return out
}

// realName is the name of a file whatever links lead to it.
func realName(name string) string {
	if name == stdinName {
		return name
	}
	full, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		return real
	}
	return full
}

// with is the same setup with other texts in place of files, by real name.
func (st *setup) with(over map[string][]byte) *setup {
	next := *st
	next.reader = &reader{limit: st.reader.limit, stdin: st.reader.stdin, over: over}
	next.linter = st.linter.With(next.reader.read)
	next.tree, next.notes, next.unread = nil, nil, nil
	return &next
}

// overlay is a file system with other texts in place of files.
type overlay struct {
	fs.FS
	root string
	over map[string][]byte // by real name
}

// Open opens a file.
func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	if err != nil {
		return nil, err
	}
	data, ok := o.over[realName(filepath.Join(o.root, filepath.FromSlash(name)))]
	if !ok {
		return f, nil
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return &overlaidFile{File: f, Reader: strings.NewReader(string(data)), info: info}, nil
}

type overlaidFile struct {
	fs.File
	*strings.Reader
	info fs.FileInfo
}

func (f *overlaidFile) Read(p []byte) (int, error) { return f.Reader.Read(p) }
func (f *overlaidFile) Stat() (fs.FileInfo, error) { return sized{f.info, f.Reader.Size()}, nil }

type sized struct {
	fs.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }
