package linter_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
)

var (
	exampleScope = regexp.MustCompile(`(?m)^# scope: (\S+)`)
	exampleFact  = regexp.MustCompile(`^(TEN|UEP|SUI|K0R)-[0-9]+`)
	wantTail     = regexp.MustCompile(`# want ([^\n#]+)$`)
	wantAt       = regexp.MustCompile(`^# want-at (\d+) (\S+)`)
)

// TestExamples runs the good and bad examples of every rule of the built-in
// packs.
func TestExamples(t *testing.T) {
	t.Parallel()
	catalog, err := pack.NewCatalog(pack.Builtins())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pack.Builtins() {
		for _, r := range catalog.Rules {
			if !strings.HasPrefix(r.ID, p.Name+"/") {
				continue
			}
			t.Run(r.ID, func(t *testing.T) {
				t.Parallel()
				kinds := map[string]int{}
				for _, e := range r.Examples {
					kinds[e.Kind]++
					t.Run(e.Kind+"/"+e.Name, func(t *testing.T) { runExample(t, p, r, e) })
				}
				if kinds["good"] == 0 || kinds["bad"] == 0 {
					t.Errorf("rule %s needs a good and a bad example", r.ID)
				}
			})
		}
	}
}

func runExample(t *testing.T, p *pack.Pack, r lint.Rule, e lint.Example) {
	t.Helper()
	f := fragment{text: e.Text, packs: []string{p.Name}}
	if m := exampleScope.FindStringSubmatch(e.Text); m != nil {
		f.scope = m[1]
	}
	files, run := f.run(t)
	out, err := newLinter(files).Lint(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	got := slices.DeleteFunc(slices.Clone(out.Report.Findings), func(x lint.Finding) bool { return x.Rule != r.ID })
	fact := exampleFact.FindString(e.Name)
	if e.Kind == "good" {
		if fact != "" {
			if hit := citing(out.Report.Findings, fact); len(hit) > 0 {
				t.Errorf("a good example of %s is not silent\n%s", fact, listing(hit))
			}
		} else if len(got) > 0 {
			t.Errorf("a good example is not silent\n%s", listing(got))
		}
		return
	}
	if len(got) == 0 {
		t.Fatalf("the bad example gives no finding of the rule; all findings:\n%s", listing(out.Report.Findings))
	}
	if fact != "" && len(citing(out.Report.Findings, fact)) == 0 {
		t.Errorf("no finding cites %s\n%s", fact, listing(out.Report.Findings))
	}
	wants := wantsOf(files)
	for _, w := range wants {
		if !slices.ContainsFunc(out.Report.Findings, func(x lint.Finding) bool {
			return x.Rule == w.rule && x.Span.File == w.file && x.Span.Line == w.line
		}) {
			t.Errorf("want %s at %s:%d; findings:\n%s", w.rule, w.file, w.line, listing(out.Report.Findings))
		}
	}
	if len(wants) > 0 {
		for _, x := range got {
			if !slices.Contains(wants, want{x.Span.File, x.Span.Line, x.Rule}) {
				t.Errorf("unexpected finding\n%s", listing([]lint.Finding{x}))
			}
		}
	}
}

type want struct {
	file string
	line int
	rule string
}

// wantsOf reads the expectations: `# want RULE` at the end of the line, or
// `# want-at LINE RULE` where a comment would change the file.
func wantsOf(files map[string]string) []want {
	var out []want
	for name, text := range files {
		for i, line := range strings.Split(text, "\n") {
			if m := wantAt.FindStringSubmatch(line); m != nil {
				n, err := strconv.Atoi(m[1])
				if err != nil {
					panic(fmt.Sprintf("%s: %s", name, line))
				}
				out = append(out, want{name, n, m[2]})
				continue
			}
			if m := wantTail.FindStringSubmatch(line); m != nil {
				for rule := range strings.FieldsSeq(m[1]) {
					out = append(out, want{name, i + 1, rule})
				}
			}
		}
	}
	return out
}
