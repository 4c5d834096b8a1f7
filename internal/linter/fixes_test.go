package linter_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
)

// mended is a fragment after its fixes.
type mended struct {
	*fix.Result
	before []lint.Finding
	files  map[string]string
}

// mend makes the fixes of a fragment in memory.
func (f fragment) mend(t *testing.T, over map[string][]byte, unsafe bool) mended {
	t.Helper()
	files, _ := f.run(t)
	judge := func(ctx context.Context, over map[string][]byte) ([]lint.Finding, error) {
		g := f
		if text, ok := over["fragment.yaml"]; ok && files["fragment.yaml"] == f.text {
			g.text = string(text)
		}
		files, run := g.run(t)
		for name, text := range over {
			files[name] = string(text)
		}
		out, err := newLinter(files).Lint(ctx, run)
		if err != nil {
			return nil, err
		}
		return out.Report.Findings, nil
	}
	before, err := judge(t.Context(), over)
	if err != nil {
		t.Fatal(err)
	}
	res, err := fix.Run(t.Context(), fix.Job{
		Findings: before, Unsafe: unsafe,
		Key:      func(name string) string { return name },
		Editable: func(name string) bool { _, ok := files[name]; return ok },
		Read: func(name string) ([]byte, error) {
			if text, ok := over[name]; ok {
				return text, nil
			}
			return []byte(files[name]), nil
		},
		Lint: func(ctx context.Context, more map[string][]byte) ([]lint.Finding, error) {
			all := maps.Clone(over)
			if all == nil {
				all = map[string][]byte{}
			}
			maps.Copy(all, more)
			return judge(ctx, all)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return mended{res, before, files}
}

// TestExamplesFixed makes the fixes of every bad example of the built-in packs:
// what has a safe fix is gone afterwards, nothing else has come, no byte outside
// the edited lines has changed, and there is nothing left to fix.
func TestExamplesFixed(t *testing.T) {
	t.Parallel()
	catalog, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range catalog.Rules {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			name, _, _ := strings.Cut(r.ID, "/")
			for _, e := range r.Examples {
				f := fragment{text: e.Text}
				if name != pack.Core {
					f.packs = []string{name}
				}
				if m := exampleScope.FindStringSubmatch(e.Text); m != nil {
					f.scope = m[1]
				}
				for _, unsafe := range []bool{false, true} {
					t.Run(fmt.Sprintf("%s/%s/unsafe=%t", e.Kind, e.Name, unsafe), func(t *testing.T) { checkMended(t, f, unsafe) })
				}
			}
		})
	}
}

func checkMended(t *testing.T, f fragment, unsafe bool) {
	t.Helper()
	m := f.mend(t, nil, unsafe)
	for _, r := range m.Refused {
		if !r.Finding.Fix.Unsafe {
			t.Errorf("a safe fix was taken back: %s\n%s", r.Why, listing([]lint.Finding{r.Finding}))
		}
	}
	for _, x := range m.Findings {
		if x.Fix != nil && !x.Fix.Unsafe {
			t.Errorf("a finding with a safe fix is left\n%s", listing([]lint.Finding{x}))
		}
	}
	if len(m.Revealed) == 0 {
		more := more(m.before, m.Result.Findings)
		if unsafe { // may say what is worth knowing of a value that counts now
			more = slices.DeleteFunc(more, func(f lint.Finding) bool { return f.Severity == lint.Info })
		}
		if len(more) > 0 {
			t.Errorf("new findings\n%s\nbefore\n%s", listing(more), listing(m.before))
		}
	}
	if len(m.Files) == 0 {
		return
	}
	over := map[string][]byte{}
	for _, file := range m.Files {
		over[file.Name] = file.After
		if bytes.Count(file.Before, []byte("#")) > bytes.Count(file.After, []byte("#"))+len(m.Made) {
			t.Errorf("comments are lost\n%s", fix.Diff(file.Name, file.Before, file.After))
		}
	}
	if again := f.mend(t, over, unsafe); len(again.Files) > 0 {
		t.Errorf("fixing again changes\n%s", fix.Diff(again.Files[0].Name, again.Files[0].Before, again.Files[0].After))
	}
}

// more lists findings whose rule speaks more often than before.
func more(before, after []lint.Finding) []lint.Finding {
	n := map[string]int{}
	for _, f := range before {
		n[f.Rule+"\n"+f.Release+"\n"+f.Location]++
	}
	return slices.DeleteFunc(slices.Clone(after), func(f lint.Finding) bool {
		n[f.Rule+"\n"+f.Release+"\n"+f.Location]--
		return n[f.Rule+"\n"+f.Release+"\n"+f.Location] >= 0
	})
}
