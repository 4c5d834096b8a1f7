package discover_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/discover"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for name, text := range map[string]string{
		".git/config":   "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@git.example.com:org/fleet.git\n\tfetch = x\n",
		"deep/er/a.yml": "a: 1\n",
		".hidden/b.yml": "b: 1\n",
	} {
		full := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree, at, err := discover.Open(filepath.Join(root, "deep"))
	if err != nil {
		t.Fatal(err)
	}
	if at != root || tree.Base != "deep" {
		t.Errorf("root %s, base %s", at, tree.Base)
	}
	if diff := cmp.Diff([]string{"git@git.example.com:org/fleet.git"}, tree.Origins); diff != "" {
		t.Error(diff)
	}
	files, err := tree.Files()
	if diff := cmp.Diff([]string{"deep/er/a.yml"}, files); diff != "" || err != nil {
		t.Error(diff, err)
	}
	hits, err := tree.Glob("er/*.yml")
	if diff := cmp.Diff([]string{"deep/er/a.yml"}, hits); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, err := tree.Glob("../../x"); err == nil {
		t.Error("a pattern led out of the repository")
	}
}
