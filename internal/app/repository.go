package app

import (
	"os"
	"path/filepath"
	"strings"
)

// repository names files as their repository does, whatever the working
// directory is.
type repository struct {
	root, wd string // "" when there is none
}

// newRepository finds the repository of a folder: the one that the CI system
// checked out, or the nearest folder above with a .git.
func newRepository(dir string) repository {
	wd, err := filepath.Abs(dir)
	if err != nil {
		return repository{}
	}
	if real, err := filepath.EvalSymlinks(wd); err == nil {
		wd = real
	}
	for up := wd; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, ".git")); err == nil {
			return repository{up, wd}
		}
		if filepath.Dir(up) == up {
			return repository{"", wd}
		}
	}
}

// name returns the path of a file from the root of the repository; of a file
// outside, its absolute path. What is no file keeps its name.
func (r repository) name(file string) string {
	if file == "" || file == "-" || strings.HasPrefix(file, "--") {
		return file
	}
	if r.root == "" {
		return filepath.Clean(file)
	}
	full := file
	if !filepath.IsAbs(full) {
		full = filepath.Join(r.wd, file)
	}
	rel, err := filepath.Rel(r.root, full)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return full
	}
	return rel
}
