package regocheck

import (
	"strings"
	"testing"
	"testing/fstest"
)

// withData is the pack acme with one rule and data files.
func withData(rule string, data map[string]string) []Source {
	fs := rules("acme", map[string]string{"probe": rule})
	for name, text := range data {
		fs["data/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return []Source{{Pack: "acme", FS: fs}}
}

func TestDataFiles(t *testing.T) {
	t.Parallel()
	data := map[string]string{
		"limits.yaml": "small: {cpu: 2, big: 12345678901}\nlarge: {cpu: 8}\n", "names.yaml": "- a\n- b\n", "README.md": "about\n",
	}
	for _, rule := range []string{
		`findings contains {"path": [], "message": sprintf("%d", [data.policies.acme.data.limits.small.big])} if count(data.policies.acme.data.names) == 2`,
		"import data.policies.acme.data as tables\n\nfindings contains {\"path\": [], \"message\": sprintf(\"%d\", [tables.limits[size].big])} if some size in [\"small\", \"none\"]",
	} {
		for _, trusted := range []bool{false, true} {
			src := withData(rule, data)
			src[0].Trusted = trusted
			p := compile(t, src, Options{})
			got := run(t, p, &Input{Values: tree(t, "a: 1\n")})
			if len(got) != 1 || got[0].Message != "12345678901" {
				t.Errorf("trusted %t: %v\n%s", trusted, brief(got), rule)
			}
		}
	}
}

func TestBrokenData(t *testing.T) {
	t.Parallel()
	const silent = `findings contains {"path": [], "message": "m"} if false`
	tests := []struct {
		name, rule string
		data       map[string]string
		want       []string
	}{
		{"no YAML", silent, map[string]string{"a.yaml": "x: 1\ny: [\n"}, []string{"policies/acme/data/a.yaml:", "the data is broken"}},
		{"a key twice", silent, map[string]string{"a.yaml": "x: 1\ny: 2\nx: 3\n"}, []string{"policies/acme/data/a.yaml:3: ", `"x" already set`}},
		{"empty", silent, map[string]string{"a.yaml": "# nothing\n"}, []string{"policies/acme/data/a.yaml:1: the file holds no data"}},
		{"another ending", silent, map[string]string{"a.yml": "x: 1\n"}, []string{"policies/acme/data/a.yml", "name it a.yaml"}},
		{"no name", silent, map[string]string{"a b.yaml": "x: 1\n"}, []string{"policies/acme/data/a b.yaml", "letters, digits"}},
		{"a policy", silent, map[string]string{"a.rego": "package x\n"}, []string{"policies/acme/data/a.rego", "move it"}},
		{
			"no such file", `findings contains {"path": [], "message": "m"} if data.policies.acme.data.limit.small`,
			map[string]string{"limits.yaml": "small: 1\n"}, []string{`policies/acme/probe/rule.rego:11: the pack has no data "limit"`},
		},
		{
			"no such key", "import data.policies.acme.data as tables\n\nfindings contains {\"path\": [], \"message\": \"m\"} if tables.limits.smal",
			map[string]string{"limits.yaml": "small: 1\n"}, []string{`policies/acme/probe/rule.rego:13: data/limits.yaml has no key "smal"`},
		},
		{
			"no data at all", `findings contains {"path": [], "message": "m"} if data.policies.acme.data.limits`,
			nil, []string{"policies/acme/probe/rule.rego:11: ", "is not there when rules run"},
		},
		{
			"another pack's", `findings contains {"path": [], "message": "m"} if data.policies.other.data.limits`,
			map[string]string{"limits.yaml": "small: 1\n"}, []string{"is not there when rules run", `data.policies["acme"].data`},
		},
	}
	for _, tt := range tests {
		_, err := Compile(t.Context(), withData(tt.rule, tt.data), nil, Options{})
		if err == nil {
			t.Errorf("%s: no error", tt.name)
			continue
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %q lacks %q", tt.name, err, want)
			}
		}
	}
}
