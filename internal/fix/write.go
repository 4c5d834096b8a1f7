package fix

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/helmvet/helmvet/internal/scratch"
)

// Write puts the new text into a file in one step: whoever reads it meanwhile
// sees the old text or the new one. The file keeps its mode and, as far as the
// user may say so, its owner. A symbolic link stays one; the file it leads to
// is changed. It fails, and changes nothing, when the file may not be written
// or does not hold the old text any more.
func Write(f File) error {
	name, err := filepath.EvalSymlinks(f.Name)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, cause(err))
	}
	info, err := os.Lstat(name)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", f.Name, cause(err))
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: is not a regular file", f.Name)
	case info.Mode()&0o222 == 0:
		return fmt.Errorf("%s: is read-only; make it writable and run --fix again", f.Name)
	}
	// To replace a file, only its folder has to be writable; that is not enough
	// to be allowed to.
	open, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return fmt.Errorf("%s: no permission to write it", f.Name)
		}
		return fmt.Errorf("%s: %w", f.Name, cause(err))
	}
	open.Close()
	tmp, err := scratch.New(filepath.Dir(name))
	if err != nil {
		return fmt.Errorf("%s: cannot write beside it: %w", f.Name, cause(err))
	}
	defer tmp.Remove()
	if err := fill(tmp.File, f.After, info); err != nil {
		return fmt.Errorf("%s: %w", f.Name, cause(err))
	}
	now, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, cause(err))
	}
	if !bytes.Equal(now, f.Before) {
		return fmt.Errorf("%s: was changed by someone else meanwhile, so it is left as it is; run --fix again", f.Name)
	}
	if err := tmp.Replace(name); err != nil {
		return fmt.Errorf("%s: %w", f.Name, cause(err))
	}
	return nil
}

func fill(tmp *os.File, data []byte, like fs.FileInfo) error {
	if _, err := tmp.Write(data); err != nil {
		return err
	}
	own(tmp, like)
	if err := tmp.Chmod(like.Mode().Perm()); err != nil {
		return err
	}
	return tmp.Sync()
}

// cause strips the path that os errors repeat.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	var le *os.LinkError
	if errors.As(err, &le) {
		return le.Err
	}
	return err
}
