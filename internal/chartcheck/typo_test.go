package chartcheck_test

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/chartcheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
	"sigs.k8s.io/yaml"
)

// mistype makes one slip of the finger: a letter left out, doubled, wrong, or
// in the place of its neighbour.
func mistype(r *rand.Rand, key string) string {
	b := []rune(key)
	if len(b) < 3 {
		return key
	}
	i := r.Intn(len(b) - 1)
	switch r.Intn(4) {
	case 0:
		b = append(b[:i], b[i+1:]...)
	case 1:
		b[i], b[i+1] = b[i+1], b[i]
	case 2:
		b = append(b[:i+1], b[i:]...)
	default:
		b[i] = rune('a' + r.Intn(26))
	}
	return string(b)
}

// override is a file that sets one value under another key.
func override(t *testing.T, p lint.Path, key string, v any) *values.Values {
	t.Helper()
	m := map[string]any{}
	at := m
	for _, s := range p.Parent() {
		next := map[string]any{}
		at[s.Key] = next
		at = next
	}
	at[key] = v
	text, err := yaml.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	layer, problems := values.DocumentLayer(values.File, values.Parse("over.yaml", text, values.DefaultLimits), values.Helm3)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return values.MergeFiles(layer)
}

// TestTypos plants mistyped keys in overrides of charts that have the idioms of
// public ones, and wants nearly all of them found, the right key suggested.
func TestTypos(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob("testdata/charts/*/Chart.yaml")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no charts", err)
	}
	if more := os.Getenv("HELMVET_CHARTS"); more != "" { // one folder a line
		data, err := os.ReadFile(more)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range strings.Fields(string(data)) {
			dirs = append(dirs, d+"/Chart.yaml")
		}
	}
	r := rand.New(rand.NewSource(1))
	total, found, first := 0, 0, 0
	for _, file := range dirs {
		c, err := chart.Load(filepath.Dir(file))
		if err != nil || c.Values == nil || c.Values.Values() == nil {
			continue
		}
		defaults := c.Values.Values()
		var leaves []lint.Path
		defaults.Walk(nil, func(p lint.Path, n *values.Node) bool {
			if len(p) > 0 && (n.Kind != values.Map || len(n.Fields) == 0) {
				leaves = append(leaves, append(lint.Path{}, p...))
			}
			return n.Kind == values.Map
		})
		missed := 0
		for range min(150, 4*len(leaves)) {
			p := leaves[r.Intn(len(leaves))]
			key := mistype(r, p.Last().Key)
			if key == p.Last().Key || defaults.Lookup(p.Parent().Key(key)) != nil {
				continue
			}
			total++
			hit, right := false, false
			var said []string
			for _, f := range chartcheck.Check(chartcheck.Release{Chart: c, User: override(t, p, key, defaults.Lookup(p).Any())}).Findings {
				if strings.HasPrefix(f.Rule, "chart/unknown-key") || f.Rule == "chart/schema" {
					hit = true
					right = right || strings.Contains(f.Message, fmt.Sprintf("did you mean %q", p.Last().Key))
				}
				said = append(said, f.Message)
			}
			if hit {
				found++
			}
			if right {
				first++
			} else if missed++; missed < 8 {
				t.Logf("%s: %s as %s: %v %v %q", filepath.Dir(file), p, key, hit, right, said)
			}
		}
	}
	t.Logf("%d planted, %d found, %d with the right key", total, found, first)
	if found*100 < total*95 || first*100 < total*95 {
		t.Errorf("%d planted, %d found, %d with the right key; want 95 of 100", total, found, first)
	}
}

// TestOwnDefaults wants silence about what charts say themselves.
func TestOwnDefaults(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob("testdata/charts/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		c, err := chart.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, "values.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		layer, _ := values.DocumentLayer(values.File, values.Parse("over.yaml", data, values.DefaultLimits), values.Helm3)
		for _, r := range []chartcheck.Release{{Chart: c, Author: true}, {Chart: c, User: values.MergeFiles(layer)}} {
			for _, f := range chartcheck.Check(r).Findings {
				if f.Severity > lint.Info || f.Rule == "chart/unknown-key" {
					t.Errorf("%s: %s:%d %s", dir, f.Span.File, f.Span.Line, f.Message)
				}
			}
		}
		// Each legal override on its own, too.
		if over, err := os.ReadFile(filepath.Join(dir, "ci", "legal-values.yaml")); err == nil {
			layer, _ := values.DocumentLayer(values.File, values.Parse("legal-values.yaml", over, values.DefaultLimits), values.Helm3)
			for _, f := range chartcheck.Check(chartcheck.Release{Chart: c, User: values.MergeFiles(layer)}).Findings {
				if f.Severity > lint.Info || f.Rule == "chart/unknown-key" || f.Rule == "chart/unread-value" {
					t.Errorf("%s: %s:%d %s", dir, f.Span.File, f.Span.Line, f.Message)
				}
			}
		}
	}
}
