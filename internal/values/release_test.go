package values_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

func files(all map[string]string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		text, ok := all[name]
		if !ok {
			return nil, errors.New("no such file")
		}
		return []byte(text), nil
	}
}

// place writes a node's origin: layer and position, and what it shadows.
func place(n *values.Node) string {
	s := "?"
	if n.Layer != nil {
		s = n.Layer.Name
	}
	s += fmt.Sprintf(":%d:%d-%d", n.Span.Line, n.Span.Column, n.Span.EndCol)
	for _, o := range n.Shadows {
		s += fmt.Sprintf(" < %s:%d:%d", o.Layer.Name, o.Span.Line, o.Span.Column)
	}
	return s
}

// TestOrigins asks where each value of a release came from.
func TestOrigins(t *testing.T) {
	t.Parallel()
	read := files(map[string]string{
		"a.yaml": "a: {b: 1, c: 2}\nl: [1, {x: 1, z: 2}, 3]\ns: old\nt: |\n  k: 1\n",
		"b.yaml": "a: {b: 3}\ns: [new]\n",
		"f.txt":  "- one: 1\n- two: 2\n",
	})
	v, problems, err := values.Loader{Read: read}.Release(values.Options{
		ValueFiles:    []string{"a.yaml,b.yaml"},
		JSONValues:    []string{`j={"é": [1, {"k": "v"}]},a.d=null`},
		Values:        []string{"q=1", "a.b=4,l[1].x=9,l[4]=x,n.m[0].o={p,q}", "s[0]=newer,s[0]=newest"},
		StringValues:  []string{"a.b=5"},
		FileValues:    []string{"f=f.txt"},
		LiteralValues: []string{"é.ü=a,b"},
	})
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	want := map[string]any{
		"a": map[string]any{"b": "5", "c": 2.0, "d": nil}, "l": []any{1.0, map[string]any{"x": int64(9), "z": 2.0}, 3.0, nil, "x"}, "s": []any{"newest"}, "t": "k: 1\n", "q": int64(1),
		"n": map[string]any{"m": []any{map[string]any{"o": []any{"p", "q"}}}}, "j": map[string]any{"é": []any{1.0, map[string]any{"k": "v"}}}, "f": "- one: 1\n- two: 2\n", "é": map[string]any{"ü": "a,b"},
	}
	if got := v.Root.Any(); !reflect.DeepEqual(got, want) {
		t.Fatalf("got %#v", got)
	}
	for p, want := range map[string]string{
		"a.b": "--set-string:1:5-6 < --set:2:5 < b.yaml:1:8 < a.yaml:1:8", "a.c": "a.yaml:1:14-15", "a.d": "--set-json:1:30-34",
		"l": "a.yaml:2:4-24", "l[0]": "a.yaml:2:5-6", "l[1]": "a.yaml:2:8-20", "l[1].x": "--set:2:14-15 < a.yaml:2:12", "l[1].z": "a.yaml:2:18-19", "l[2]": "a.yaml:2:22-23", "l[3]": "--set:2:20-22", "l[4]": "--set:2:21-22",
		"s": "b.yaml:2:4-9 < a.yaml:3:4", "s[0]": "--set:3:17-23 < --set:3:6 < b.yaml:2:5", "n": "--set:2:25-37", "n.m": "--set:2:26-37", "n.m[0]": "--set:2:29-37", "n.m[0].o": "--set:2:32-37", "n.m[0].o[1]": "--set:2:35-36",
		"j": "--set-json:1:3-25", "j.é": "--set-json:1:9-24", "j.é[0]": "--set-json:1:10-11", "j.é[1].k": "--set-json:1:19-22", "é.ü": "--set-literal:1:5-8", "f": "--set-file:1:3-8", "q": "--set:1:3-4", "t.k": "a.yaml:5:6-7",
	} {
		n := v.Root.Lookup(path(t, p))
		if n == nil {
			t.Errorf("no %s", p)
			continue
		}
		if got := place(n); got != want {
			t.Errorf("%s: got %s, want %s", p, got, want)
		}
	}
	if got := v.Root.LocateKey(path(t, "n.m[0].o")); got.File != "--set" || got.Line != 2 || got.Column != 30 {
		t.Errorf("key: %+v", got)
	}
	if got, _ := v.Locate(path(t, "f[1].two")); got.File != "f.txt" || got.Line != 2 || got.Column != 8 {
		t.Errorf("inside --set-file: %+v", got)
	}
	var layers []string
	for _, l := range v.Layers {
		layers = append(layers, fmt.Sprintf("%s %v", l.Name, l.Root.Any()))
	}
	if got := strings.Join(layers[2:5], "; "); got != "--set-json map[a:map[d:<nil>] j:map[é:[1 map[k:v]]]]; --set map[q:1]; --set map[a:map[b:4] l:[<nil> map[x:9] <nil> <nil> x] n:map[m:[map[o:[p q]]]]]" {
		t.Errorf("layers: %s", got)
	}
}

