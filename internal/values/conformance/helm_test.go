// Package conformance asks Helm itself: whatever values make of files and
// flags must be what Helm 3 and Helm 4 make of them. It is a package of its own
// because Helm's code is large to build.
package conformance

import (
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/values"
	chart3 "helm.sh/helm/v3/pkg/chart"
	chartutil3 "helm.sh/helm/v3/pkg/chartutil"
	values3 "helm.sh/helm/v3/pkg/cli/values"
	getter3 "helm.sh/helm/v3/pkg/getter"
	util4 "helm.sh/helm/v4/pkg/chart/common/util"
	chart4 "helm.sh/helm/v4/pkg/chart/v2"
	values4 "helm.sh/helm/v4/pkg/cli/values"
	getter4 "helm.sh/helm/v4/pkg/getter"
)

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // Helm warns of every clash of types
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// helm is one version of Helm.
type helm struct {
	profile  values.Profile
	merge    func(dir string, o values.Options) (map[string]any, error)
	coalesce func(defaults, user map[string]any) (map[string]any, error)
}

var helms = map[string]helm{
	"v3": {values.Helm3, merge3, func(defaults, user map[string]any) (map[string]any, error) {
		return chartutil3.CoalesceValues(&chart3.Chart{Metadata: &chart3.Metadata{Name: "c"}, Values: defaults}, user)
	}},
	"v4": {values.Helm4, merge4, func(defaults, user map[string]any) (map[string]any, error) {
		return util4.CoalesceValues(&chart4.Chart{Metadata: &chart4.Metadata{Name: "c"}, Values: defaults}, user)
	}},
}

func merge3(dir string, o values.Options) (map[string]any, error) {
	p := values3.Options{JSONValues: o.JSONValues, Values: o.Values, StringValues: o.StringValues, LiteralValues: o.LiteralValues}
	p.ValueFiles, p.FileValues = inDir(dir, o)
	return p.MergeValues(getter3.Providers{})
}

func merge4(dir string, o values.Options) (map[string]any, error) {
	p := values4.Options{JSONValues: o.JSONValues, Values: o.Values, StringValues: o.StringValues, LiteralValues: o.LiteralValues}
	p.ValueFiles, p.FileValues = inDir(dir, o)
	return p.MergeValues(getter4.Providers{})
}

// inDir names the files where they are. The arguments of --set-file are of the
// form key=file.
func inDir(dir string, o values.Options) (files, sets []string) {
	for _, f := range o.ValueFiles {
		files = append(files, filepath.Join(dir, f))
	}
	for _, s := range o.FileValues {
		key, file, _ := strings.Cut(s, "=")
		sets = append(sets, key+"="+filepath.Join(dir, file))
	}
	return files, sets
}

// compare merges the files and flags with Helm and with ours.
func compare(t *testing.T, files map[string]string, o values.Options) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	read := func(name string) ([]byte, error) {
		text, ok := files[name]
		if !ok {
			return nil, errors.New("no such file")
		}
		return []byte(text), nil
	}
	for name, h := range helms {
		want, wantErr := h.merge(dir, o)
		got, problems, err := values.Loader{Read: read, Profile: h.profile}.Release(o)
		if refused := err != nil || len(problems) > 0; refused != (wantErr != nil) {
			t.Fatalf("%s: files %q, flags %+v:\nHelm says %v\nwe say %v %v", name, files, o, wantErr, err, problems)
		}
		if wantErr == nil && !reflect.DeepEqual(got.Root.Any(), any(want)) {
			t.Fatalf("%s: files %q, flags %+v:\n got %#v\nwant %#v", name, files, o, got.Root.Any(), want)
		}
	}
}

func one(text string) (map[string]string, values.Options) {
	return map[string]string{"a.yaml": text}, values.Options{ValueFiles: []string{"a.yaml"}}
}

// TestFiles reads single files, good ones and bad ones.
func TestFiles(t *testing.T) {
	for _, text := range files {
		compareOne(t, text)
	}
}

func compareOne(t *testing.T, text string) {
	t.Helper()
	f, o := one(text)
	compare(t, f, o)
}

