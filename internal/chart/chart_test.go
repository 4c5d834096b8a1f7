package chart_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/helmvet/helmvet/internal/chart"
)

const demo = `
-- Chart.yaml --
apiVersion: v2
name: demo
version: 1.2.3
appVersion: 1.10
type: application
dependencies:
  - name: redis
    version: ^1.0.0
    repository: https://charts.example.com
    alias: cache
    condition: cache.enabled,global.cache
    tags: [store]
    import-values:
      - data
      - child: auth
        parent: redisAuth
  - {name: absent, version: 9.x.x, repository: ""}
-- values.yaml --
image: {tag: a}
-- values.schema.json --
{}
-- README.md --
# demo
-- CHANGELOG.md --
# changes
-- templates/b.yaml --
{{ .Values.image.tag }}
-- templates/a.yaml --
a
-- templates/.hidden --
no
-- docs/notes.txt --
no
-- skipped/values.yaml --
no
-- .helmignore --
# comment
*.bak
/skipped/
templates/old.yaml
-- templates/old.yaml --
old
-- templates/x.yaml.bak --
old
-- charts/redis/Chart.yaml --
apiVersion: v2
name: redis
version: 1.4.0
-- charts/redis/values.yaml --
auth: {on: true}
-- charts/_off/x.yaml --
no
`