// TestSharedLayers asks that a release does not change the layers of another.
func TestSharedLayers(t *testing.T) {
	t.Parallel()
	l := values.Loader{Read: one("a: {b: [1, 2]}\n")}
	layer, problems, err := l.Layer(values.File, "v.yaml")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	before := fmt.Sprint(layer.Root.Any())
	v := values.MergeFiles(layer)
	if problems := l.Apply(v, values.Options{Values: []string{"a.b[0]=9,a.c=1", "a.b[0]=10"}}); len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := fmt.Sprint(layer.Root.Any()); got != before || fmt.Sprint(v.Root.Any()) != "map[a:map[b:[10 2] c:1]]" {
		t.Errorf("layer is %s, release %v", got, v.Root.Any())
	}
}

// TestRefusals asks what is said of releases that Helm refuses.
func TestRefusals(t *testing.T) {
	t.Parallel()
	read := files(map[string]string{"a.yaml": "s: text\nz:\nm: {x: 1}\nl: [1]\n", "bad.yaml": "a: [\n", "list.yaml": "- a\n", "two.yaml": "a: 1\n---\n- b\n"})
	for _, tc := range []struct {
		options   values.Options
		want      string // flag:line:column: message
		four, any bool
	}{
		{options: values.Options{Values: []string{"q=1", "s.x=1"}}, want: "--set:2:1: --set \"s.x\": \"s\" is a string (a.yaml:1), so a key below it cannot be set"},
		{options: values.Options{Values: []string{"q=1,z.x=1"}}, want: "--set:1:5: --set \"z.x\": \"z\" is null (a.yaml:2), so a key below it"},
		{options: values.Options{StringValues: []string{"m[0]=1"}}, want: "--set-string:1:1: --set-string \"m[0]\": \"m\" is a mapping (a.yaml:3), so an index below it"},
		{options: values.Options{Values: []string{"l[0][1]=1"}}, want: "--set:1:1: --set \"l[0][1]\": item 0 is a number (a.yaml:4), so an index below it"},
		{options: values.Options{Values: []string{"a"}}, want: "--set:1:1: --set \"a\": key has no value; write KEY=VALUE"},
		{options: values.Options{Values: []string{"a=b,c"}}, want: "--set:1:5: --set: text after a comma has no `=`; write `\\,` for a comma that is part of a value"},
		{options: values.Options{Values: []string{"a={b"}}, want: "--set:1:1: --set \"a\": list is not closed; write {a,b}"},
		{options: values.Options{Values: []string{"a[x]=1"}}, want: "--set:1:1: --set \"a[x]\": index is no number"},
		{options: values.Options{Values: []string{"a[99999]=1"}}, want: "--set:1:1: --set \"a[99999]\": index 99999 is larger than Helm's limit of 65536"},
		{options: values.Options{JSONValues: []string{"a=b"}}, want: "--set-json:1:1: --set-json \"a\": value is no JSON: invalid character 'b'"},
		{options: values.Options{JSONValues: []string{`{"a":1}`}}, want: "--set-json:1:1: --set-json"},
		{options: values.Options{JSONValues: []string{`{"a":1} x`}}, four: true, want: "--set-json:1:1: --set-json: text after the closing brace"},
		{options: values.Options{FileValues: []string{"a=none"}}, want: "--set-file:1:1: --set-file \"a\": file \"none\" cannot be read: no such file"},
		{options: values.Options{ValueFiles: []string{"bad.yaml"}}, want: "bad.yaml:1:4: `[` is never closed"},
		{options: values.Options{ValueFiles: []string{"list.yaml"}}, want: "list.yaml:1:1: file holds a list, but values must be a mapping"},
		{options: values.Options{ValueFiles: []string{"two.yaml"}}, four: true, want: "two.yaml:3:1: file holds a list, but values must be a mapping"},
	} {
		l := values.Loader{Read: read}
		if tc.four {
			l.Profile = values.Helm4
		}
		tc.options.ValueFiles = append([]string{"a.yaml"}, tc.options.ValueFiles...)
		_, problems, err := l.Release(tc.options)
		if err != nil || len(problems) != 1 {
			t.Errorf("%+v: %v %v", tc.options, problems, err)
			continue
		}
		p := problems[0]
		if got := fmt.Sprintf("%s:%d:%d: %s", p.Span.File, p.Span.Line, p.Span.Column, p.Message); !strings.HasPrefix(got, tc.want) {
			t.Errorf("got  %s\nwant %s", got, tc.want)
		}
	}
	if _, _, err := (values.Loader{Read: read}).Release(values.Options{ValueFiles: []string{"none.yaml"}}); err == nil {
		t.Error("a missing file is no error")
	}
}

