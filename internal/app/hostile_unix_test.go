//go:build unix

package app_test

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// TestHostilePipes puts a FIFO that nobody writes to wherever a file is read.
func TestHostilePipes(t *testing.T) {
	t.Parallel()
	for name, commands := range map[string][]string{
		"in.yaml":                 {"lint in.yaml => FIFO", "values -f in.yaml => FIFO", "extract in.yaml => FIFO", "upgrade --from in.yaml --to plain.yaml => FIFO", "lint . => ", "init --stdout . => ", "lint --baseline in.yaml plain.yaml => FIFO", "baseline --baseline in.yaml plain.yaml => FIFO", "lint --env-file in.yaml plain.yaml => FIFO", "upgrade --from plain.yaml --to plain.yaml --changelog in.yaml => FIFO", "values --set-file a=in.yaml => FIFO", "lint --config in.yaml => FIFO"},
		".helmvet.yaml":           {"lint plain.yaml => .helmvet.yaml", "values plain.yaml => .helmvet.yaml", "rules => .helmvet.yaml", "lsp plain.yaml => "},
		"Chart.yaml":              {"lint . => ", "lint values.yaml => ", "init --stdout . => "},
		"demo/templates/a.yaml":   {"lint demo => a.yaml"},
		"demo/.helmignore":        {"lint demo => .helmignore"},
		"demo/values.schema.json": {"lint demo => values.schema.json"},
		"demo/charts/x.tgz":       {"lint demo => x.tgz"},
		".git/config":             {"lint => ", "init --stdout . => ", "lint plain.yaml => "},
		"helmfile.yaml":           {"lint => ", "init --stdout . => "},
		"k/kustomization.yaml":    {"lint k => ", "init --stdout . => "},
		"own/pack.cue":            {"lint --config own.yaml plain.yaml => pack.cue", "init --stdout . => "},
		"own/values.cue":          {"lint --config own.yaml plain.yaml --pack own => values.cue"},
		"own/lib/x.rego":          {"lint --config own.yaml plain.yaml --pack own => x.rego"},
		"own/data/x.yaml":         {"lint --config own.yaml plain.yaml --pack own => x.yaml"},
		"own/rule/rule.rego":      {"lint --config own.yaml plain.yaml --pack own => rule.rego"},
		"own/rule/examples.txtar": {"rules --config own.yaml => "},
	} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			files := chartFiles("demo/", "x", "")
			files["values.yaml"] = "a: 1\n"
			files["own.yaml"] = "packs: [./own]\n"
			files["own/pack.cue"] = "pack: {name: \"own\", title: \"Own\", keys: [\"replicas\"]}\n"
			delete(files, name)
			hostile{files: files, setup: func(t *testing.T, dir string) {
				full := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := syscall.Mkfifo(full, 0o600); err != nil {
					t.Skip(err)
				}
			}, commands: commands}.run(t)
		})
	}
}

// memory is the most that a process had, in bytes.
func memory(s *os.ProcessState) int64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return u.Maxrss
	}
	return u.Maxrss << 10
}
