package values_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
	"sigs.k8s.io/yaml"
)

// TestCorpus reads every YAML file below $HELMVET_CORPUS and asks for Helm's
// values and for places that say what was written.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("HELMVET_CORPUS")
	if dir == "" {
		t.Skip("HELMVET_CORPUS names no folder")
	}
	read, refused, scalars := 0, 0, 0
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(name) != ".yaml" && filepath.Ext(name) != ".yml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil
		}
		var want map[string]any
		helmErr := yaml.Unmarshal(data, &want)
		d := values.Parse(name, data, values.DefaultLimits)
		root, problems := d.ValuesFor(values.Helm3)
		read++
		if d.Templated {
			return nil
		}
		if (helmErr != nil) != (len(problems) > 0) {
			t.Errorf("%s: Helm says %v, we say %v", name, helmErr, problems)
			return nil
		}
		if helmErr != nil {
			refused++
			return nil
		}
		if want == nil {
			want = map[string]any{}
		}
		if !reflect.DeepEqual(root.Any(), any(want)) {
			t.Errorf("%s: values differ", name)
		}
		root.Walk(nil, func(p lint.Path, n *values.Node) bool {
			src := ""
			if n.Kind != values.Map && n.Kind != values.List && !n.Alias && n.Text != "" {
				src = source(d, n.Span)
				scalars++
			}
			ok := src == "" || n.Style != values.Plain || src == n.Text || strings.Join(strings.Fields(src), " ") == strings.Join(strings.Fields(n.Text), " ")
			switch n.Style {
			case values.SingleQuoted, values.DoubleQuoted:
				ok = src == "" || len(src) > 1 && src[0] == src[len(src)-1] && strings.ContainsAny(src[:1], `'"`)
			case values.Literal:
				ok = src == "" || strings.Count(strings.TrimRight(n.Str, "\n"), "\n")+1 == strings.Count(src, "\n")
			}
			if !ok {
				t.Errorf("%s: %s is placed at %q", name, p, src)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d refused, %d scalars", read, refused, scalars)
}
