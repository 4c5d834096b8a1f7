package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/docgen"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/packbuild"
	"github.com/helmvet/helmvet/internal/packnew"
	"github.com/helmvet/helmvet/internal/packtest"
	"github.com/spf13/cobra"
)

func newPack(s Streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pack",
		Short: "Write, test and document packs of your own",
		Long: `A pack is a folder with what is to be known of a chart's values: a schema in
CUE, rules in Rego, examples of both. docs/tutorial-pack.md builds one in ten
minutes, docs/architecture.md has every key.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPackNew(s), newPackTest(s), newPackLint(s), newPackDocs(s), newPackBuild(s))
	return cmd
}

func newPackNew(s Streams) *cobra.Command {
	var from string
	cmd := &cobra.Command{
		Use:   "new NAME",
		Short: "Write the first files of a pack",
		Long: `new writes the folder NAME: what a pack needs, a first rule that works, its
tests. With --from-chart, the schema is read off the chart's values.yaml and
values.schema.json: every key with its type and comment. Read it through; a
default shows a type, not all that the chart takes.`,
		Example: `  helmvet pack new acme-shop
  helmvet pack new acme-shop --from-chart charts/shop
  helmvet pack new acme-shop --from-chart shop-1.4.0.tgz`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return packNew(s, args[0], from) },
	}
	cmd.Flags().StringVar(&from, "from-chart", "", "chart whose values the pack judges: a folder, or a .tgz")
	return cmd
}

func packNew(s Streams, dir, from string) error {
	name := filepath.Base(dir)
	if slices.ContainsFunc(pack.Builtins(), func(p *pack.Pack) bool { return p.Name == name }) || pack.IsCoded(name) {
		return fmt.Errorf("pack name %q is taken by a built-in pack; choose another", name)
	}
	var c *chart.Chart
	if from != "" {
		var err error
		if c, err = chart.Load(from); err != nil {
			return err
		}
	}
	files, err := packnew.Files(name, c)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(dir); err == nil {
		return fmt.Errorf("%s: exists already; name another folder, or remove it", dir)
	}
	for _, file := range packnew.Paths(files) {
		if err := writeNew(filepath.Join(dir, filepath.FromSlash(file)), files[file]); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(s.Out, filepath.Join(dir, filepath.FromSlash(file))); err != nil {
			return writeError(err)
		}
	}
	_, err = fmt.Fprintf(s.Out, "\nnow: helmvet pack test %s\nto judge by it, in .helmvet.yaml: packs: [%s]\n", dir, dir)
	return writeError(err)
}

func writeNew(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

// testFlags say how a pack is tested.
type testFlags struct {
	config      string
	output      string
	cover       bool
	mutate      bool
	mutants     int
	minCoverage float64
	minKilled   float64
}

func newPackTest(s Streams) *cobra.Command {
	var f testFlags
	cmd := &cobra.Command{
		Use:   "test [DIR ...]",
		Short: "Run the examples and Rego tests of a pack",
		Long: `test runs what a pack brings along: each bad example must give a finding of its
rule, on the lines that end in "# want PACK/RULE" if any do; no good example may;
each test_ rule of a *_test.rego must hold.

--cover says which rules no bad example makes speak, and which lines of Rego
nothing evaluates. --mutate makes one mistake after the other in the good
examples (a key misspelt or dropped, a value of another type, an unknown word,
an empty string) and says which no rule catches.

Exit codes: 0 all is well, 1 a test fails or a threshold is not reached, 2 bad
usage or a pack that cannot be loaded.`,
		Example: `  helmvet pack test acme-shop
  helmvet pack test --min-coverage 100 --min-killed 90 acme-shop`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.cover = f.cover || cmd.Flags().Changed("min-coverage")
			f.mutate = f.mutate || cmd.Flags().Changed("min-killed")
			return packTest(cmd.Context(), s, &f, args)
		},
	}
	fl := cmd.Flags()
	configFlag(cmd, &f.config)
	fl.StringVarP(&f.output, "output", "o", "text", "text or json")
	fl.BoolVar(&f.cover, "cover", false, "say what examples and tests do not reach")
	fl.Float64Var(&f.minCoverage, "min-coverage", 0, "fail below this `PERCENT` of rules that speak, or of lines of Rego (implies --cover)")
	fl.BoolVar(&f.mutate, "mutate", false, "make mistakes on purpose, and say which are not caught")
	fl.Float64Var(&f.minKilled, "min-killed", 0, "fail below this `PERCENT` of mistakes that are caught (implies --mutate)")
	fl.IntVar(&f.mutants, "mutants", 1000, "try at most so many mistakes, evenly chosen; 0 for all")
	return cmd
}

func packTest(ctx context.Context, s Streams, f *testFlags, dirs []string) error {
	if err := oneOf("--output", f.output, "text", "json"); err != nil {
		return err
	}
	for flag, v := range map[string]float64{"--min-coverage": f.minCoverage, "--min-killed": f.minKilled} {
		if v < 0 || v > 100 {
			return fmt.Errorf("%s %v is no percentage; write a number from 0 to 100", flag, v)
		}
	}
	own, all, err := f.packs(dirs)
	if err != nil {
		return err
	}
	runner := packtest.New(all)
	failed := false
	var reports []*packtest.Report
	for _, p := range own {
		if err := packtest.Compile(ctx, p); err != nil {
			return err
		}
		rep, err := runner.Test(ctx, p, packtest.Options{Coverage: f.cover, Mutate: f.mutate, Mutants: f.mutants})
		if err != nil {
			return err
		}
		short := f.short(rep)
		failed = failed || len(rep.Problems)+len(short) > 0
		reports = append(reports, rep)
		if f.output == "text" {
			if err := writeReport(s, rep, short); err != nil {
				return err
			}
		}
	}
	if f.output == "json" {
		if err := writeError(writeJSON(s.Out, map[string]any{"schemaVersion": 1, "packs": reports})); err != nil {
			return err
		}
	}
	if failed {
		return &exitError{code: exitFindings}
	}
	return nil
}

// packs loads the packs in the folders, and beside them those that the
// configuration lists, which they may require.
func (f *testFlags) packs(dirs []string) (own, all []*pack.Pack, err error) {
	if len(dirs) == 0 {
		dirs = []string{"."}
	}
	for _, dir := range dirs {
		p, err := pack.Load(dir)
		if err != nil {
			return nil, nil, err
		}
		if slices.ContainsFunc(own, func(o *pack.Pack) bool { return o.Name == p.Name }) {
			return nil, nil, fmt.Errorf("%s: a pack named %q is given twice; rename one of them", dir, p.Name)
		}
		own = append(own, p)
	}
	all = slices.Clone(own)
	c, err := loadConfig(f.config)
	if err != nil {
		return nil, nil, err
	}
	if c != nil {
		for _, dir := range c.Packs {
			p, err := pack.Load(resolvePath(c.Dir, dir))
			if err != nil {
				return nil, nil, err
			}
			if !slices.ContainsFunc(all, func(o *pack.Pack) bool { return o.Name == p.Name }) {
				all = append(all, p)
			}
		}
	}
	return own, all, pack.Satisfied(append(slices.Clone(pack.Builtins()), all...), version())
}

// short says which thresholds are not reached.
func (f *testFlags) short(r *packtest.Report) []string {
	var out []string
	if c := r.Coverage; c != nil {
		if c.Spoken() < f.minCoverage {
			out = append(out, fmt.Sprintf("%.1f%% of the rules speak, less than the %g%% that --min-coverage wants", c.Spoken(), f.minCoverage))
		}
		if c.Rego < f.minCoverage {
			out = append(out, fmt.Sprintf("%.1f%% of the Rego is evaluated, less than the %g%% that --min-coverage wants", c.Rego, f.minCoverage))
		}
	}
	if m := r.Mutants; m != nil && m.Percent() < f.minKilled {
		out = append(out, fmt.Sprintf("%.1f%% of the mistakes are caught, less than the %g%% that --min-killed wants", m.Percent(), f.minKilled))
	}
	return out
}

func writeReport(s Streams, r *packtest.Report, short []string) error {
	var b strings.Builder
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "FAIL %s\n", strings.TrimRight(p.String(), "\n"))
	}
	fmt.Fprintf(&b, "pack %s: %d examples, %d Rego tests, %d failed\n", r.Pack, r.Examples, r.Tests, len(r.Problems))
	if c := r.Coverage; c != nil {
		fmt.Fprintf(&b, "coverage: %d of %d rules speak (%.1f%%), %.1f%% of the Rego is evaluated\n", c.Rules-len(c.Silent), c.Rules, c.Spoken(), c.Rego)
		for _, id := range c.Silent {
			fmt.Fprintf(&b, "  no bad example makes %s speak\n", id)
		}
		for _, g := range c.Gaps {
			fmt.Fprintf(&b, "  %s is never evaluated\n", g)
		}
	}
	if m := r.Mutants; m != nil {
		of := ""
		if m.Tried < m.Made {
			of = fmt.Sprintf(" of %d", m.Made)
		}
		fmt.Fprintf(&b, "mistakes: %d%s tried, %d caught (%.1f%%)\n", m.Tried, of, m.Killed, m.Percent())
		for _, x := range m.Survivors {
			fmt.Fprintf(&b, "  not caught: %s\n", x)
		}
	}
	for _, line := range short {
		fmt.Fprintf(&b, "FAIL %s\n", line)
	}
	_, err := fmt.Fprint(s.Out, b.String())
	return writeError(err)
}

func newPackLint(s Streams) *cobra.Command {
	var f testFlags
	cmd := &cobra.Command{
		Use:   "lint [DIR ...]",
		Short: "Say what of a pack should be better",
		Long: `lint compiles a pack with every check (strict Rego, CUE's own, paths of
input.values against the schema), and looks at its form: Rego by the rules of
the Regal linter that matter most, formatting of CUE and Rego, words of rules.

Exit codes: 0 all is well, 1 something should be better, 2 a pack that cannot
be loaded; the message names file and line.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			own, _, err := f.packs(args)
			if err != nil {
				return err
			}
			n := 0
			for _, p := range own {
				if err := packtest.Compile(cmd.Context(), p); err != nil {
					return err
				}
				problems, err := packtest.Lint(p)
				if err != nil {
					return err
				}
				n += len(problems)
				for _, line := range problems {
					if _, err := fmt.Fprintln(s.Out, line); err != nil {
						return writeError(err)
					}
				}
			}
			if n > 0 {
				return &exitError{code: exitFindings}
			}
			return nil
		},
	}
	configFlag(cmd, &f.config)
	return cmd
}

