// Package revision reads the files of a revision of the git repository at hand.
// It runs git only to read objects: no hook, no filter and no network.
package revision

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/helmvet/helmvet/internal/scratch"
)

// Limits of what is read of a revision. Files that are larger hold no values.
const (
	maxFile  = 16 << 20
	maxTotal = 1 << 30
)

// Tree is a revision whose files were written to a temporary folder.
type Tree struct {
	Revision string // as the user named it
	Root     string // where the repository's top is
	Base     string // the counterpart of the folder that Open was given

	made string // Root as it was made
}

// Open writes the files of a revision of the repository that holds dir into a
// new temporary folder, which Close removes. It fails when git is not
// installed, dir lies in no repository, or the revision is not known.
func Open(ctx context.Context, dir, revision string) (tree *Tree, err error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, fmt.Errorf("git:%s: git is not installed; give files or a folder instead", revision)
	}
	g := &git{dir: dir}
	prefix, err := g.line(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		return nil, fmt.Errorf("git:%s: this folder is in no git repository (%w); run helmvet inside one, or give files or a folder", revision, err)
	}
	commit := ""
	if revision != "" && !strings.HasPrefix(revision, "-") {
		commit, _ = g.line(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	}
	if commit == "" {
		return nil, fmt.Errorf("git:%s: git knows no revision %q here; `git branch -a` and `git tag` list the names, and `git fetch` gets those of others", revision, revision)
	}
	root, err := scratch.Dir("helmvet-")
	if err != nil {
		return nil, err
	}
	made := root
	if root, err = filepath.EvalSymlinks(root); err != nil {
		scratch.RemoveDir(made)
		return nil, err
	}
	tree = &Tree{made: made, Revision: revision, Root: root, Base: filepath.Join(root, filepath.FromSlash(prefix))}
	defer func() {
		if err != nil {
			tree.Close()
			tree, err = nil, fmt.Errorf("git:%s: %w", revision, err)
		}
	}()
	if err := os.MkdirAll(tree.Base, 0o700); err != nil {
		return nil, err
	}
	return tree, g.extract(ctx, commit, root)
}

// Close removes the files.
func (t *Tree) Close() { scratch.RemoveDir(t.made) }

// Name returns what output calls a file of the tree: git:REVISION:PATH, with
// the path as seen from the folder that Open was given. ok is false for other
// files.
func (t *Tree) Name(file string) (name string, ok bool) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return file, false
	}
	if abs != t.Root && !strings.HasPrefix(abs, t.Root+string(filepath.Separator)) {
		return file, false
	}
	rel, err := filepath.Rel(t.Base, abs)
	if err != nil {
		return file, false
	}
	return "git:" + t.Revision + ":" + filepath.ToSlash(rel), true
}

type git struct{ dir string }

func (g *git) command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, "git", append([]string{"--no-pager", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never"}, args...)...)
	c.Dir = g.dir
	c.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "LC_ALL=C")
	return c
}

// output runs git. The error is the last line that it said.
func (g *git) output(ctx context.Context, args ...string) ([]byte, error) {
	var said bytes.Buffer
	c := g.command(ctx, args...)
	c.Stderr = &said
	out, err := c.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		lines := strings.Split(strings.TrimSpace(said.String()), "\n")
		if last := strings.TrimPrefix(lines[len(lines)-1], "fatal: "); last != "" {
			return nil, errors.New(last)
		}
		return nil, err
	}
	return out, nil
}

func (g *git) line(ctx context.Context, args ...string) (string, error) {
	out, err := g.output(ctx, args...)
	return strings.TrimRight(string(out), "\r\n"), err
}

// entry is a file of a tree.
type entry struct {
	object, path string
	size         int64
	link         bool
}

// extract writes the files of a commit below root.
func (g *git) extract(ctx context.Context, commit, root string) error {
	out, err := g.output(ctx, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
	if err != nil {
		return err
	}
	var entries []entry
	var total int64
	for line := range bytes.SplitSeq(out, []byte{0}) {
		about, name, ok := strings.Cut(string(line), "\t")
		f := strings.Fields(about) // mode, type, object, size
		if !ok || len(f) != 4 || f[1] != "blob" || !filepath.IsLocal(filepath.FromSlash(name)) || strings.EqualFold(strings.SplitN(name, "/", 2)[0], ".git") {
			continue // a submodule, or what no file system takes
		}
		size, err := strconv.ParseInt(f[3], 10, 64)
		if err != nil || size > maxFile {
			continue
		}
		total += size
		entries = append(entries, entry{f[2], name, size, f[0] == "120000"})
	}
	if total > maxTotal {
		return fmt.Errorf("the revision holds more than %d MiB of files, too many to look for values; give a folder that was checked out", maxTotal>>20)
	}
	if err := g.blobs(ctx, entries, root); err != nil {
		return err
	}
	return g.remotes(ctx, root)
}

// blobs reads the content of files and writes them.
func (g *git) blobs(ctx context.Context, entries []entry, root string) error {
	c := g.command(ctx, "cat-file", "--batch")
	in, err := c.StdinPipe()
	if err != nil {
		return err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	go func() {
		w := bufio.NewWriter(in)
		for _, e := range entries {
			fmt.Fprintln(w, e.object)
		}
		w.Flush()
		in.Close()
	}()
	err = write(bufio.NewReaderSize(out, 1<<16), entries, root)
	if err != nil {
		_ = c.Process.Kill()
	}
	if waited := c.Wait(); err == nil && waited != nil {
		err = waited
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func write(r *bufio.Reader, entries []entry, root string) error {
	var links []func() error
	for _, e := range entries {
		head, err := r.ReadString('\n')
		if err != nil {
			return fmt.Errorf("%s: git stopped while reading it", e.path)
		}
		f := strings.Fields(head) // object, type, size
		if len(f) != 3 || f[1] != "blob" {
			return fmt.Errorf("%s: git has no content of it here (%s); fetch the revision with its files", e.path, strings.TrimSpace(head))
		}
		data := make([]byte, e.size)
		if _, err := io.ReadFull(r, data); err != nil {
			return fmt.Errorf("%s: git stopped while reading it", e.path)
		}
		if _, err := r.Discard(1); err != nil {
			return err
		}
		name := filepath.Join(root, filepath.FromSlash(e.path))
		if e.link {
			to := path.Join(path.Dir(e.path), string(data))
			if path.IsAbs(string(data)) || !filepath.IsLocal(filepath.FromSlash(to)) {
				continue // leads out of the repository
			}
			links = append(links, func() error { return os.Symlink(filepath.FromSlash(string(data)), name) })
			if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
				return err
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			return err
		}
	}
	for _, link := range links { // last, so that no file is written through one
		if err := link(); err != nil {
			return err
		}
	}
	return nil
}

// remotes notes where the repository comes from, as a repository does: tools
// that deploy from it name it by its address.
func (g *git) remotes(ctx context.Context, root string) error {
	if err := os.Mkdir(filepath.Join(root, ".git"), 0o700); err != nil {
		return err
	}
	var b strings.Builder
	out, _ := g.output(ctx, "config", "--get-regexp", `^remote\..*\.url$`) // without remotes git fails
	for line := range strings.Lines(string(out)) {
		if _, url, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			fmt.Fprintf(&b, "\turl = %s\n", url)
		}
	}
	return os.WriteFile(filepath.Join(root, ".git", "config"), []byte(b.String()), 0o600)
}