func TestSplitFiles(t *testing.T) {
	t.Parallel()
	got, err := values.SplitFiles([]string{"a.yaml,b.yaml", "", "\"c,d.yaml\",-", "e.yaml"})
	if want := []string{"a.yaml", "b.yaml", "c,d.yaml", "-", "e.yaml"}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %q %v", got, err)
	}
	if _, err := values.SplitFiles([]string{"a\"b"}); err == nil || !strings.HasPrefix(err.Error(), "--values") {
		t.Errorf("got %v", err)
	}
}

func TestParseProfile(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"": "3.22", "3": "3.22", "v3": "3.22", "4": "4.3", "3.12": "3.12", "v3.20.0": "3.20.0", "4.1.2": "4.1.2"} {
		if p, err := values.ParseProfile(s); err != nil || p.String() != want {
			t.Errorf("%q: got %s %v", s, p, err)
		}
	}
	for _, s := range []string{"2", "3.11", "3.23", "4.4", "5", "x", "3.", "3.1.2.3", "3.-1", " 3"} {
		if p, err := values.ParseProfile(s); err == nil {
			t.Errorf("%q is taken for %s", s, p)
		} else if !strings.Contains(err.Error(), "from 3.12 to 3.22 or from 4.0 to 4.3") {
			t.Errorf("%q: %v", s, err)
		}
	}
	if s := (values.Profile{}).String(); s != "3.22" {
		t.Errorf("zero profile is %s", s)
	}
}

// TestNulls is the table of nulls in a chart without subcharts, by version.
func TestNulls(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		defaults, user string
		want           map[string]string // by version
	}{
		{"a: 1", "a: null", map[string]string{"3.12": "{}", "3.20.0": "{}", "3.22": "{}", "4.0": "{}", "4.3": "{}"}},
		{"a: 1", "b: null", map[string]string{"3.12": "{a: 1, b: null}", "3.20.0": "{a: 1, b: null}", "3.22": "{a: 1, b: null}", "4.0": "{a: 1, b: null}", "4.3": "{a: 1, b: null}"}},
		{"a: {b: 1, c: 2}", "a: {b: null}", map[string]string{"3.12": "{a: {c: 2}}", "3.20.0": "{a: {c: 2}}", "3.22": "{a: {c: 2}}", "4.3": "{a: {c: 2}}"}},
		{"a: {c: 2}", "a: {b: null}", map[string]string{"3.12": "{a: {b: null, c: 2}}", "3.19": "{a: {b: null, c: 2}}", "3.20.0": "{a: {c: 2}}", "3.20": "{a: {b: null, c: 2}}", "4.0": "{a: {c: 2}}", "4.1.2": "{a: {c: 2}}", "4.1": "{a: {b: null, c: 2}}", "4.3": "{a: {b: null, c: 2}}"}},
		{"a: null\nb: {c: null, d: 1}", "{}", map[string]string{"3.12": "{a: null, b: {c: null, d: 1}}", "3.22": "{a: null, b: {c: null, d: 1}}", "4.1": "{a: null, b: {c: null, d: 1}}", "4.2": "{b: {d: 1}}", "4.3": "{b: {d: 1}}"}},
		{"a: {}", "a: {b: null}", map[string]string{"3.12": "{a: {b: null}}", "3.20.0": "{a: {}}", "3.22": "{a: {b: null}}", "4.0": "{a: {}}", "4.3": "{a: {b: null}}"}},
		{"a: [1, null]", "b: [null]", map[string]string{"3.12": "{a: [1, null], b: [null]}", "4.3": "{a: [1, null], b: [null]}"}},
	} {
		for version, want := range tc.want {
			p, err := values.ParseProfile(version)
			if err != nil {
				t.Fatal(err)
			}
			user, _, err := values.Loader{Read: one(tc.user)}.Release(values.Options{ValueFiles: []string{"v.yaml"}})
			if err != nil {
				t.Fatal(err)
			}
			got := values.Coalesce(parse(t, tc.defaults).Values(), user, p).Root.Any()
			if want := parse(t, want).Values().Any(); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %q over %q: got %v, want %v", version, tc.user, tc.defaults, got, want)
			}
		}
	}
}

