// Package plainfile reads files that have to be files: a pipe or a device in
// their place would never end.
package plainfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// MaxBytes is the size of the largest file that FS opens.
const MaxBytes = 16 << 20

// ErrKind tells that there is something else than a file.
var ErrKind = errors.New("is not a regular file")

// Read returns the content of a file of at most that many bytes. It fails with
// a *fs.PathError, as os.ReadFile does.
func Read(name string, most int64) ([]byte, error) {
	st, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if err := check(name, st, most); err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most))
}

func check(name string, st fs.FileInfo, most int64) error {
	err := ErrKind
	switch {
	case st.Mode().IsRegular() && st.Size() <= most:
		return nil
	case st.Mode().IsRegular():
		err = fmt.Errorf("is larger than %d MiB", most>>20)
	}
	return &fs.PathError{Op: "read", Path: name, Err: err}
}

// FS opens only folders and files of ordinary size.
func FS(dir string) fs.FS { return plain{os.DirFS(dir)} }

type plain struct{ fs.FS }

func (p plain) Open(name string) (fs.File, error) {
	st, err := fs.Stat(p.FS, name)
	if err != nil {
		return nil, err
	}
	if !st.IsDir() {
		if err := check(name, st, MaxBytes); err != nil {
			return nil, err
		}
	}
	return p.FS.Open(name)
}

// Stat implements fs.StatFS, so that something else can be told of.
func (p plain) Stat(name string) (fs.FileInfo, error) { return fs.Stat(p.FS, name) }
