package policies_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/regostyle"
	"github.com/helmvet/helmvet/policies"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// sources reads every Rego file below this folder, tests included.
func sources(t *testing.T) []regostyle.Source {
	t.Helper()
	var out []regostyle.Source
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		s, err := regostyle.Parse(name, string(text))
		if err != nil {
			t.Error(err)
			return nil
		}
		out = append(out, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// folders returns the folders in a folder that are packs or rules; for "."
// these are the packs.
func folders(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != "lib" && e.Name() != "data" && !strings.HasPrefix(e.Name(), ".") {
			out = append(out, e.Name())
		}
	}
	return out
}

func TestRego(t *testing.T) {
	t.Parallel()
	all := sources(t)
	for _, pack := range append([]string{"lib"}, folders(t, ".")...) {
		t.Run(pack, func(t *testing.T) {
			t.Parallel()
			modules := map[string]*ast.Module{}
			for _, s := range all {
				if strings.HasPrefix(s.Name, "lib/") || strings.HasPrefix(s.Name, pack+"/") {
					modules[s.Name] = s.Module
				}
			}
			data, err := regocheck.Data(regocheck.Source{Pack: pack, FS: os.DirFS(pack)})
			if err != nil {
				t.Fatal(err)
			}
			runner := tester.NewRunner().
				SetStore(inmem.NewFromObject(map[string]any{"policies": map[string]any{pack: map[string]any{"data": data}}})).
				SetCompiler(ast.NewCompiler().WithStrict(true).WithEnablePrintStatements(true)).
				SetModules(modules).
				SetTimeout(10 * time.Second).
				CapturePrintOutput(true)
			results, err := runner.RunTests(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			tests := 0
			for r := range results {
				if pack != "lib" && strings.HasPrefix(r.Location.File, "lib/") {
					continue
				}
				tests++
				t.Run(path.Dir(r.Location.File)+"/"+r.Name, func(t *testing.T) {
					if !r.Pass() {
						t.Errorf("%s:%d: %s %v\n%s", r.Location.File, r.Location.Row, r, r.Error, r.Output)
					}
				})
			}
			if tests == 0 {
				t.Error("no tests")
			}
		})
	}
}

func TestStyle(t *testing.T) {
	t.Parallel()
	all := sources(t)
	for name, check := range regostyle.Checks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, s := range all {
				for _, p := range check(s) {
					t.Errorf("policies/%s:%d: %s", s.Name, p.Row, p.Message)
				}
			}
		})
	}
}

// A rule is complete: it has METADATA, tests and examples, and says all that
// explain and the docs pages want to say.
func TestRulesAreComplete(t *testing.T) {
	t.Parallel()
	for _, pack := range folders(t, ".") {
		for _, name := range folders(t, pack) {
			t.Run(pack+"/"+name, func(t *testing.T) {
				t.Parallel()
				for _, want := range []string{"rule.rego", "rule_test.rego", "examples.txtar"} {
					if _, err := os.Stat(path.Join(pack, name, want)); err != nil {
						t.Errorf("%s is missing", want)
					}
				}
				text, err := os.ReadFile(path.Join(pack, name, "rule.rego"))
				if err != nil {
					t.Fatal(err)
				}
				s, err := regostyle.Parse(path.Join("policies", pack, name, "rule.rego"), string(text))
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range regostyle.Metadata(s) {
					t.Errorf("%s:%d: %s", s.Name, p.Row, p.Message)
				}
			})
		}
	}
}

// What is embedded compiles in strict mode with every check, and describes itself.
func TestEmbeddedPoliciesCompile(t *testing.T) {
	t.Parallel()
	packs := folders(t, ".")
	if len(packs) == 0 {
		t.Fatal("no packs")
	}
	var all []regocheck.Source
	for _, pack := range packs {
		s := regocheck.Source{Pack: pack, FS: policies.FS(pack)}
		if s.FS == nil {
			t.Errorf("pack %s is not embedded", pack)
			continue
		}
		all = append(all, s)
		rules, err := regocheck.Describe(s)
		if err != nil {
			t.Error(err)
		}
		var got []string
		for _, r := range rules {
			got = append(got, strings.TrimPrefix(r.ID, pack+"/"))
		}
		if want := folders(t, pack); !slices.Equal(got, want) {
			t.Errorf("pack %s describes %v, want %v", pack, got, want)
		}
		if _, err := regocheck.Compile(t.Context(), []regocheck.Source{s}, policies.Shared(), regocheck.Options{Strict: true}); err != nil {
			t.Errorf("strict: %v", err)
		}
	}
	p, err := regocheck.Compile(t.Context(), all, policies.Shared(), regocheck.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rules()) == 0 {
		t.Error("no rules")
	}
	// Rules stay silent, and do not fail, where there is nothing to speak of.
	if fs, err := p.Eval(t.Context(), &regocheck.Input{}); err != nil || len(fs) > 0 {
		t.Errorf("empty input: %d findings, first %+v, error %v", len(fs), append(fs, regocheck.Finding{})[0], err)
	}
}

func TestFS(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"lib", ".", "", "no-such-pack", "../policies", "policies.go"} {
		if policies.FS(name) != nil {
			t.Errorf("FS(%q) is a pack", name)
		}
	}
	if _, err := fs.Stat(policies.Shared(), "lib.rego"); err != nil {
		t.Error(err)
	}
}

// TestToldContext wants of each rule that is silent without context what it has
// to be told, because --verbose names that.
func TestToldContext(t *testing.T) {
	t.Parallel()
	rules, err := fs.Glob(os.DirFS("."), "*/*/rule.rego")
	if err != nil || len(rules) == 0 {
		t.Fatal(err, len(rules))
	}
	for _, name := range rules {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		needs, told := "", false
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(strings.TrimPrefix(line, "#"))
			if rest, ok := strings.CutPrefix(line, "needs:"); ok {
				needs = rest
			}
			told = told || strings.HasPrefix(line, "context:")
		}
		if strings.Contains(needs, "context") && !told {
			t.Errorf("%s needs context and does not say which keys of it; add context: [...]", name)
		}
	}
}
