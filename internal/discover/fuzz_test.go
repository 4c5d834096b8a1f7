package discover_test

import (
	"testing"
	"testing/fstest"

	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/values"
	"golang.org/x/tools/txtar"
)

// FuzzFiles reads any text as manifests and as a helmfile: whatever stands
// there, each release has layers that can be merged, or notes.
func FuzzFiles(f *testing.F) {
	for _, name := range []string{"argo", "appset", "flux", "k0rdent", "helmfile", "helmfile-templated"} {
		a, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			f.Add(string(file.Data))
		}
	}
	for _, odd := range []string{
		"apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {sources: x, source: [1]}\n",
		"apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {source: {helm: {valueFiles: {a: b}, parameters: [x, {value: []}, {name: a[, value: 1}], values: 3, valuesObject: [1]}}}\n",
		"apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec: {generators: [{list: x}, [], {matrix: {generators: [{matrix: {}}, 1]}}, {}]}\n",
		"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {values: [1], valuesFrom: [x, {}], chart: x, chartRef: {}}\n",
		"apiVersion: k0rdent.mirantis.com/v1beta1\nkind: ClusterDeployment\nspec: {serviceSpec: {services: [x, {values: [1], valuesFrom: [1]}]}}\n",
		"releases: [x, {values: [1, [2], null], set: [x, {name: a, values: x}, {name: b, file: [1]}]}]\nhelmfiles: [1, {}, [x], tree.yaml, '*.yaml']\nbases: [tree.yaml, {}]\n",
		"kind: List\nitems: [{kind: List, items: [x]}, 3]\n",
		"configMapGenerator: x\n", "- 1\n", "",
	} {
		f.Add(odd)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{"tree.yaml": {Data: []byte(text)}, "kustomization.yaml": {Data: []byte(text)}, "v.yaml": {Data: []byte("a: 1\n")}}
		tree := &discover.Tree{FS: fsys}
		found, _, err := discover.Manifests(tree, []string{"tree.yaml"})
		if err != nil {
			t.Fatal(err)
		}
		more, _, err := discover.Helmfiles(tree, "tree.yaml")
		if err != nil {
			t.Fatal(err)
		}
		loader := values.Loader{Read: fsys.ReadFile}
		for _, r := range append(found, more...) {
			if _, _, err := loader.Sources(r.Layers); err != nil {
				t.Fatalf("release %q: %v", r.Name, err)
			}
		}
	})
}