func newPackDocs(s Streams) *cobra.Command {
	var f testFlags
	var out string
	var check bool
	cmd := &cobra.Command{
		Use:   "docs [DIR]",
		Short: "Write a page for each rule of a pack",
		Long: `docs writes Markdown: an index, a page for each rule with what it says, why,
examples and how to fix it, and which facts are checked. --check writes nothing
and fails when a page is not what the rules say.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			own, all, err := f.packs(args)
			if err != nil {
				return err
			}
			p := own[0]
			c, err := pack.NewCatalog(append(slices.Clone(pack.Builtins()), all...))
			if err != nil {
				return err
			}
			dir := out
			if dir == "" {
				dir = filepath.Join(p.Dir, "docs")
			}
			return writePages(s, dir, docgen.PackPages(c, p), check)
		},
	}
	configFlag(cmd, &f.config)
	cmd.Flags().StringVar(&out, "out", "", "folder to write to (default: docs in the pack's folder)")
	cmd.Flags().BoolVar(&check, "check", false, "write nothing; fail when a page is stale")
	return cmd
}

func writePages(s Streams, dir string, pages map[string]string, check bool) error {
	var stale []error
	for _, name := range packnew.Paths(pages) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if check {
			if got, err := os.ReadFile(file); err != nil || string(got) != pages[name] {
				stale = append(stale, fmt.Errorf("%s is stale; run helmvet pack docs", file))
			}
			continue
		}
		if err := writeNew(file, pages[name]); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(s.Out, file); err != nil {
			return writeError(err)
		}
	}
	if len(stale) > 0 {
		return &exitError{exitFindings, errors.Join(stale...)}
	}
	return nil
}

func newPackBuild(s Streams) *cobra.Command {
	var f testFlags
	var target, out string
	cmd := &cobra.Command{
		Use:   "build [DIR]",
		Short: "Build the rules of a pack for other tools",
		Long: `build writes the rules that are written in Rego for tools that run Rego. The
schema of the pack is CUE; what it reports, only helmvet reports.

  opa-bundle  a bundle for OPA: data.helmvet.findings of an input with the keys
              that rules see, such as {"values": {...}, "context": {...}}
  conftest    a folder for conftest test -p OUT -d OUT/data.json values.yaml:
              errors are deny, warnings and infos are warn. An input is one values
              file: nothing is merged`,
		Example: `  helmvet pack build --target opa-bundle --out shop.tar.gz acme-shop
  helmvet pack build --target conftest --out policy acme-shop`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--target", target, packbuild.Targets...); err != nil {
				return err
			}
			if out == "" {
				return errors.New("--out is missing; name the file or folder to write")
			}
			own, _, err := f.packs(args)
			if err != nil {
				return err
			}
			if err := packtest.Compile(cmd.Context(), own[0]); err != nil {
				return err
			}
			files, err := packbuild.Files(own[0], target)
			if err != nil {
				return err
			}
			if target == "opa-bundle" {
				data, err := packbuild.Bundle(files)
				if err != nil {
					return err
				}
				return writeNew(out, string(data))
			}
			if _, err := os.Lstat(out); err == nil {
				return fmt.Errorf("%s: exists already; a rule that is gone would stay in it: remove it, or name another folder", out)
			}
			for _, name := range packnew.Paths(files) {
				if err := writeNew(filepath.Join(out, filepath.FromSlash(name)), string(files[name])); err != nil {
					return err
				}
			}
			return nil
		},
	}
	configFlag(cmd, &f.config)
	cmd.Flags().StringVar(&target, "target", "", strings.Join(packbuild.Targets, " or "))
	cmd.Flags().StringVar(&out, "out", "", "file or folder to write")
	return cmd
}
