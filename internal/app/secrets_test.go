package app_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/parser"

	"github.com/helmvet/helmvet/internal/app"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/render"
	"sigs.k8s.io/yaml"
)

// TestNoFormatShowsSecrets plants secrets wherever a pack documents one, in
// several shapes, and looks for them in all that helmvet writes.
func TestNoFormatShowsSecrets(t *testing.T) {
	whole, err := filepath.Abs("../../examples/genesys-tenant/values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	shapes := map[string]func(secret string) any{
		"string":  func(s string) any { return s },
		"list":    func(s string) any { return []any{s} },
		"mapping": func(s string) any { return map[string]any{"undocumented": s} },
		"text":    func(s string) any { return "- name: x\n  value: " + s + "\n" },
		"address": func(s string) any { return "https://user:" + s + "@db.example.com" },
	}
	planted := 0
	for _, p := range pack.Builtins() {
		all := secretPaths(t, p)
		planted += len(all)
		// A field may be a secret by itself, or a mapping that holds one.
		var outer, inner []lint.Path
		for _, path := range all {
			if slices.ContainsFunc(all, func(o lint.Path) bool { return len(o) < len(path) && path.HasPrefix(o) }) {
				inner = append(inner, path)
			} else {
				outer = append(outer, path)
			}
		}
		for shape, value := range shapes {
			for depth, paths := range [][]lint.Path{outer, inner} {
				t.Run(fmt.Sprintf("%s/%s/%d", p.Name, shape, depth), func(t *testing.T) {
					t.Chdir(t.TempDir())
					var secrets []string
					values := map[string]any{}
					for i, path := range paths {
						secret := fmt.Sprintf("aQ7tr0ub4dor%03dx", i)
						secrets = append(secrets, secret)
						plant(values, path, value(secret))
					}
					// What anybody would call a secret, wherever it stands.
					for i, path := range []string{"db.password", "extra.apiKey", "list.token", "amqp.clientSecret"} {
						secret := fmt.Sprintf("zW9correct%03dhorse", i)
						secrets = append(secrets, secret)
						path, err := lint.ParsePath(path)
						if err != nil {
							t.Fatal(err)
						}
						plant(values, path, secret)
					}
					write(t, "plant.yaml", values)
					// The same places again, so that secrets are overridden, too.
					over := map[string]any{}
					for i, path := range paths {
						if i%2 == 0 {
							plant(over, path, "${LATER}")
						}
					}
					write(t, "over.yaml", over)
					secrets = append(secrets, "kL5battery777staple", "vF3manifest888one")
					object := "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: vF3manifest888one}\n"
					if err := os.WriteFile("secret.yaml", []byte(object), 0o600); err != nil {
						t.Fatal(err)
					}
					args := []string{"-f", whole, "-f", "plant.yaml", "-f", "over.yaml", "--set", "db.rootPassword=kL5battery777staple", "--pack", p.Name}
					lintArgs := append([]string{"lint", "--complete", "--release", "t0100", "--location", "westus2", "--verbose", "secret.yaml"}, args...)
					for _, format := range render.Names() {
						lintArgs = append(lintArgs, "--output", format+"="+format+".out")
					}
					t.Setenv("GITHUB_STEP_SUMMARY", "summary.out")
					report := run(t, -1, lintArgs...)
					lookFor(t, "the streams", report, secrets)
					for _, format := range append(render.Names(), "summary") {
						data, err := os.ReadFile(format + ".out")
						if err != nil {
							t.Fatal(err)
						}
						if !strings.Contains(string(data), "plant.yaml") {
							t.Errorf("%s says nothing about the file, so it proves nothing", format)
						}
						lookFor(t, format, string(data), secrets)
					}
					lookFor(t, "single file", run(t, -1, "lint", "plant.yaml", "--pack", p.Name, "--output", "html"), secrets)
					lookFor(t, "upgrade", run(t, -1, "upgrade", "--from", "plant.yaml", "--to", "over.yaml", "--pack", p.Name, "--verbose", "--output", "html"), secrets)
					lookFor(t, "upgrade back", run(t, -1, "upgrade", "--from", "over.yaml", "--to", whole+",plant.yaml", "--pack", p.Name, "--output", "json"), secrets)
					lookFor(t, "baseline", run(t, 0, "baseline", "plant.yaml", "--pack", p.Name), secrets)
					if data, err := os.ReadFile(".helmvet-baseline.json"); err != nil {
						t.Error(err)
					} else {
						lookFor(t, "the baseline", string(data), secrets)
					}
					lookFor(t, "lsp", edited(t, "plant.yaml"), secrets)
					lookFor(t, "values", run(t, 0, append([]string{"values"}, args...)...), secrets)
				})
			}
		}
	}
	if planted < 20 {
		t.Errorf("only %d documented secrets were found", planted)
	}
}

