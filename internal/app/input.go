package app

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// stdinName is what standard input is called in findings.
const stdinName = "-"

// reader reads files for the linter: regular files up to a limit, and standard
// input once.
type reader struct {
	limit int64
	stdin func() ([]byte, error)
	over  map[string][]byte // texts in place of files, by real name
}

func newReader(in io.Reader, limit int) *reader {
	r := &reader{limit: int64(limit)}
	r.stdin = sync.OnceValues(func() ([]byte, error) { return r.readAll(stdinName, in) })
	return r
}

// read returns the content of a file; "-" is standard input. Errors name the
// file and what to do.
func (r *reader) read(name string) ([]byte, error) {
	if len(r.over) > 0 {
		if data, ok := r.over[realName(name)]; ok {
			return data, nil
		}
	}
	if name == stdinName {
		return r.stdin()
	}
	st, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: no such file", name)
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("%s: no permission to read it", name)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	case st.IsDir():
		return nil, fmt.Errorf("%s: is a directory; name a values file", name)
	case !st.Mode().IsRegular():
		return nil, fmt.Errorf("%s: is not a regular file (%s); to lint a stream, pipe it into `helmvet lint -`", name, kindOf(st.Mode()))
	case st.Size() > r.limit:
		return nil, tooLarge(name, r.limit)
	}
	f, err := os.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return nil, fmt.Errorf("%s: no permission to read it", name)
		}
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	defer f.Close()
	return r.readAll(name, f)
}

func (r *reader) readAll(name string, in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, r.limit+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	if int64(len(data)) > r.limit {
		return nil, tooLarge(name, r.limit)
	}
	return data, nil
}

func tooLarge(name string, limit int64) error {
	return fmt.Errorf("%s: is larger than %d MiB; Helm stores a release in a Secret of at most 1 MiB, so these are hardly values", name, limit>>20)
}

func kindOf(m fs.FileMode) string {
	switch {
	case m&fs.ModeNamedPipe != 0:
		return "a FIFO"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return m.Type().String()
}

// cause strips the path that os errors repeat.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// walkYAML calls f for every YAML file below dir in a stable order. Hidden
// folders, vendored charts and the templates of charts are left out, for they
// hold no values of the user's.
func walkYAML(dir string, f func(name string) error) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrPermission) {
				return fmt.Errorf("%s: no permission to read it", name)
			}
			return fmt.Errorf("%s: %w", name, cause(err))
		}
		base := d.Name()
		if d.IsDir() {
			if name == dir {
				return nil
			}
			if base[0] == '.' || base == "node_modules" {
				return filepath.SkipDir
			}
			if (base == "templates" || base == "charts") && isChart(filepath.Dir(name)) {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() && d.Type()&fs.ModeSymlink == 0 {
			return nil
		}
		switch filepath.Ext(base) {
		case ".yaml", ".yml":
			return f(name)
		}
		return nil
	})
}

func isChart(dir string) bool {
	st, err := os.Stat(filepath.Join(dir, "Chart.yaml"))
	return err == nil && st.Mode().IsRegular()
}
