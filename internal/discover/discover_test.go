package discover_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite what testdata expects")

// TestTrees looks for releases in the trees of testdata. The comment of each
// names what is done: `manifests`, `helmfile FILE`, `pattern PATTERN
// [platform ...]`, or `origin URL` before them. The file `want` is the outcome.
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
			tree, want := treeOf(a)
			got := &strings.Builder{}
			for line := range strings.Lines(string(a.Comment)) {
				act(t, tree, strings.Fields(line), got)
			}
			if got.String() == want {
				return
			}
			if !*update {
				t.Fatal(cmp.Diff(want, got.String()))
			}
			for i := range a.Files {
				if a.Files[i].Name == "want" {
					a.Files[i].Data = []byte(got.String())
				}
			}
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func treeOf(a *txtar.Archive) (*discover.Tree, string) {
	fsys, want := fstest.MapFS{}, ""
	for _, f := range a.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return &discover.Tree{FS: fsys}, want
}

func act(t *testing.T, tree *discover.Tree, words []string, out *strings.Builder) {
	var found []discover.Release
	var notes []discover.Note
	var err error
	switch {
	case len(words) == 0 || words[0] == "#":
		return
	case words[0] == "origin":
		tree.Origins = words[1:]
		return
	case words[0] == "manifests":
		var files []string
		if files, err = tree.Glob("**/*.yaml"); err == nil {
			found, notes, err = discover.Manifests(tree, files)
		}
	case words[0] == "helmfile":
		found, notes, err = discover.Helmfiles(tree, words[1])
	case words[0] == "pattern":
		var l *discover.Layout
		if l, err = discover.ParseLayout(words[1]); err == nil {
			found, notes, err = l.Releases(tree, discover.LayoutOptions{Platforms: words[2:], Span: lint.Span{File: ".helmvet.yaml", Line: 1, Column: 1}})
		}
	default:
		t.Fatalf("unknown act %q", words)
	}
	fmt.Fprintf(out, "> %s\n", strings.Join(words, " "))
	if err != nil {
		fmt.Fprintf(out, "error: %s\n", err)
		return
	}
	for i := range found {
		describe(t, tree, &found[i], out)
	}
	for _, n := range notes {
		fmt.Fprintf(out, "note %s\n", n)
	}
}

func describe(t *testing.T, tree *discover.Tree, r *discover.Release, out *strings.Builder) {
	fmt.Fprintf(out, "%s %s", r.Tool, r.Name)
	for _, kv := range [][2]string{
		{"in", r.Namespace}, {"on", r.Location}, {"chart", r.Chart.Name}, {"version", r.Chart.Version}, {"from", r.Chart.Path},
		{"at", place(r.Span)},
	} {
		if kv[1] != "" {
			fmt.Fprintf(out, " %s %s", kv[0], kv[1])
		}
	}
	out.WriteString("\n")
	for _, l := range r.Layers {
		switch {
		case l.File != "":
			fmt.Fprintf(out, "  file %s\n", l.File)
		case l.Root != nil:
			fmt.Fprintf(out, "  mapping %s\n", place(l.Root.Span))
		case l.Text != nil:
			fmt.Fprintf(out, "  text %s\n", place(l.Text.Span))
		default:
			fmt.Fprintf(out, "  %s %s at %s\n", l.Kind.Flag(), l.Arg, place(l.Value.Span))
		}
	}
	loader := values.Loader{Read: func(name string) ([]byte, error) { return fs.ReadFile(tree.FS, name) }}
	v, problems, err := loader.Sources(r.Layers)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		fmt.Fprintf(out, "  problem %s %s\n", place(p.Span), p.Message)
	}
	raw, err := json.Marshal(v.Root.Any())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(out, "  values %s\n", raw)
	eachLeaf(v.Root, nil, func(p lint.Path, n *values.Node) {
		fmt.Fprintf(out, "    %s %s\n", p, place(n.Span))
	})
	for _, p := range r.Secrets {
		fmt.Fprintf(out, "  secret %s\n", p)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(out, "  note %s\n", n)
	}
}

func eachLeaf(n *values.Node, at lint.Path, f func(lint.Path, *values.Node)) {
	switch n.Kind {
	case values.Map:
		for _, field := range n.Fields {
			eachLeaf(field.Value, at.Key(field.Key), f)
		}
	case values.List:
		for i, it := range n.Items {
			eachLeaf(it, at.Index(i), f)
		}
	default:
		f(at, n)
	}
}

func place(s lint.Span) string {
	if s.IsZero() {
		return s.File
	}
	return fmt.Sprintf("%s:%d:%d", s.File, s.Line, s.Column)
}