func write(t *testing.T, dir, archive string) {
	t.Helper()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

type entry struct{ name, text string }

func pack(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, e := range entries {
		if err := w.WriteHeader(&tar.Header{Name: e.name, Mode: 0o644, Size: int64(len(e.text)), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func save(t *testing.T, name string, data []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func paths(files []chart.File) string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path)
	}
	return strings.Join(out, " ")
}

func TestLoadFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, demo)
	c, err := chart.Load(dir + "/")
	if err != nil {
		t.Fatal(err)
	}
	m := c.Metadata
	if m.Name != "demo" || m.Version != "1.2.3" || m.AppVersion != "1.10" || m.APIVersion != "v2" || m.Type != "application" {
		t.Errorf("metadata: %+v", m)
	}
	if got := paths(c.Templates); got != "templates/a.yaml templates/b.yaml" {
		t.Errorf("templates: %s", got)
	}
	if want := filepath.Join(dir, "values.yaml"); c.Values == nil || c.Values.Name != want {
		t.Errorf("values: %v, want %s", c.Values, want)
	}
	if c.Schema == nil || c.Readme == nil || c.Changelog == nil {
		t.Error("schema, readme or changelog is missing")
	}
	d := m.Dependencies[0]
	if d.Key() != "cache" || strings.Join(d.Conditions(), " ") != "cache.enabled global.cache" || len(d.Tags) != 1 || len(d.ImportValues) != 2 {
		t.Errorf("dependency: %+v", d)
	}
	if d.ImportValues[0] != (chart.Import{Child: "exports.data", Parent: ".", Short: true}) || d.ImportValues[1] != (chart.Import{Child: "auth", Parent: "redisAuth"}) {
		t.Errorf("import-values: %+v", d.ImportValues)
	}
	if s := d.Span("condition"); s.Line != 11 || s.Column != 16 {
		t.Errorf("place of the condition: %+v", s)
	}
	if len(c.Charts) != 1 || c.Find(&d) != c.Charts[0] || c.Find(&m.Dependencies[1]) != nil {
		t.Errorf("charts: %v", c.Charts)
	}
}

func TestLoadArchive(t *testing.T) {
	t.Parallel()
	redis := pack(t, entry{"redis/Chart.yaml", "name: redis\nversion: 1.0.0\n"}, entry{"redis/values.yaml", "\ufeffa: 1\n"})
	file := save(t, "demo-1.0.0.tgz", pack(t,
		entry{"demo/Chart.yaml", "apiVersion: v2\nname: demo\nversion: 1.0.0\n"},
		entry{"demo/values.yaml", "a: 1\n"},
		entry{"demo/charts/redis-1.0.0.tgz", string(redis)},
		entry{"demo/charts/redis-1.0.0.tgz.prov", "x"},
	))
	c, err := chart.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := file + ":demo/values.yaml"; c.Values.Name != want {
		t.Errorf("values are called %s, want %s", c.Values.Name, want)
	}
	if want := file + ":demo/charts/redis-1.0.0.tgz:redis/values.yaml"; len(c.Charts) != 1 || c.Charts[0].Values.Name != want {
		t.Errorf("want %s", want)
	}
}

func TestRequirements(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "-- Chart.yaml --\nname: old\nversion: 1.0.0\n-- requirements.yaml --\ndependencies:\n  - {name: a, version: 1.0.0, repository: x}\n")
	c, err := chart.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Metadata.Dependencies) != 1 || c.Metadata.Dependencies[0].Span("name").File != filepath.Join(dir, "requirements.yaml") {
		t.Errorf("%+v", c.Metadata)
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "-- app/Chart.yaml --\nname: app\nversion: 1.0.0\n-- app/defaults.yaml --\na: 1\n-- secret.yaml --\nb: 2\n")
	link := func(to, from string) string {
		name := filepath.Join(dir, "app", from)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
		return name
	}
	link("defaults.yaml", "values.yaml")
	c, err := chart.Load(filepath.Join(dir, "app"))
	if err != nil || c.Values.Values().Get("a") == nil {
		t.Fatalf("a link inside the chart: %v", err)
	}
	for from, to := range map[string]string{"values.schema.json": "../secret.yaml", "templates/x": "/dev/zero", "templates/up": "..", "charts/gone": "nowhere"} {
		name := link(to, from)
		if _, err := chart.Load(filepath.Join(dir, "app")); err == nil || !strings.Contains(err.Error(), name) && from != "templates/up" {
			t.Errorf("%s -> %s: %v", from, to, err)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	ok := entry{"a/Chart.yaml", "name: a\nversion: 1.0.0\n"}
	good := pack(t, ok, entry{"a/values.yaml", strings.Repeat("# x\n", 3000)})
	nested := string(pack(t, ok))
	for range 40 {
		nested = string(pack(t, ok, entry{"a/charts/a-1.0.0.tgz", nested}))
	}
	for name, tc := range map[string]struct {
		data []byte
		want string
	}{
		"text":       {[]byte("a: 1\n"), "neither a folder nor a gzip archive"},
		"empty":      {nil, "neither a folder nor a gzip archive"},
		"no chart":   {pack(t, entry{"a/values.yaml", "a: 1\n"}), "has no Chart.yaml; name the folder"},
		"nothing":    {pack(t), "holds no chart"},
		"cut":        {good[:len(good)-20], "fetch it again"},
		"up":         {pack(t, ok, entry{"a/../../etc/passwd", "x"}), "leads out of the chart"},
		"absolute":   {pack(t, ok, entry{"a//etc/passwd", "x"}), "absolute path"},
		"drive":      {pack(t, ok, entry{`a\c:\x`, "x"}), "absolute path"},
		"no folder":  {pack(t, entry{"Chart.yaml", "name: a\nversion: 1.0.0\n"}), "belongs in a folder"},
		"bomb":       {pack(t, ok, entry{"a/data", strings.Repeat("0", 101<<20)}), "unpacks to more than 100 MiB"},
		"large file": {pack(t, ok, entry{"a/values.yaml", strings.Repeat("#", 6<<20)}), "larger than 5 MiB"},
		"deep":       {[]byte(nested), "nested deeper than"},
		"stray":      {pack(t, ok, entry{"a/charts/README.md", "x"}), "only charts may lie in charts/"},
		"name":       {pack(t, entry{"a/Chart.yaml", "version: 1.0.0\n"}), "has no name"},
		"version":    {pack(t, entry{"a/Chart.yaml", "name: a\nversion: latest\n"}), `Chart.yaml:2:10: version "latest" is no semantic version`},
		"type":       {pack(t, entry{"a/Chart.yaml", "name: a\nversion: 1.0.0\ntype: app\n"}), `type "app" is neither`},
		"twice":      {pack(t, entry{"a/Chart.yaml", "name: a\nversion: 1.0.0\ndependencies: [{name: b}, {name: c, alias: b}]\n"}), `two dependencies are called "b"`},
		"no mapping": {pack(t, entry{"a/Chart.yaml", "- a\n"}), "Chart.yaml:1:1"},
		"syntax":     {pack(t, entry{"a/Chart.yaml", "name: a\nversion: [\n"}), "Chart.yaml:2:"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := save(t, "a.tgz", tc.data)
			_, err := chart.Load(file)
			if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), file) {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
	if _, err := chart.Load(filepath.Join(t.TempDir(), "gone")); err == nil || !strings.Contains(err.Error(), "no such chart") {
		t.Error(err)
	}
	if _, err := chart.Load(t.TempDir()); err == nil || !strings.Contains(err.Error(), "has no Chart.yaml") {
		t.Error(err)
	}
}
