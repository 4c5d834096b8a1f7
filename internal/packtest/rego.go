package packtest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/policies"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// sources are the Rego files of a pack by the names that findings of the engine
// give them, tests among them, and those of the library for all packs.
type sources struct {
	own, shared map[string]*ast.Module
	data        map[string]any
}

func readSources(p *pack.Pack) (*sources, error) {
	src, ok := p.Policies()
	if !ok {
		return &sources{}, nil
	}
	s := &sources{own: map[string]*ast.Module{}, shared: map[string]*ast.Module{}}
	var err error
	if s.data, err = regocheck.Data(src); err != nil {
		return nil, err
	}
	var errs []error
	read := func(fsys fs.FS, dir string, into map[string]*ast.Module) {
		errs = append(errs, fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Ext(name) != ".rego" {
				return err
			}
			text, err := fs.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			shown := path.Join(dir, name)
			m, err := ast.ParseModuleWithOpts(shown, string(text), ast.ParserOptions{RegoVersion: ast.RegoV1, ProcessAnnotation: true})
			if err != nil {
				return regocheck.Readable(err)
			}
			if m != nil {
				into[shown] = m
			}
			return nil
		}))
	}
	read(src.FS, src.Folder(), s.own)
	read(policies.Shared(), "policies/lib", s.shared)
	return s, errors.Join(errs...)
}

// RegoTests runs the Rego tests of a pack, as `opa test` does. covered, if there
// is one, is told what they evaluate.
func RegoTests(ctx context.Context, p *pack.Pack, covered *cover.Cover) (ran int, problems []Problem, err error) {
	s, err := readSources(p)
	if err != nil || len(s.own) == 0 {
		return 0, nil, err
	}
	modules := map[string]*ast.Module{}
	for name, m := range s.shared {
		modules[name] = m.Copy()
	}
	for name, m := range s.own {
		modules[name] = m.Copy()
	}
	runner := tester.NewRunner().
		SetStore(inmem.NewFromObject(map[string]any{"policies": map[string]any{p.Name: map[string]any{"data": s.data}}})).
		SetCompiler(ast.NewCompiler().WithStrict(true).WithEnablePrintStatements(true)).
		SetModules(modules).
		SetTimeout(10 * time.Second).
		CapturePrintOutput(true)
	if covered != nil {
		runner.SetCoverageQueryTracer(covered)
	}
	results, err := runner.RunTests(ctx, nil)
	if err != nil {
		return 0, nil, regocheck.Readable(err)
	}
	for r := range results {
		if s.own[r.Location.File] == nil {
			continue
		}
		ran++
		if r.Pass() {
			continue
		}
		msg := "fails"
		if r.Error != nil {
			msg = r.Error.Error()
		}
		if out := strings.TrimSpace(string(r.Output)); out != "" {
			msg += "\n" + out
		}
		problems = append(problems, Problem{fmt.Sprintf("%s:%d", r.Location.File, r.Location.Row), r.Name, msg})
	}
	slices.SortFunc(problems, func(a, b Problem) int { return strings.Compare(a.String(), b.String()) })
	return ran, problems, nil
}

// Gap is Rego that nothing evaluates.
type Gap struct {
	File     string
	From, To int
}

func (g Gap) String() string {
	if g.From == g.To {
		return fmt.Sprintf("%s:%d", g.File, g.From)
	}
	return fmt.Sprintf("%s:%d-%d", g.File, g.From, g.To)
}

// coverage is how much of the rules' Rego was evaluated, in percent, and what
// was not.
func coverage(p *pack.Pack, covered *cover.Cover) (percent float64, gaps []Gap, err error) {
	s, err := readSources(p)
	if err != nil {
		return 0, nil, err
	}
	modules := map[string]*ast.Module{}
	for name, m := range s.own {
		if !strings.HasSuffix(name, "_test.rego") {
			modules[name] = m
		}
	}
	if len(modules) == 0 {
		return 100, nil, nil
	}
	report := covered.Report(modules)
	lines, of := 0, 0
	for name, f := range report.Files {
		lines += f.CoveredLines
		of += f.CoveredLines + f.NotCoveredLines
		for _, r := range f.NotCovered {
			gaps = append(gaps, Gap{name, r.Start.Row, r.End.Row})
		}
	}
	slices.SortFunc(gaps, func(a, b Gap) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.From - b.From
	})
	if of == 0 {
		return 100, nil, nil
	}
	return 100 * float64(lines) / float64(of), gaps, nil
}
