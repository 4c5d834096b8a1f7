package linter_test

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/helmvet/helmvet/internal/fix"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/packtest"
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
				f.scope = packtest.ScopeOf(e.Text)
				t.Run(e.Kind+"/"+e.Name, func(t *testing.T) {
					m := checkMended(t, f, false)
					for _, r := range m.Refused {
						t.Errorf("a safe fix was taken back: %s\n%s", r.Why, listing([]lint.Finding{r.Finding}))
					}
					for _, x := range m.Result.Findings {
						if x.Fix != nil && !x.Fix.Unsafe {
							t.Errorf("a finding with a safe fix is left\n%s", listing([]lint.Finding{x}))
						}
					}
					if slices.ContainsFunc(m.before, func(x lint.Finding) bool { return x.Fix != nil && x.Fix.Unsafe }) {
						checkMended(t, f, true)
					}
				})
			}
		})
	}
}

func checkMended(t *testing.T, f fragment, unsafe bool) mended {
	t.Helper()
	m := f.mend(t, nil, unsafe)
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
		return m
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
	return m
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

// TestMistakesFixed makes the fixes of what people do to a tenant's values, one
// mistake at a time, however lines end.
func TestMistakesFixed(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile(wholeTenant)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			i := nthIndex(string(good), m.old, max(m.nth, 1))
			checkText(t, string(good[:i])+m.new+string(good[i+len(m.old):]))
		})
	}
}

// TestCorpusFixed makes the fixes of the vendors' files.
func TestCorpusFixed(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no corpus")
	}
	files, fixed := 0, 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		t.Run(filepath.ToSlash(name), func(t *testing.T) {
			if checkText(t, string(data)) {
				fixed++
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d of them changed", files, fixed)
}

// checkText checks the fixes of one file, and that line ends, a byte order mark
// and UTF-16 make no difference to them. It reports whether anything changed.
func checkText(t *testing.T, text string) bool {
	t.Helper()
	changed := false
	for _, unsafe := range []bool{false, true} {
		m := checkMended(t, fragment{text: text}, unsafe)
		if len(m.Files) == 0 {
			continue
		}
		changed = true
		after := string(m.Files[0].After)
		if strings.Contains(text, "\r") {
			continue
		}
		for name, f := range map[string]func(string) string{
			"CRLF":   func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
			"BOM":    func(s string) string { return "\ufeff" + s },
			"UTF-16": utf16le,
		} {
			n := fragment{text: f(text)}.mend(t, nil, unsafe)
			if len(n.Files) != 1 || string(n.Files[0].After) != f(after) {
				t.Errorf("with %s the fixes differ", name)
			}
		}
	}
	return changed
}

func utf16le(s string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}
