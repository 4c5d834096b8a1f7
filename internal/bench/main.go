// Command bench measures helmvet's cold start against the tools that do part
// of its work: conftest with the same Rego, and cue vet with the same CUE. Runs
// are interleaved, so that a noisy machine disturbs all alike, and medians are
// compared. It writes a Markdown table to standard output.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/helmvet/helmvet/policies"
)

const (
	conftestModule = "github.com/open-policy-agent/conftest@v0.71.1"
	cueModule      = "cuelang.org/go/cmd/cue@v0.17.1"
	examples       = "examples/genesys-tenant"
	copies         = 200 // of the values file, for throughput
)

func main() {
	n := flag.Int("n", 20, "runs of each command")
	file := flag.String("f", filepath.Join(examples, "values.yaml"), "tenant values file")
	flag.Parse()
	if err := run(*n, *file); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type contender struct {
	name string
	args []string
	dir  string
	wall []time.Duration
	cpu  []time.Duration
	rss  int64
}

func run(n int, file string) error {
	ctx := context.Background()
	tmp, err := os.MkdirTemp("", "helmvet-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	bin := filepath.Join(tmp, "bin")
	if err := command(ctx, bin, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(bin, "helmvet"), "./cmd/helmvet"); err != nil {
		return err
	}
	for _, m := range []string{conftestModule, cueModule} {
		if err := command(ctx, bin, "go", "install", m); err != nil {
			return err
		}
	}
	file, err = filepath.Abs(file)
	if err != nil {
		return err
	}
	if err := prepare(tmp, file, true); err != nil {
		return err
	}
	helmvet, conftest, cue := filepath.Join(bin, "helmvet"), filepath.Join(bin, "conftest"), filepath.Join(bin, "cue")
	all := []*contender{
		{name: "helmvet lint, core and genesys-tenant", args: []string{helmvet, "lint", "--fail-on", "error", file}, dir: tmp},
		{name: "conftest test, the same Rego", args: []string{conftest, "test", "--no-fail", "-p", "rego", "-d", "tables", "input.json"}, dir: tmp},
		{name: "cue vet, the same CUE", args: []string{cue, "vet", "-c=false", "-d", "#Values", "cue/values.cue", "values.json"}, dir: tmp},
		{name: "helmvet lint, a file only core knows", args: []string{helmvet, "lint", "plain.yaml"}, dir: tmp},
		{name: "conftest test, one trivial rule", args: []string{conftest, "test", "--no-fail", "-p", "trivial", "plain.yaml"}, dir: tmp},
	}
	many := []*contender{
		{name: fmt.Sprintf("helmvet lint, %d values files", copies), args: []string{helmvet, "lint", "--quiet", "many"}, dir: tmp},
		{name: fmt.Sprintf("conftest test, the same Rego, %d inputs", copies), args: []string{conftest, "test", "--no-fail", "-p", "rego", "-d", "tables", "inputs"}, dir: tmp},
	}
	for i := range n + 1 {
		for _, c := range all {
			if err := c.measure(ctx, i > 0); err != nil {
				return err
			}
		}
		if i%5 > 0 {
			continue
		}
		for _, c := range many {
			if err := c.measure(ctx, i > 0); err != nil {
				return err
			}
		}
	}
	all = append(all, many...)
	fmt.Printf("| command | wall, median ms | CPU, median ms | peak memory MiB |\n|---|---|---|---|\n")
	for _, c := range all {
		fmt.Printf("| %s | %.1f | %.1f | %d |\n", c.name, ms(median(c.wall)), ms(median(c.cpu)), c.rss>>10)
	}
	fmt.Println()
	for _, p := range [][2]int{{0, 1}, {0, 2}, {3, 4}, {5, 6}} {
		fmt.Printf("%s takes %.2f times as long as %s (median of %d paired runs).\n", all[p[0]].name, ratio(all[p[0]], all[p[1]]), all[p[1]].name, len(all[p[0]].wall))
	}
	return nil
}

// measure runs the command once. Findings are no failure here.
func (c *contender) measure(ctx context.Context, keep bool) error {
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	cmd.Dir = c.dir
	start := time.Now()
	out, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 1 {
		return fmt.Errorf("%s: %w\n%s", strings.Join(c.args, " "), err, out)
	}
	if keep {
		c.wall = append(c.wall, wall)
		c.cpu = append(c.cpu, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
	}
	c.rss = max(c.rss, peak(cmd.ProcessState))
	return nil
}

// prepare writes what the other tools need for the same job: the policies with
// a shim that makes conftest run them, the input that helmvet would build, the
// schema, and a plain file.
func prepare(tmp, file string, whole bool) error {
	rego := filepath.Join(tmp, "rego")
	for _, dir := range []string{"policies/lib", "policies/genesys-tenant", "policies/genesys-suite"} {
		if err := copyRego(dir, filepath.Join(rego, dir)); err != nil {
			return err
		}
	}
	tables, err := regocheck.Data(regocheck.Source{Pack: "genesys-suite", FS: policies.FS("genesys-suite")})
	if err != nil {
		return err
	}
	tree, err := json.Marshal(map[string]any{"policies": map[string]any{"genesys-suite": map[string]any{"data": tables}}})
	if err != nil {
		return err
	}
	if err := write(filepath.Join(tmp, "tables", "data.json"), string(tree)); err != nil {
		return err
	}
	if err := write(filepath.Join(rego, "main.rego"), `package main

import rego.v1

deny contains f.message if some f in data.policies["genesys-tenant"][_].findings

deny contains f.message if some f in data.policies["genesys-suite"][_].findings
`); err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	root := values.Parse(file, data, values.DefaultLimits).Values()
	if root == nil {
		return fmt.Errorf("%s holds no values", file)
	}
	input, err := json.Marshal(map[string]any{
		"values": root.Any(), "expanded": expand(root), "release": map[string]any{}, "context": map[string]any{},
		"layers": []any{}, "manifests": []any{}, "releases": []any{}, "commands": []any{},
		"whole": whole, "final": false, "manifests_complete": false,
	})
	if err != nil {
		return err
	}
	// cue reads no YAML inside strings, so it gets their content.
	expanded, err := json.Marshal(expand(root))
	if err != nil {
		return err
	}
	schema, err := os.ReadFile("schema/genesys-tenant/values.cue")
	if err != nil {
		return err
	}
	for name, text := range map[string]string{
		"input.json":        string(input),
		"values.json":       string(expanded),
		"cue/values.cue":    string(schema),
		"trivial/main.rego": "package main\n\nimport rego.v1\n\ndeny contains \"no replicas\" if input.replicas == 0\n",
		"plain.yaml":        "replicas: 2\nimage:\n  repository: nginx\n  tag: \"1.27\"\nresources:\n  limits:\n    cpu: 100m\n",
	} {
		if err := write(filepath.Join(tmp, name), text); err != nil {
			return err
		}
	}
	for i := range copies {
		if err := write(filepath.Join(tmp, "many", fmt.Sprintf("values-%d.yaml", i)), string(data)); err != nil {
			return err
		}
		if err := write(filepath.Join(tmp, "inputs", fmt.Sprintf("input-%d.json", i)), string(input)); err != nil {
			return err
		}
	}
	return nil
}

func expand(n *values.Node) any {
	if e := n.Embedded(); e != nil {
		n = e
	}
	switch n.Kind {
	case values.Map:
		m := map[string]any{}
		for _, f := range n.Fields {
			m[f.Key] = expand(f.Value)
		}
		return m
	case values.List:
		l := make([]any, len(n.Items))
		for i, it := range n.Items {
			l[i] = expand(it)
		}
		return l
	}
	return n.Any()
}

func copyRego(from, to string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".rego") || strings.HasSuffix(name, "_test.rego") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		return write(filepath.Join(to, rel), string(data))
	})
}

func write(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

func command(ctx context.Context, bin string, args ...string) error {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "GOBIN="+bin)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// ratio is the median of the ratios of runs that stood side by side.
func ratio(a, b *contender) float64 {
	rs := make([]float64, len(a.wall))
	for i := range a.wall {
		rs[i] = float64(a.wall[i]) / float64(b.wall[i])
	}
	slices.Sort(rs)
	return rs[len(rs)/2]
}

func median(ds []time.Duration) time.Duration {
	ds = slices.Clone(ds)
	slices.Sort(ds)
	return ds[len(ds)/2]
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