var files = []string{
	// Y2: duplicate keys
	"a: 1\na: 2\n", "a: {b: 1}\na: {c: 1}\n", "1: a\n0x1: b\n",
	// Y3: booleans as values and keys
	"a: [y, Y, yes, Yes, YES, on, On, ON, true, True, TRUE, tRUE, \"yes\"]\n", "a: [n, N, no, No, NO, off, Off, OFF, false, False, FALSE, nO, 'no']\n", "y: 1\nno: 2\n", "'y': 1\n\"no\": 2\n",
	// Y5: nulls
	"a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: nULL\n",
	// Y6: numbers
	"a: [0777, 0o777, 0x1F, 0b11, 1_000, 1e3, 1.10, 190:20:30, 12345678901234567890, 9007199254740993, -9223372036854775809]\n",
	"a: [089, 0_8, +1, -0, -0.0, 1., .5, -.5, +.5, 1e400, 1e, 0x, 0b2, -0b11, 0b+1, 1__0, _1, 1_, .1_0, 0x1_F, 99999999999999999999, 1.0]\n",
	"a: [0.1, 1E3, 1e+3, 1e-3, 1_0.5, 0.0000001, 123456789.123456789, 1.7976931348623157e308, 4.9e-324]\n",
	// Y7: no JSON
	"a: .inf\n", "a: -.Inf\n", "a: [.nan]\n", ".inf: 1\n-.inf: 2\n.NaN: 3\n", "a: 2001-01-01\nb: 2001-01-01T00:00:00Z\nc: 2001-1-1 1:2:3\n",
	// Y8: keys
	"1: a\n1e3: b\n0x10: c\ntrue: d\n2001-01-01: e\n1.5: f\n1234567.5: g\n1e300: h\n-0.0: i\n", "~: 1\n", "null: 1\n", ": 1\n", "{a: b}: 1\n", "? [a]\n: 1\n", "12345678901234567890: 1\n", "? a\n? b\n",
	// Y9: roots
	"", "# only a comment\n", "---\n", "~\n", "- a\n", "text\n", "5\n", "[]\n", "{}\n", "\n\n", "--- {a: 1}\n", "--- # c\na: 1\n",
	// Y10, Y11: documents
	"a: 1\n---\nb: 2\na: 3\n", "a: {b: 1}\n---\na: {c: 2, b: null}\n", "a: 1\n---\n- x\n", "a: 1\n---\nb: *x\n", "a: &x 1\n---\nb: *x\n", "a: 1\n--- {b: 2}\n", "a: 1\n---b\n", "a: |\n  ---\n  x\n", "---\n---\na: 1\n", "---\na: 1\n---\n", "a: 1\n---\n---\nb: 1\n", "# c\n---\na: 1\n", "a: 1\n---\n# c\n", "----\n",
	"a: 1\r\n---\r\nb: 2\r\n", "a: 1\n---\nb: [\n", "a: 1\n--- # c\nb: 2", "\ufeff---\na: 1\n---\nb: 1\n",
	// Y12: ends, directives, BOM, CRLF, tabs
	"a: 1\n...\nb: 2\n", "a: 1\n...\n@\n", "a: 1\n...\n---\nb: 2\n", "%YAML 1.1\n---\na: 1\n", "%YAML 1.2\n---\na: 1\n", "%TAG ! tag:x,2000:\n---\na: !b c\n", "%FOO\n---\na: 1\n", "\ufeffa: 1\n", "\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n",
	"a:\n\tb: 1\n", "a:\tb\n", "a: b\t# c\n", "a: 1\n\t\n", "a: 1\n\t# c\n", "- \tb\n", "a:\n  - \t# c\n    b\n", "a: |\n  x\n\t\n", "a: |\n  x\n\ty\n", "\t\n",
	"{}\nb: 1\n", "a: 1\n}\n", "[]]\n",
	// Y14: merge keys
	"x: &x {a: 1, b: 2}\ny: {<<: *x, a: 3}\nz: {a: 3, <<: *x}\n", "x: &x {a: 1}\ny: &y {a: 2, b: 2}\nz: {<<: [*x, *y]}\nw: {b: 1, <<: [*y, *x]}\n", "a: {<<: {b: 1}}\n", "a: {<<: null}\n", "a: {<<: []}\n", "a: {<<: [1]}\n", "x: &x [{a: 1}]\ny: {<<: *x}\n", "\"<<\": 1\n", "a: <<\n", "<<: {a: {b: 1}}\na: {c: 2}\n", "a: {<<: {b: 1}, <<: {c: 2}}\n", "a: {! <<: {b: 1}, !!merge <<: {c: 1}, !!str <<: d}\n",
	// Y15: tags
	"a: !custom foo\nb: !!str 12\nc: !!binary aGVsbG8=\nd: !!int \"5\"\ne: !!float 5\nf: !!bool yes\ng: ! 7\nh: !custom 7\ni: !!null ''\n", "a: !!int x\n", "a: !!int 5.0\n", "a: !!bool 1\n", "a: !!float 12345678901234567890\n", "a: !!null x\n", "a: !!binary \"a b\"\n", "a: !!binary /w==\n", "a: !!timestamp 2001-01-01\n", "a: !!timestamp x\n", "a: !!str\nb: !!map {c: d}\ne: !!seq [1]\nf: !!str [1]\n", "a: !<tag:yaml.org,2002:str> 5\n",
	// Y16: aliases
	"a: &x 1\nb: *x\n", "a: &x {b: *x}\n", "a: &x [*x]\n", "&k a: 1\nb: *k\n", "a: &k b\n*k : 1\n", "a: &x 1\nb: &x 2\nc: *x\n", bomb(3), bomb(5), bomb(6), bomb(9), aliases(3000), aliases(200_000),
	// strings
	"a: |\n  x\n", "a: |-\n  x\n", "a: |+\n  x\n\n", "a: |2\n    x\n", "a: >\n  x\n  y\n\n  z\n", "a: |", "a: |\n  x", "a: |+\n  x", "a: >-\n\n  x\n   y\n  z", "a: \"x\\ty\\u00e9\\x41\\\n  z\"\n", "a: \"\\ud800\"\n", "a: 'it''s\n  b'\n", "a: x\n  y\n\n  z\n", "a: \"\\q\"\n", "a: b: c\n", "a: 'x\n", "a: \u0085\u2028x\n", "a: \"x\u2028y\"\n", "a: x\ry: 2\r", "a: <&>\u2028\n",
	"a: \x01\n", "a: \x7f\n", "a: \xff\n", "a: \x00\n", "a: \u009f\n", "a: \ufffe\n", "a: b\ufeffc\n",
	"{a: 1, b: [c, d: e], }\n", "a: [b\n", "a: {b\n", "a: }\n", "a: {b: 1, c}\n", "a: [,]\n", "a: {? b : c}\n", "a: @b\n", "a: `b`\n", "a: %b\n", "a: *\n", "a: -\n", "a: - b\n", "a:b\n", "a: 1 b: 2\n", "- a\nb: 1\n",
}

