// Package scratch makes files and folders that are gone when the run ends,
// however it ends, unless they are put in their place as a whole.
package scratch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Everything goes through one lock, and Discard keeps it: after that nothing
// is made and nothing is put in its place any more.
var (
	mu   sync.Mutex
	left = map[string]bool{} // what there is by now
)

// File is a file that nobody knows yet. It has to be closed by Remove.
type File struct {
	*os.File
}

// New makes an empty file in a folder, the one where it is to be put in place.
func New(dir string) (*File, error) {
	mu.Lock()
	defer mu.Unlock()
	f, err := os.CreateTemp(dir, ".helmvet-*")
	if err != nil {
		return nil, err
	}
	left[f.Name()] = true
	return &File{f}, nil
}

// Replace closes the file and puts it in the place of another, in one step:
// whoever reads it meanwhile sees the old text or the new one.
func (f *File) Replace(name string) error {
	return f.place(func() error { return os.Rename(f.Name(), name) })
}

// Put closes the file and puts it in its place. It fails with fs.ErrExist when
// there is a file already.
func (f *File) Put(name string) error {
	return f.place(func() error {
		err := os.Link(f.Name(), name)
		if err == nil || errors.Is(err, fs.ErrExist) {
			return err
		}
		// Not all file systems have hard links.
		if _, err := os.Lstat(name); err == nil {
			return &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
		}
		return os.Rename(f.Name(), name)
	})
}

func (f *File) place(move func() error) error {
	if err := f.Close(); err != nil {
		return err
	}
	mu.Lock()
	defer mu.Unlock()
	return move()
}

// Remove closes and deletes the file. After Replace nothing is left to do.
func (f *File) Remove() {
	_ = f.Close() // it may be closed already
	remove(f.Name())
}

// Dir makes an empty folder among the temporary ones of the system.
func Dir(pattern string) (string, error) {
	mu.Lock()
	defer mu.Unlock()
	name, err := os.MkdirTemp("", pattern)
	if err == nil {
		left[name] = true
	}
	return name, err
}

// RemoveDir deletes a folder that Dir made, with all that is in it.
func RemoveDir(name string) { remove(name) }

func remove(name string) {
	mu.Lock()
	defer mu.Unlock()
	if left[name] {
		_ = os.RemoveAll(name)
		delete(left, name)
	}
}

// Discard deletes all that is left. The process has to end after it: whoever
// wants to write then waits forever.
func Discard() {
	mu.Lock() // for good
	for name := range left {
		_ = os.RemoveAll(name)
	}
}

// Write replaces the text of a file, or makes the file, in one step. It keeps
// the mode of the file; through a symbolic link, the file that it leads to is
// replaced. What is no regular file, such as a pipe, is written to directly.
func Write(name string, data []byte) error {
	mode := fs.FileMode(0o644)
	if st, err := os.Stat(name); err == nil {
		if !st.Mode().IsRegular() {
			return os.WriteFile(name, data, mode)
		}
		mode = st.Mode().Perm()
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	f, err := filled(name, data, mode)
	if err != nil {
		return err
	}
	defer f.Remove()
	return f.Replace(name)
}

// Create makes a file with a text, in one step. It fails with fs.ErrExist when
// there is one already.
func Create(name string, data []byte) error {
	f, err := filled(name, data, 0o644)
	if err != nil {
		return err
	}
	defer f.Remove()
	return f.Put(name)
}

func filled(name string, data []byte, mode fs.FileMode) (*File, error) {
	f, err := New(filepath.Dir(name))
	if err != nil {
		return nil, err
	}
	if _, err = f.Write(data); err == nil {
		err = f.Chmod(mode)
	}
	if err != nil {
		f.Remove()
		return nil, err
	}
	return f, nil
}
