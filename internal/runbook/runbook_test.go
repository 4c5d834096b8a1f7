package runbook_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/helmvet/helmvet/internal/helmcmd"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/runbook"
)

// TestBuiltin reads the runbooks of the built-in packs: their facts exist, and
// their commands are shell.
func TestBuiltin(t *testing.T) {
	t.Parallel()
	catalog, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, p := range pack.Builtins() {
		r, err := runbook.Load(p.PolicyFS)
		if err != nil {
			t.Fatalf("%s: %v", p.Name, err)
		}
		if r == nil {
			continue
		}
		found++
		for _, part := range r.Parts {
			for _, s := range part.Steps {
				if len(s.Facts) == 0 || s.Section == "" {
					t.Errorf("%s: step %s has no facts or section", p.Name, s.ID)
				}
				for _, fact := range s.Facts {
					if !slices.ContainsFunc(catalog.Facts, func(f pack.Fact) bool { return f.ID == fact }) {
						t.Errorf("%s: step %s cites %s, which is no fact", p.Name, s.ID, fact)
					}
				}
				for _, c := range s.Commands {
					if _, err := helmcmd.ParseAll(c); err != nil {
						t.Errorf("%s: step %s: %s: %v", p.Name, s.ID, c, err)
					}
				}
			}
		}
	}
	if found == 0 {
		t.Error("no pack has a runbook")
	}
}

const sample = `
title: Upgrade
document: Guide
parts:
  - title: Always
    steps:
      - {id: a, title: First, why: Because., section: One, commands: ["helm history {release} -n {namespace}"]}
      - {id: b, title: Second, why: Because., section: Two, when: {context: plan.database, is: [derby]}, if: it is Derby}
  - title: Sometimes
    steps:
      - {id: c, title: Third, why: Because., section: Three, text: "To {to}.", when: {kind: Thing}, if: there are things}
`

func load(t *testing.T, text string) *runbook.Runbook {
	t.Helper()
	r, err := runbook.Load(fstest.MapFS{runbook.File: {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	r := load(t, sample)
	got := string(r.Markdown(runbook.Known{Words: map[string]string{"release": "uepe", "to": "4.1.0"}, Complete: true}))
	want := "# Upgrade\n\nRelease uepe to version 4.1.0.\n\n## Always\n\n1. [ ] **First**\n\n   ```sh\n   helm history uepe -n <namespace>\n   ```\n\n   Because. (Guide: One)\n\n2. [ ] **Second**\n\n   Only if it is Derby.\n\n   Because. (Guide: Two)\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	titles := func(k runbook.Known) string {
		var out []string
		for _, m := range regexp.MustCompile(`\*\*(\w+)\*\*(\n\n   Only)?`).FindAllStringSubmatch(string(r.Markdown(k)), -1) {
			if m[2] != "" {
				m[1] += "?"
			}
			out = append(out, m[1])
		}
		return strings.Join(out, " ")
	}
	plan := func(database string) map[string]any {
		return map[string]any{"plan": map[string]any{"database": database}}
	}
	for want, k := range map[string]runbook.Known{
		"First Second? Third?": {},
		"First Second Third?":  {Context: plan("derby"), Kinds: []string{"Thing"}, Complete: true},
		"First Third?":         {Context: plan("other")},
	} {
		if got := titles(k); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestLoadErrors(t *testing.T) {
	t.Parallel()
	if r, err := runbook.Load(fstest.MapFS{}); r != nil || err != nil {
		t.Errorf("a pack without a runbook gives %v, %v", r, err)
	}
	for name, text := range map[string]string{
		"unknown key":    "titel: x\n",
		"twice":          "parts: [{title: x, steps: [{id: a, title: t, why: w}, {id: a, title: t, why: w}]}]\n",
		"no why":         "parts: [{title: x, steps: [{id: a, title: t}]}]\n",
		"no condition":   "parts: [{title: x, steps: [{id: a, title: t, why: w, when: {}, if: x}]}]\n",
		"no words of it": "parts: [{title: x, steps: [{id: a, title: t, why: w, when: {kind: X}}]}]\n",
	} {
		if _, err := runbook.Load(fstest.MapFS{runbook.File: {Data: []byte(text)}}); err == nil || !strings.HasPrefix(err.Error(), runbook.File+": ") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
