package revision_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/revision"
)

// repository makes one with a commit that is no longer checked out.
func repository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		c.Dir = dir
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git("init", "-q", "-b", "main")
	git("remote", "add", "origin", "https://git.example.com/voice.git")
	write("envs/values.yaml", "a: 1\n")
	write("envs/ünusual name.yaml", "b: 1\n")
	// What rewrites files when they are checked out must not run.
	write(".gitattributes", "*.yaml filter=bad eol=crlf export-ignore\n")
	if err := os.Symlink("values.yaml", filepath.Join(dir, "envs/link.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../outside", filepath.Join(dir, "envs/out.yaml")); err != nil {
		t.Fatal(err)
	}
	git("add", "-A")
	git("commit", "-qm", "one")
	git("tag", "v1")
	git("config", "filter.bad.smudge", "touch "+filepath.Join(dir, "smudged"))
	write("envs/values.yaml", "a: 2\n")
	git("-c", "filter.bad.smudge=", "commit", "-qam", "two")
	return dir
}

func TestOpen(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	tree, err := revision.Open(t.Context(), filepath.Join(dir, "envs"), "v1")
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(tree.Base, name))
		if err != nil {
			return err.Error()
		}
		return string(data)
	}
	if read("values.yaml") != "a: 1\n" || read("link.yaml") != "a: 1\n" || read("ünusual name.yaml") != "b: 1\n" {
		t.Errorf("%q %q %q", read("values.yaml"), read("link.yaml"), read("ünusual name.yaml"))
	}
	if _, err := os.Lstat(filepath.Join(tree.Base, "out.yaml")); err == nil {
		t.Error("a link that leads out of the repository was made")
	}
	if _, err := os.Stat(filepath.Join(dir, "smudged")); err == nil {
		t.Error("a filter was run")
	}
	if config, _ := os.ReadFile(filepath.Join(tree.Root, ".git", "config")); !strings.Contains(string(config), "url = https://git.example.com/voice.git") {
		t.Errorf("remotes: %q", config)
	}
	if name, ok := tree.Name(filepath.Join(tree.Base, "values.yaml")); !ok || name != "git:v1:values.yaml" {
		t.Error(name, ok)
	}
	if name, ok := tree.Name(filepath.Join(tree.Root, ".gitattributes")); !ok || name != "git:v1:../.gitattributes" {
		t.Error(name, ok)
	}
	if _, ok := tree.Name("values.yaml"); ok {
		t.Error("a file elsewhere is taken for one of the revision")
	}
	tree.Close()
	if _, err := os.Stat(tree.Root); err == nil {
		t.Error("the files were not removed")
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	for _, rev := range []string{"nowhere", "", "-x", "--all", "v1:envs", "HEAD~9"} {
		if _, err := revision.Open(t.Context(), dir, rev); err == nil || !strings.Contains(err.Error(), "git knows no revision") {
			t.Errorf("%q: %v", rev, err)
		}
	}
	if _, err := revision.Open(t.Context(), t.TempDir(), "main"); err == nil || !strings.Contains(err.Error(), "in no git repository") {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := revision.Open(ctx, dir, "v1"); err == nil {
		t.Error("a run that was stopped goes on")
	}
}
