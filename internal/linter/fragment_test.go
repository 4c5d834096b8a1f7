package linter_test

import (
	"slices"
	"testing"

	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/packtest"
)

// fragment is a piece of input as the catalog of facts writes it.
type fragment struct {
	scope string
	text  string
	packs []string
	told  []string // the packs that hear what it tells; packs when empty
}

func (f fragment) run(t testing.TB) (map[string]string, linter.Run) {
	t.Helper()
	of := packtest.Fragment{Scope: f.scope, Text: f.text, Packs: f.packs, Told: f.told, Chart: "tenant"}
	switch {
	case f.scope == "suite":
		of.Packs = []string{suitePack}
	case slices.Equal(f.packs, []string{usageEngine}):
		of.Chart = "usage-engine-private-edition"
		if slices.Contains([]string{"release-context", "upgrade", "manifests", "file"}, f.scope) {
			of.Scope = "plan"
		}
	}
	files, run, err := of.Build()
	if err != nil {
		t.Fatal(err)
	}
	return files, run
}

// shared keeps the compiled packs for all tests of the process.
var shared = packtest.New(nil)

// newLinter returns a linter that reads from memory.
func newLinter(files map[string]string) *linter.Linter { return shared.Linter(files) }
