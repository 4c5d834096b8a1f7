package linter_test

import (
	"bufio"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"sigs.k8s.io/yaml"
)

// fragment is a piece of input as the examples and the catalog of facts write
// it: values of one file, files of one release, or a mapping that tells more
// than values can.
type fragment struct {
	scope string
	text  string
	packs []string
}

// contextKeys are what a fragment may tell a pack beside its values.
var contextKeys = []string{"platform", "profile", "thirdParty", "operation", "order", "versions", "singleNamespace", "allowUUIDs"}

// run turns the fragment into files in memory and what to lint.
func (f fragment) run(t testing.TB) (map[string]string, linter.Run) {
	t.Helper()
	if f.scope == "manifests" || f.scope == "upgrade-manifests" {
		return f.manifests(t)
	}
	files := map[string]string{}
	rel := linter.Release{Packs: f.packs, Single: true, Complete: regexp.MustCompile(`(?m)^# whole`).MatchString(f.text)}
	ctx := map[string]any{}
	if m := regexp.MustCompile(`(?m)^# platform (\w+)`).FindStringSubmatch(f.text); m != nil {
		ctx["platform"] = m[1]
	}
	run := linter.Run{}
	switch f.scope {
	case "", "file", "merged-values":
		for i, part := range splitFiles(f.text) {
			name := part.name
			if name == "" {
				name = fmt.Sprintf("values-%d.yaml", i+1)
			}
			files[name] = part.text
			rel.Values.ValueFiles = append(rel.Values.ValueFiles, name)
		}
		rel.Single = len(rel.Values.ValueFiles) == 1
	default:
		var m map[string]any
		if err := yaml.Unmarshal([]byte(f.text), &m); err != nil {
			t.Fatalf("fragment is not a mapping: %v\n%s", err, f.text)
		}
		for _, k := range contextKeys {
			if v, ok := m[k]; ok {
				ctx[k] = v
			}
		}
		if r, ok := m["release"].(map[string]any); ok {
			rel.Name, _ = r["name"].(string)
			rel.Namespace, _ = r["namespace"].(string)
			rel.ChartName, _ = r["chart"].(string)
			rel.ChartVersion = text(r["chartVersion"])
			rel.Command, _ = r["command"].(string)
		}
		if f.scope == "cluster-objects" && rel.Namespace == "" {
			rel.Namespace = "voice"
		}
		vals, _ := m["values"].(map[string]any)
		if m["release"] == nil && m["values"] == nil && m["objects"] == nil && len(ctx) == 0 {
			vals = m // bare values in a scope that could tell more
		}
		raw, err := yaml.Marshal(vals)
		if err != nil {
			t.Fatal(err)
		}
		files["values.yaml"] = string(raw)
		rel.Values.ValueFiles = []string{"values.yaml"}
		if objs, ok := m["objects"].([]any); ok {
			for i, o := range objs {
				raw, err := yaml.Marshal(o)
				if err != nil {
					t.Fatal(err)
				}
				name := fmt.Sprintf("object-%d.yaml", i)
				files[name] = string(raw)
				run.Manifests = append(run.Manifests, name)
			}
			run.ManifestsComplete = true
		}
	}
	if len(ctx) > 0 {
		rel.Context = map[string]any{}
		for _, p := range pack.Builtins() {
			rel.Context[p.Name] = ctx
		}
	}
	run.Releases = []linter.Release{rel}
	return files, run
}

func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

type filePart struct{ name, text string }

// splitFiles takes a fragment of several files apart: lines of three dashes,
// each followed by `# file NAME`.
func splitFiles(s string) []filePart {
	if !strings.Contains(s, "# file ") {
		return []filePart{{text: s}}
	}
	var parts []filePart
	cur := filePart{}
	sc := bufio.NewScanner(strings.NewReader(s))
	flush := func() {
		if cur.name != "" {
			parts = append(parts, cur)
		}
	}
	for sc.Scan() {
		line := sc.Text()
		if rest, ok := strings.CutPrefix(line, "# file "); ok {
			flush()
			name, _, _ := strings.Cut(strings.TrimSpace(rest), ",")
			cur = filePart{name: name}
			continue
		}
		if line == "---" {
			continue
		}
		cur.text += line + "\n"
	}
	flush()
	return parts
}

// shared keeps the compiled packs for all tests of the process.
var shared = linter.New(pack.Builtins(), nil)

// newLinter returns a linter that reads from memory.
func newLinter(files map[string]string) *linter.Linter {
	return shared.With(func(name string) ([]byte, error) {
		if s, ok := files[name]; ok {
			return []byte(s), nil
		}
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	})
}