// bomb is the classic alias bomb of n levels.
func bomb(n int) string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	return b.String()
}

func aliases(n int) string {
	return "x: &x {a: 1, b: [1, 2]}\ny:\n" + strings.Repeat("- *x\n", n)
}

// TestUTF16 reads what PowerShell writes.
func TestUTF16(t *testing.T) {
	for _, text := range []string{"a: é\r\nb: \U0001f600\n", "a: 1"} {
		for _, big := range []bool{false, true} {
			out := []byte{0xff, 0xfe}
			if big {
				out = []byte{0xfe, 0xff}
			}
			for _, r := range utf16Units(text) {
				if big {
					out = append(out, byte(r>>8), byte(r))
				} else {
					out = append(out, byte(r), byte(r>>8))
				}
			}
			compareOne(t, string(out))
		}
	}
}

func utf16Units(s string) (out []uint16) {
	for _, r := range s {
		if r >= 0x10000 {
			r -= 0x10000
			out = append(out, uint16(0xd800+r>>10), uint16(0xdc00+r&0x3ff))
			continue
		}
		out = append(out, uint16(r))
	}
	return out
}

// TestRelease merges files and flags (L1, L4-L11).
func TestRelease(t *testing.T) {
	files := map[string]string{
		"a.yaml": "a: {b: 1, c: [1, {d: 2}, 3], n: null}\ns: text\nm: {x: 1}\nl: [1, 2]\nz:\n",
		"b.yaml": "a: {b: null, e: 5}\ns: {t: 1}\nm: text\nl: [3]\n",
		"c.yaml": "a: null\ny: 2\n",
		"t.txt":  "some\ntext\xff",
	}
	all := []string{"a.yaml", "b.yaml", "c.yaml"}
	for _, o := range []values.Options{
		{},
		{ValueFiles: all}, {ValueFiles: []string{"b.yaml", "a.yaml"}}, {ValueFiles: []string{"c.yaml", "a.yaml", "a.yaml"}}, {ValueFiles: []string{"none.yaml"}},
		{ValueFiles: all[:1], JSONValues: []string{"a=1"}, Values: []string{"a=2"}, StringValues: []string{"a=3"}, LiteralValues: []string{"a=4"}},
		{ValueFiles: all[:1], LiteralValues: []string{"a.b=1,b=2"}, FileValues: []string{"f=t.txt"}, StringValues: []string{"q=null,r={1,2}"}},
		{ValueFiles: all[:1], Values: []string{"a.c[1].d=9", "a.c[4]=x", "y=2,y=3"}}, {ValueFiles: all[:1], Values: []string{"s.x=1"}}, {ValueFiles: all[:1], Values: []string{"z.x=1"}}, {ValueFiles: all[:1], Values: []string{"z[0]=1"}},
		{ValueFiles: all[:1], JSONValues: []string{`a={"q":1}`, `m=`, `n=12345678901234567890`}}, {ValueFiles: all[:1], JSONValues: []string{`{"a":{"q":1},"l":null}`}}, {JSONValues: []string{` {"a":1} `}}, {JSONValues: []string{`{"a":1} x`}}, {JSONValues: []string{`{`}}, {JSONValues: []string{`{}`}},
		{FileValues: []string{"f=none.txt"}}, {Values: []string{"a[0"}}, {Values: []string{"y=1", "y"}}, {Values: []string{"a=0.7,b=7,c=1e3,d=yes,e=~"}},
	} {
		compare(t, files, o)
	}
}