// TestCoalesceOrigins asks where values come from, and what a null took away.
func TestCoalesceOrigins(t *testing.T) {
	t.Parallel()
	l := values.Loader{Read: files(map[string]string{"values.yaml": "a: {b: 1, c: 2, d: 3}\ne: 4\n", "u.yaml": "a: {b: 5, c: null}\n"})}
	chart, _, err := l.Layer(values.ChartDefaults, "values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	user, _, err := l.Release(values.Options{ValueFiles: []string{"u.yaml"}, Values: []string{"a.b=6"}})
	if err != nil {
		t.Fatal(err)
	}
	v := values.Coalesce(chart.Root, user, values.Profile{})
	if len(v.Layers) != 3 || v.Layers[0] != chart {
		t.Errorf("layers: %v", v.Layers)
	}
	for p, want := range map[string]string{"a.b": "--set:1:5-6 < u.yaml:1:8 < values.yaml:1:8", "a.d": "values.yaml:1:20-21", "e": "values.yaml:2:4-5"} {
		if got := place(v.Root.Lookup(path(t, p))); got != want {
			t.Errorf("%s: got %s, want %s", p, got, want)
		}
	}
	a := v.Root.Get("a").Value
	if len(a.Removed) != 1 || a.Removed[0].Key != "c" || place(a.Removed[0].Value) != "u.yaml:1:14-18 < values.yaml:1:14" || a.Get("c") != nil {
		t.Errorf("removed: %+v", a.Removed)
	}
	if len(a.Parts) != 2 {
		t.Errorf("parts: %+v", a.Parts)
	}
	if got := values.Coalesce(nil, user, values.Profile{}); !reflect.DeepEqual(got.Root.Any(), user.Root.Any()) {
		t.Errorf("without defaults: %v", got.Root.Any())
	}
}

// TestDocuments asks what is read of a file of several documents.
func TestDocuments(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, three, four string }{
		{"a: {x: 1}\n---\na: {y: 2}\n", "{a: {x: 1}}", "{a: {x: 1, y: 2}}"},
		{"a: 1\n---\n- x\n", "{a: 1}", ""},
		{"a: 1\n--- {b: 2}\n", "{a: 1}", ""},
		{"a: 1\n...\nb: 2\n---\nc: 3\n", "{a: 1}", "{a: 1, c: 3}"},
		{"a: 1\n---\nb: [\n", "{a: 1}", ""},
		{"a: |\n  x\n  ---\n---\nb: $V\n", "{a: \"x\\n---\\n\"}", "{a: \"x\\n---\\n\", b: v}"},
		{"a: |\n  x", "{a: x}", "{a: \"x\\n\"}"},
	} {
		d := values.ParseEnv("v.yaml", []byte(tc.text), values.DefaultLimits, values.Env{"V": "v"})
		for profile, want := range map[values.Profile]string{values.Helm3: tc.three, values.Helm4: tc.four} {
			root, problems := d.ValuesFor(profile)
			if want == "" {
				if root != nil || len(problems) == 0 {
					t.Errorf("%s: %q is not refused", profile, tc.text)
				}
				continue
			}
			if got := root.Any(); len(problems) > 0 || !reflect.DeepEqual(got, parse(t, want).Values().Any()) {
				t.Errorf("%s: %q: got %v %v, want %s", profile, tc.text, got, problems, want)
			}
		}
	}
	d := values.ParseEnv("v.yaml", []byte("a: 1\n---\nb: $V-x\na: 2\n"), values.DefaultLimits, values.Env{"V": "longer"})
	root, _ := d.ValuesFor(values.Helm4)
	if n := root.Get("b").Value; source(d, n.Span) != "$V-x" || n.Span.Line != 3 || !n.Replaced {
		t.Errorf("got %+v", n)
	}
	if n := root.Get("a").Value; n.Span.Line != 4 || len(n.Shadows) != 1 || n.Shadows[0].Span.Line != 1 {
		t.Errorf("got %+v", n)
	}
}

func TestUTF16(t *testing.T) {
	t.Parallel()
	data := []byte{0xff, 0xfe}
	for _, r := range "a: é\r\nb: [1]\r\n" {
		data = append(data, byte(r), byte(r>>8))
	}
	d := values.Parse("v.yaml", data, values.DefaultLimits)
	if got := d.Values().Any(); !reflect.DeepEqual(got, map[string]any{"a": "é", "b": []any{1.0}}) {
		t.Errorf("got %v %v", got, d.Problems)
	}
	if s, _ := d.Values().Locate(lint.Keys("a")); source(d, s) != "é" {
		t.Errorf("got %+v", s)
	}
	if _, problems := d.ValuesFor(values.Helm4); len(problems) != 1 || !strings.Contains(problems[0].Message, "UTF-16") {
		t.Errorf("got %v", problems)
	}
	for _, bad := range [][]byte{data[:len(data)-1], {0xff, 0xfe, 0, 0xd8}, {0xfe, 0xff, 0xdc, 0, 0, 'a'}} {
		if d := values.Parse("v.yaml", bad, values.DefaultLimits); len(d.Problems) != 1 || !strings.Contains(d.Problems[0].Message, "UTF-16") {
			t.Errorf("%x: got %v", bad, d.Problems)
		}
	}
}
