package values_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

func TestOnly(t *testing.T) {
	t.Parallel()
	doc := values.Parse("v.yaml", []byte("id: x\na:\n  b: 1\n  c: [1, {d: 2}]\n  e: 3\nvols: |\n  - name: v\nother: {x: 1}\n"), values.DefaultLimits)
	root := doc.Values()
	got := root.Only([]lint.Path{lint.Keys("id"), lint.Keys("a", "c"), lint.Keys("a", "none"), lint.Keys("a", "b"), lint.Keys("vols"), lint.Keys("id", "below")})
	want := map[string]any{"id": "x", "a": map[string]any{"b": 1.0, "c": []any{1.0, map[string]any{"d": 2.0}}}, "vols": "- name: v\n"}
	if diff := cmp.Diff(want, got.Any()); diff != "" {
		t.Error(diff)
	}
	for _, p := range []lint.Path{lint.Keys("a", "c").Index(1).Key("d"), lint.Keys("a", "none"), lint.Keys("vols").Index(0).Key("name")} {
		a, _ := root.Locate(p)
		b, _ := got.Locate(p)
		if a != b {
			t.Errorf("%s is at %v, want %v", p, b, a)
		}
	}
}