// TestCoalesce asks for rows 1 to 4 of the table of nulls, and what lies around
// them.
func TestCoalesce(t *testing.T) {
	for _, c := range [][2]string{
		{"a: 1\nb: {c: 1}", "a: null"}, {"a: {b: 1, c: 2}", "a: {b: null}"}, {"a: {b: 1}", "a: {x: null}"}, {"a: 1", "x: null"}, {"a: null\nb: {c: null, d: 1}", "y: 1"},
		{"a: null\nb: {c: null, d: 1}", "b: {e: 1}"}, {"a: {}", "a: {x: null}"}, {"a: {b: {}}", "a: {b: {x: null}}"}, {"a: {b: null}", "a: {b: null}"}, {"a: null", "a: null"}, {"a: null", "a: {b: null}"},
		{"a: 1", "a: {b: null}"}, {"a: {b: 1}", "a: 5"}, {"a: {b: {c: 1}}", "a: {b: 5}"}, {"a: {b: 5}", "a: {b: {c: null}}"}, {"a: [1, null]", "b: [null]"}, {"a: [1]", "a: []"}, {"a: {b: 1}", "a: {}"}, {"", "a: {b: null}"}, {"a: {b: {c: null}}", ""}, {"a: {b: {c: null}}", "a: {b: {}}"},
	} {
		compareCoalesce(t, c[0], c[1])
	}
}

func compareCoalesce(t *testing.T, defaults, user string) {
	t.Helper()
	dir := t.TempDir()
	for name, h := range helms {
		load := func(text string) (map[string]any, *values.Values) {
			name := filepath.Join(dir, "v.yaml")
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			m, err := h.merge(dir, values.Options{ValueFiles: []string{"v.yaml"}})
			if err != nil {
				t.Skip(err)
			}
			v, _, _ := values.Loader{Profile: h.profile, Read: func(string) ([]byte, error) { return []byte(text), nil }}.Release(values.Options{ValueFiles: []string{"v.yaml"}})
			return m, v
		}
		helmDefaults, ourDefaults := load(defaults)
		helmUser, ourUser := load(user)
		want, err := h.coalesce(helmDefaults, helmUser)
		if err != nil {
			t.Fatal(err)
		}
		got := values.Coalesce(ourDefaults.Root, ourUser, h.profile).Root.Any()
		if !reflect.DeepEqual(got, any(map[string]any(want))) {
			t.Fatalf("%s: %q over %q:\n got %#v\nwant %#v", name, user, defaults, got, want)
		}
	}
}

