package values_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    helm:
      values: |
        image: {tag: "1.0"}
        replicas: 2
      valuesObject:
        image:
          tag: "2.0"
      inline: "replicas: 3"
      parameters:
        - {name: image.pullPolicy, value: "Always,really"}
`

func TestSources(t *testing.T) {
	t.Parallel()
	doc := values.Parse("app.yaml", []byte(application), values.DefaultLimits)
	at := func(p lint.Path) *values.Node { return doc.Values().Lookup(p) }
	helm := lint.Keys("spec", "source", "helm")
	param := at(helm.Key("parameters").Index(0).Key("value"))
	v, problems, err := values.Loader{}.Sources([]values.Source{
		{Doc: doc, Text: at(helm.Key("values"))},
		{Kind: values.Set, Doc: doc, Arg: `image.pullPolicy=Always\,really`, Value: param},
		{Doc: doc, Root: at(helm.Key("valuesObject"))},
		{Doc: doc, Text: at(helm.Key("inline"))},
	})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	want := map[string]any{
		"image":    map[string]any{"tag": "2.0", "pullPolicy": "Always,really"},
		"replicas": 3.0,
	}
	if diff := cmp.Diff(want, v.Root.Any()); diff != "" {
		t.Error(diff)
	}
	for path, want := range map[string]lint.Span{
		"tag":        {File: "app.yaml", Line: 11, Column: 16, EndLine: 11, EndCol: 21},
		"pullPolicy": param.Span,
	} {
		if span, _ := v.Locate(lint.Keys("image", path)); span != want {
			t.Errorf("%s is at %v, want %v", path, span, want)
		}
	}
	tag := v.Root.Lookup(lint.Keys("image", "tag"))
	if len(tag.Shadows) != 1 || tag.Shadows[0].Span.Line != 7 {
		t.Errorf("image.tag shadows %v, want the value on line 7", tag.Shadows)
	}
	if len(v.Layers) != 4 {
		t.Errorf("%d layers, want 4", len(v.Layers))
	}
}

func TestSourcesThatHelmRefuses(t *testing.T) {
	t.Parallel()
	doc := values.Parse("app.yaml", []byte("list: [1]\nbroken: |\n  a: [1\nset: x\n"), values.DefaultLimits)
	root := doc.Values()
	_, problems, err := values.Loader{}.Sources([]values.Source{
		{Doc: doc, Root: root.Get("list").Value},
		{Doc: doc, Text: root.Get("broken").Value},
		{Kind: values.Set, Doc: doc, Arg: "a[x]=1", Value: root.Get("set").Value},
	})
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, p := range problems {
		lines = append(lines, p.Span.Line)
	}
	if diff := cmp.Diff([]int{1, 3, 4}, lines); diff != "" {
		t.Errorf("%s\n%v", diff, problems)
	}
}

// TestSourcesInOrder: Flux sets what valuesFrom gives a targetPath for before
// the values of the release, which win.
func TestSourcesInOrder(t *testing.T) {
	t.Parallel()
	doc := values.Parse("x.yaml", []byte("set: 1\nvalues: {a: {b: 2}, c: 3}\nagain: 4\n"), values.DefaultLimits)
	at := func(key string) *values.Node { return doc.Values().Get(key).Value }
	v, problems, err := values.Loader{}.Sources([]values.Source{
		{Kind: values.Set, Doc: doc, Arg: "a.b=1", Value: at("set")},
		{Doc: doc, Root: at("values")},
		{Kind: values.Set, Doc: doc, Arg: "c=4", Value: at("again")},
	})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	want := map[string]any{"a": map[string]any{"b": 2.0}, "c": int64(4)}
	if diff := cmp.Diff(want, v.Root.Any()); diff != "" {
		t.Error(diff)
	}
	b := v.Root.Lookup(lint.Keys("a", "b"))
	if b.Span.Line != 2 || len(b.Shadows) != 1 || b.Shadows[0].Span.Line != 1 {
		t.Errorf("a.b is at %v over %v", b.Span, b.Shadows)
	}
}
