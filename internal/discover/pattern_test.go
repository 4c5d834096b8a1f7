package discover_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/helmvet/helmvet/internal/discover"
)

func TestParseLayoutRefuses(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{
		"":                                "is empty",
		"/abs/{release}/values.yaml":      "leads out of the repository",
		"../{release}/values.yaml":        "leads out of the repository",
		"{relaese}/values.yaml":           "{relaese} means nothing here, did you mean {release}?",
		"{tenant}/values.yaml":            "the names are service, chart, release",
		"{}/values.yaml":                  "{} means nothing here",
		"{release}/{release}/values.yaml": "names {release} twice",
		"{service}/values.yaml":           "names neither {release} nor {chart}",
		"{release":                        "brace without its partner",
		"a}/{release}/values.yaml":        "brace without its partner",
		"**/{release}/values.yaml":        "write one * or {name} for each",
		"services/{chart}/{release}":      "let it end in the name of the values files",
	} {
		_, err := discover.ParseLayout(pattern)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", pattern, err, want)
		}
	}
}

func FuzzLayout(f *testing.F) {
	for _, p := range []string{
		"services/{service}/{chart}/{release}/override_values*.yaml", "*_{release}/v.yaml", "{release}.yaml", "a/**/b.yaml", "{chart}{release}.yaml", "./x/{release}*.yml",
	} {
		f.Add(p, "services/tenant/02_chart_tenant/01_release_t100/override_values_gke.yaml")
	}
	f.Fuzz(func(t *testing.T, pattern, file string) {
		if !fs.ValidPath(file) {
			t.Skip()
		}
		l, err := discover.ParseLayout(pattern)
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Fatal("an error without words")
			}
			return
		}
		tree := &discover.Tree{FS: fstest.MapFS{file: {}, "x/r1/values.yaml": {}}}
		found, _, err := l.Releases(tree, discover.LayoutOptions{})
		if err != nil {
			return
		}
		for _, r := range found {
			if r.Name == "" || r.Span.File == "" {
				t.Fatalf("pattern %q finds a release without name or place: %+v", pattern, r)
			}
		}
	})
}
