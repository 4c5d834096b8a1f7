package packtest

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
)

var (
	exampleScope = lazyregexp.New(`(?m)^# scope: (\S+)`)
	factID       = lazyregexp.New(`^[A-Z][A-Z0-9]*-[0-9]+`)
	wantTail     = lazyregexp.New(`# want ([^\n#]+)$`)
	wantAt       = lazyregexp.New(`^# want-at (\d+) (\S+)`)
)

// Runner lints examples with some packs, which are compiled once.
type Runner struct{ linter *linter.Linter }

// New returns a runner that chooses from the packs of users and those that are
// built in.
func New(own []*pack.Pack) *Runner {
	return &Runner{linter.New(append(slices.Clone(pack.Builtins()), own...), nil)}
}

// Linter returns a linter that reads from memory.
func (r *Runner) Linter(files map[string]string) *linter.Linter {
	return r.linter.With(func(name string) ([]byte, error) {
		if s, ok := files[name]; ok {
			return []byte(s), nil
		}
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	})
}

// Problem is a test that fails, where it stands and why.
type Problem struct {
	File    string // txtar or Rego file, from the folder of the pack
	Name    string // of the example or test in it
	Message string
}

func (p Problem) String() string {
	if p.Name == "" {
		return p.File + ": " + p.Message
	}
	return p.File + ": " + p.Name + ": " + p.Message
}

// ExampleOf is the fragment of an example of the pack.
func ExampleOf(p *pack.Pack, e lint.Example) Fragment {
	f := Fragment{Text: e.Text, Packs: []string{p.Name}}
	if len(p.Charts) > 0 {
		f.Chart = p.Charts[0]
	}
	f.Scope = ScopeOf(e.Text)
	return f
}

// ScopeOf is the scope that a fragment names in a line `# scope: NAME`, "" when
// there is none.
func ScopeOf(text string) string {
	if m := exampleScope.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// Outcome is what the examples of a rule came to.
type Outcome struct {
	Good, Bad int
	Spoke     bool // the rule, on some bad example
	Problems  []Problem
}

// Rule runs the good and the bad examples of a rule of the pack: a bad one has
// to give a finding of the rule, on the lines marked with `# want RULE` if there
// are any, a good one must give none. An example that is named after a fact of
// the pack has to cite it, or not. The rules that every schema brings along need
// no examples.
func (r *Runner) Rule(ctx context.Context, p *pack.Pack, rule lint.Rule) Outcome {
	var out Outcome
	file := examplesFile(rule)
	for _, e := range rule.Examples {
		if e.Kind == "good" {
			out.Good++
		} else {
			out.Bad++
		}
		msgs, spoke := r.example(ctx, p, rule.ID, e)
		out.Spoke = out.Spoke || spoke && e.Kind == "bad"
		for _, msg := range msgs {
			out.Problems = append(out.Problems, Problem{file, e.Kind + "/" + e.Name, msg})
		}
	}
	if (out.Good == 0 || out.Bad == 0) && (out.Good+out.Bad > 0 || !cuecheck.Generic(rule.ID)) {
		out.Problems = append(out.Problems, Problem{file, "", fmt.Sprintf("rule %s needs a good and a bad example; add -- good/NAME.yaml -- and -- bad/NAME.yaml --", rule.ID)})
	}
	return out
}

func examplesFile(r lint.Rule) string {
	_, short, _ := strings.Cut(r.ID, "/")
	if r.Engine == "cue" {
		return path.Join("examples", short+".txtar")
	}
	return path.Join(short, "examples.txtar")
}

// Example runs one example and returns what is wrong.
func (r *Runner) Example(ctx context.Context, p *pack.Pack, rule string, e lint.Example) []string {
	msgs, _ := r.example(ctx, p, rule, e)
	return msgs
}

func (r *Runner) example(ctx context.Context, p *pack.Pack, rule string, e lint.Example) (msgs []string, spoke bool) {
	files, run, err := ExampleOf(p, e).Build()
	if err != nil {
		return []string{err.Error()}, false
	}
	out, err := r.Linter(files).Lint(ctx, run)
	if err != nil {
		return []string{err.Error()}, false
	}
	all := out.Report.Findings
	got := slices.DeleteFunc(slices.Clone(all), func(x lint.Finding) bool { return x.Rule != rule })
	spoke = len(got) > 0
	fact := factOf(p, e.Name)
	if e.Kind == "good" {
		switch hit := citing(all, fact); {
		case fact != "" && len(hit) > 0:
			return []string{fmt.Sprintf("a good example of %s is not silent\n%s", fact, Listing(hit))}, spoke
		case fact == "" && len(got) > 0:
			return []string{"a good example is not silent\n" + Listing(got)}, spoke
		}
		return nil, spoke
	}
	if len(got) == 0 {
		return []string{fmt.Sprintf("the bad example gives no finding of %s; all findings:\n%s", rule, cmp.Or(Listing(all), "    none\n"))}, spoke
	}
	var bad []string
	if fact != "" && len(citing(all, fact)) == 0 {
		bad = append(bad, fmt.Sprintf("no finding cites %s\n%s", fact, Listing(all)))
	}
	wants, err := wantsOf(files)
	if err != nil {
		return append(bad, err.Error()), spoke
	}
	for _, w := range wants {
		if !slices.ContainsFunc(all, func(x lint.Finding) bool {
			return x.Rule == w.rule && x.Span.File == w.file && x.Span.Line == w.line
		}) {
			bad = append(bad, fmt.Sprintf("want %s at %s:%d; findings:\n%s", w.rule, w.file, w.line, Listing(all)))
		}
	}
	if len(wants) > 0 {
		for _, x := range got {
			if !slices.Contains(wants, want{x.Span.File, x.Span.Line, x.Rule}) {
				bad = append(bad, "unexpected finding\n"+Listing([]lint.Finding{x}))
			}
		}
	}
	return bad, spoke
}

// factOf is the fact that an example is named after, of those that the pack has.
func factOf(p *pack.Pack, name string) string {
	id := factID.FindString(name)
	if id == "" {
		return ""
	}
	facts, err := p.Facts()
	if err != nil || !slices.ContainsFunc(facts, func(f pack.Fact) bool {
		return f.ID == id || strings.HasPrefix(f.ID, id[:strings.IndexByte(id, '-')+1])
	}) {
		return ""
	}
	return id
}

func citing(fs []lint.Finding, fact string) []lint.Finding {
	return slices.DeleteFunc(slices.Clone(fs), func(f lint.Finding) bool { return !slices.Contains(f.Facts, fact) })
}

// Listing shows findings, one a line.
func Listing(fs []lint.Finding) string {
	var b strings.Builder
	for _, f := range fs {
		fmt.Fprintf(&b, "    %s:%d:%d: %s: %s [%s]", f.Span.File, f.Span.Line, f.Span.Column, f.Severity, f.Message, f.Rule)
		if len(f.Facts) > 0 {
			fmt.Fprintf(&b, " %v", f.Facts)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

type want struct {
	file string
	line int
	rule string
}

// wantsOf reads the expectations: `# want RULE` at the end of the line, or
// `# want-at LINE RULE` where a comment would change the file.
func wantsOf(files map[string]string) ([]want, error) {
	var out []want
	for name, text := range files {
		for i, line := range strings.Split(text, "\n") {
			if m := wantAt.FindStringSubmatch(line); m != nil {
				n, err := strconv.Atoi(m[1])
				if err != nil {
					return nil, fmt.Errorf("%s:%d: %q names no line", name, i+1, line)
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
	return out, nil
}