// generator writes small values files whose keys often meet.
type generator struct{ *rand.Rand }

func (g generator) mapping(depth int) string {
	var b strings.Builder
	b.WriteString("{")
	for i := range g.Intn(4) {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s: %s", g.pick("a", "b", "c", "\"d\"", "1", "on"), g.value(depth))
	}
	return b.String() + "}"
}

func (g generator) value(depth int) string {
	if depth > 0 {
		switch g.Intn(5) {
		case 0, 1:
			return g.mapping(depth - 1)
		case 2:
			var items []string
			for range g.Intn(4) {
				items = append(items, g.value(depth-1))
			}
			return "[" + strings.Join(items, ", ") + "]"
		}
	}
	return g.pick("null", "~", "1", "text", "0x10", "1.10", "yes", "\"\"", "'null'")
}

func (g generator) pick(all ...string) string { return all[g.Intn(len(all))] }

func (g generator) path() string {
	var b strings.Builder
	b.WriteString(g.pick("a", "b", "c", "1"))
	for range g.Intn(3) {
		b.WriteString(g.pick(".a", ".b", "[0]", "[2]", ".true"))
	}
	return b.String()
}

func (g generator) options() (map[string]string, values.Options) {
	files := map[string]string{"t.txt": "text"}
	var o values.Options
	for i := range 1 + g.Intn(3) {
		name := fmt.Sprintf("%d.yaml", i)
		files[name] = g.mapping(3) + "\n"
		for range g.Intn(2) {
			files[name] += "---\n" + g.mapping(2) + "\n"
		}
		o.ValueFiles = append(o.ValueFiles, name)
	}
	scalar := func() string { return g.pick("1", "007", "null", "x y", "{1,a}", "", "true", `\,`, "1.5") }
	for range g.Intn(3) {
		switch g.Intn(5) {
		case 0:
			o.Values = append(o.Values, g.path()+"="+scalar()+","+g.path()+"="+scalar())
		case 1:
			o.StringValues = append(o.StringValues, g.path()+"="+scalar())
		case 2:
			o.LiteralValues = append(o.LiteralValues, g.path()+"="+scalar())
		case 3:
			o.JSONValues = append(o.JSONValues, g.pick(g.path()+`=`, "")+g.pick(`{"a": {"b": null}, "c": [1, "x"]}`, `{"b":{"a":1}}`, "null", "[1,2]", "5", `"x"`))
		case 4:
			o.FileValues = append(o.FileValues, g.path()+"=t.txt")
		}
	}
	return files, o
}

// FuzzRelease merges one to three generated files and some flags.
func FuzzRelease(f *testing.F) {
	for seed := range int64(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed int64) {
		g := generator{rand.New(rand.NewSource(seed))}
		files, o := g.options()
		compare(t, files, o)
	})
}

// FuzzCoalesce lays generated values over generated defaults.
func FuzzCoalesce(f *testing.F) {
	for seed := range int64(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed int64) {
		g := generator{rand.New(rand.NewSource(seed))}
		compareCoalesce(t, g.mapping(3), g.mapping(3))
	})
}

// FuzzFile reads any text at all.
func FuzzFile(f *testing.F) {
	for _, text := range files {
		if len(text) < 1000 {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "{{") {
			return // taken for a template expression that is still to be filled in
		}
		if stable(t, text) {
			compareOne(t, text)
		}
	})
}

// stable reports whether Helm reads the file alike each time: of `true` and
// "true" in one mapping, chance decides which one stays.
func stable(t *testing.T, text string) bool {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o := values.Options{ValueFiles: []string{"a.yaml"}}
	first, _ := merge3(dir, o)
	for range 12 {
		if again, _ := merge3(dir, o); !reflect.DeepEqual(first, again) {
			return false
		}
	}
	return true
}
