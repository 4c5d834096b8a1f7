package discover

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/plainfile"
)

// Open returns the tree of the repository that holds a folder: from the nearest
// folder above with a .git, or else the folder itself. It fails when the folder
// cannot be found.
func Open(dir string) (*Tree, string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, "", err
	}
	root := dir
	for up := dir; ; up = filepath.Dir(up) {
		_, err := os.Stat(filepath.Join(up, ".git"))
		if err == nil {
			root = up
			break
		}
		if !errors.Is(err, fs.ErrNotExist) || up == filepath.Dir(up) {
			break
		}
	}
	base, err := filepath.Rel(root, dir)
	if err != nil {
		return nil, "", err
	}
	return &Tree{FS: os.DirFS(root), Base: filepath.ToSlash(base), Origins: origins(root)}, root, nil
}

var remoteURL = lazyregexp.New(`(?m)^\s*url\s*=\s*(\S+)\s*$`)

// origins are the addresses of a repository's remotes, as far as its
// configuration is a plain file.
func origins(root string) []string {
	data, err := plainfile.Read(filepath.Join(root, ".git", "config"), plainfile.MaxBytes)
	if err != nil {
		return nil
	}
	var out []string
	for _, m := range remoteURL.FindAllStringSubmatch(string(data), -1) {
		out = append(out, strings.Trim(m[1], `"`))
	}
	return out
}