// TestSecretsInConfiguration plants them where the configuration sets values.
func TestSecretsInConfiguration(t *testing.T) {
	whole, err := filepath.Abs("../../examples/genesys-tenant/values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var shown atomic.Bool
	for _, p := range pack.Builtins() {
		paths := secretPaths(t, p)
		if len(paths) == 0 {
			continue
		}
		t.Run(p.Name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			var secrets, args []string
			set := map[string]any{}
			for i, path := range paths {
				secret := fmt.Sprintf("plainsecret%03dx", i)
				secrets = append(secrets, secret)
				set[path.String()] = secret
			}
			write(t, ".helmvet.yaml", map[string]any{"releases": []any{map[string]any{
				"name": "t0100", "packs": []string{p.Name}, "values": []string{whole}, "set": set,
			}}})
			for _, format := range render.Names() {
				args = append(args, "--output", format+"="+format+".out")
			}
			lookFor(t, "the streams", run(t, -1, append([]string{"lint", "--verbose"}, args...)...), secrets)
			for _, format := range render.Names() {
				data, err := os.ReadFile(format + ".out")
				if err != nil {
					t.Fatal(err)
				}
				lookFor(t, format, string(data), secrets)
			}
			if data, err := os.ReadFile("text.out"); err == nil && strings.Contains(string(data), "*****") {
				shown.Store(true)
			}
		})
	}
	if !shown.Load() {
		t.Error("no line with a secret is shown, so this proves nothing")
	}
}

func lookFor(t *testing.T, where, text string, secrets []string) {
	t.Helper()
	for _, s := range secrets {
		if i := strings.Index(text, s); i >= 0 {
			t.Errorf("%s shows a secret: %q", where, text[max(0, i-80):min(len(text), i+40)])
		}
	}
}

// run runs helmvet and returns both streams. code is the exit code to want, -1
// for any that is no defect.
func run(t *testing.T, code int, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	got := app.Run(context.Background(), args, app.Streams{In: strings.NewReader(""), Out: &out, Err: &out})
	if got != code && (code >= 0 || got > 1) {
		t.Fatalf("exit code %d, want %d\n%s", got, code, out.String())
	}
	return out.String()
}

func write(t *testing.T, name string, values map[string]any) {
	t.Helper()
	data, err := yaml.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func plant(into map[string]any, path lint.Path, value any) {
	for _, s := range path[:len(path)-1] {
		next, ok := into[s.Key].(map[string]any)
		if !ok {
			next = map[string]any{}
			into[s.Key] = next
		}
		into = next
	}
	into[path.Last().Key] = value
}

// secretPaths lists the paths of the pack's schema that hold secrets.
func secretPaths(t *testing.T, p *pack.Pack) []lint.Path {
	t.Helper()
	s, err := p.Schema()
	if err != nil {
		t.Fatal(err)
	}
	inst := build.NewContext().NewInstance(p.Name, nil)
	for _, name := range []string{"pack.cue", "values.cue"} {
		data, err := fs.ReadFile(p.SchemaFS, name)
		if err != nil {
			continue // not all packs have both
		}
		f, err := parser.ParseFile(name, data)
		if err != nil {
			t.Fatal(err)
		}
		if err := inst.AddSyntax(f); err != nil {
			t.Fatal(err)
		}
	}
	var out []lint.Path
	var walk func(v cue.Value, at lint.Path)
	walk = func(v cue.Value, at lint.Path) {
		if len(at) > 8 {
			return
		}
		if len(at) > 0 && s.Secret(at) {
			if !slices.ContainsFunc(out, at.Equal) {
				out = append(out, at) // what lies below may be one, too
			}
		}
		if op, args := v.Expr(); op == cue.OrOp {
			for _, a := range args {
				walk(a, at)
			}
			return
		}
		fields, err := v.Fields(cue.Optional(true))
		if err != nil {
			return // no mapping
		}
		for fields.Next() {
			if sel := fields.Selector(); sel.LabelType() == cue.StringLabel {
				walk(fields.Value(), at.Key(sel.Unquoted()))
			}
		}
	}
	root := cuecontext.New().BuildInstance(inst).LookupPath(cue.MakePath(cue.Def("Values")))
	if !root.Exists() {
		return nil
	}
	walk(root, nil)
	return out
}

// edited is what the language server says about a file: its findings, and what
// it shows when somebody points at each line.
func edited(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	var out transcript
	if code := app.Run(t.Context(), []string{"lsp"}, app.Streams{In: session(t, dir, name, &out), Out: &out, Err: &out}); code > 1 || !strings.Contains(out.String(), "publishDiagnostics") {
		t.Fatalf("exit code %d\n%.1000s", code, out.String())
	}
	return out.String()
}
