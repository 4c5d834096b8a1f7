package propose_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/propose"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite what testdata expects")

// TestTrees proposes a project file for each tree of testdata; `want` is the
// file, less its first lines and its last. A comment `base DIR` starts below
// the root.
func TestTrees(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no trees", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tree, at := &discover.Tree{FS: fstest.MapFS{}}, -1
			tree.Base = strings.TrimSpace(strings.TrimPrefix(string(a.Comment), "base "))
			for i, f := range a.Files {
				if f.Name == "want" {
					at = i
					continue
				}
				tree.FS.(fstest.MapFS)[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			p, err := propose.For(tree, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := config.Parse(".helmvet.yaml", []byte(p.Text)); err != nil {
				t.Errorf("the proposal does not load: %v\n%s", err, p.Text)
			}
			got := p.Covers() + "\n" + body(p.Text)
			if got == string(a.Files[at].Data) {
				return
			}
			if !*update {
				t.Fatal(cmp.Diff(string(a.Files[at].Data), got))
			}
			a.Files[at].Data = []byte(got)
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// body leaves out what every file says.
func body(text string) string {
	parts := strings.Split(text, "\n\n")
	return strings.Join(parts[1:len(parts)-1], "\n\n") + "\n"
}

func TestNothing(t *testing.T) {
	t.Parallel()
	_, err := propose.For(&discover.Tree{FS: fstest.MapFS{"README.md": {}, "src/main.go": {}, "config.yaml": {Data: []byte("a: 1\n")}}}, nil)
	if !errors.Is(err, propose.ErrNothing) {
		t.Errorf("got %v", err)
	}
}
