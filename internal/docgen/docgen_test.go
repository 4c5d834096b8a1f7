package docgen_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/docgen"
	"github.com/helmvet/helmvet/internal/pack"
)

var update = flag.Bool("update", false, "rewrite the generated pages")

const root = "../.."

// TestStalePages fails when the pages under docs do not say what the rules say.
func TestStalePages(t *testing.T) {
	t.Parallel()
	c, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	pages := docgen.Pages(c, pack.Builtins())
	for name, want := range pages {
		file := filepath.Join(root, filepath.FromSlash(name))
		got, err := os.ReadFile(file)
		if err == nil && string(got) == want {
			continue
		}
		if !*update {
			t.Errorf("%s is stale; run `make docs`", name)
			continue
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	err = filepath.WalkDir(filepath.Join(root, "docs", "rules"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		if _, ok := pages[filepath.ToSlash(rel)]; ok {
			return nil
		}
		if *update {
			return os.Remove(name)
		}
		t.Errorf("%s belongs to no rule; run `make docs`", rel)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryRuleIsExplained fails on a rule whose page would say too little.
func TestEveryRuleIsExplained(t *testing.T) {
	t.Parallel()
	c, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Rules {
		if r.Title == "" || len(strings.Fields(r.Description)) < 5 || r.Remediation == "" || r.Source == nil || r.Source.Document == "" {
			t.Errorf("rule %s lacks a title, a description, a remediation or a source", r.ID)
		}
		kinds := map[string]bool{}
		for _, e := range r.Examples {
			kinds[e.Kind] = true
		}
		if !kinds["good"] || !kinds["bad"] {
			t.Errorf("rule %s lacks a good or a bad example", r.ID)
		}
	}
}
