package values

import (
	"math"
	"reflect"
	"testing"
)

type m = map[string]any

// TestTyping is the table of what Helm makes of YAML; each row is asked of
// Helm's reader too. A nil value with refused set is an error.
func TestTyping(t *testing.T) {
	t.Parallel()
	const refused = "\x00refused"
	for _, tc := range []struct {
		text string
		want any // of the key a, or of all when it is a mapping
	}{
		{"a: yes", true}, {"a: no", false}, {"a: on", true}, {"a: Off", false}, {"a: y", true}, {"a: N", false}, {"a: TRUE", true}, {"a: tRUE", "tRUE"}, {"a: 'yes'", "yes"}, {"a: !!str yes", "yes"}, {"a: !!bool yes", true},
		{"y: 1", m{"true": 1.0}}, {"on: 1", m{"true": 1.0}}, {"no: 1", m{"false": 1.0}}, {"'no': 1", m{"no": 1.0}},
		{"a:", nil}, {"a: ~", nil}, {"a: Null", nil}, {"a: nULL", "nULL"}, {"a: ''", ""}, {"a: !!str", ""}, {"a: !!null ''", nil}, {"a: !!null x", refused},
		{"a: 0777", 511.0}, {"a: 0o777", 511.0}, {"a: 089", 89.0}, {"a: 0_8", 8.0}, {"a: 1_000", 1000.0}, {"a: 0x1F", 31.0}, {"a: 0b11", 3.0}, {"a: -0b11", -3.0}, {"a: 1e3", 1000.0}, {"a: 1.0", 1.0}, {"a: 1.10", 1.1}, {"a: 190:20:30", "190:20:30"},
		{"a: 1000000", 1e6}, {"a: 12345678901234567890", 12345678901234567890.0}, {"a: 9007199254740993", 9007199254740992.0}, {"a: -9223372036854775809", -9223372036854775809.0}, {"a: .5", 0.5}, {"a: .1_0", 0.1}, {"a: 1e400", "1e400"}, {"a: _1", "_1"}, {"a: +1", 1.0}, {"a: 1.", 1.0}, {"a: -", refused}, {"a: 0x", "0x"},
		{"a: .inf", refused}, {"a: -.INF", refused}, {"a: .nan", refused}, {".inf: 1", m{".inf": 1.0}},
		{"a: 2001-01-01", "2001-01-01"}, {"a: 2001-01-01T00:00:00Z", "2001-01-01T00:00:00Z"}, {"2001-01-01: 1", m{"2001-01-01": 1.0}}, {"a: !!timestamp x", refused},
		{"1: a", m{"1": "a"}}, {"1e3: a", m{"1000": "a"}}, {"0x10: a", m{"16": "a"}}, {"1.10: a", m{"1.1": "a"}}, {"1234567.5: a", m{"1.2345675e+06": "a"}}, {"-1: a", m{"-1": "a"}}, {"~: a", refused}, {"[a]: b", refused}, {"{a: b}: c", refused}, {"12345678901234567890: a", refused},
		{"a: !!int 5", 5.0}, {"a: !!int '5'", 5.0}, {"a: !!int 5.0", refused}, {"a: !!float 5", 5.0}, {"a: !!float 12345678901234567890", refused}, {"a: !foo 12", "12"}, {"a: ! 12", "12"}, {"a: !!binary aGk=", "hi"}, {"a: !!binary /w==", "\ufffd"}, {"a: !!binary x", refused}, {"a: !<tag:yaml.org,2002:str> 1", "1"},
		{"a: 1\na: 2", 2.0}, {"a: {b: 1}\na: {c: 1}", m{"a": m{"c": 1.0}}},
		{"x: &x {a: 1}\n<<: *x\na: 2", m{"x": m{"a": 1.0}, "a": 2.0}}, {"x: &x {a: 1}\na: 2\n<<: *x", m{"x": m{"a": 1.0}, "a": 1.0}}, {"<<: [{a: 1}, {a: 2, b: 2}]", m{"a": 1.0, "b": 2.0}}, {"'<<': 1", m{"<<": 1.0}}, {"a: <<", "<<"}, {"<<: 1", refused}, {"<<: *x", refused},
		{"a: &x 1\nb: *x", m{"a": 1.0, "b": 1.0}}, {"a: &x [*x]", refused}, {"a: &x 1\n---\nb: *x", 1.0},
		{"", m{}}, {"# c", m{}}, {"---", m{}}, {"~", m{}}, {"- a", refused}, {"text", refused}, {"a: 1\n---\na: 2", 1.0}, {"a: 1\n...\n@", 1.0}, {"%YAML 1.1\n---\na: 1", 1.0}, {"%YAML 1.2\n---\na: 1", refused}, {"\ufeffa: 1", 1.0}, {"a: |\r\n  x\r\n", "x\n"}, {"a:\tb\t# c", "b"}, {"a:\n\tb: 1", refused},
	} {
		d := Parse("v.yaml", []byte(tc.text), DefaultLimits)
		helm, err := helmReads([]byte(tc.text))
		var got any = refused
		if _, bad := firstOf(d); !bad {
			got = d.Values().Any()
		}
		if err != nil {
			helm = refused
		}
		if !reflect.DeepEqual(got, helm) {
			t.Errorf("%q: got %#v, Helm has %#v", tc.text, got, helm)
		}
		if all, ok := got.(m); ok {
			if _, whole := tc.want.(m); !whole {
				got = all["a"]
			}
		}
		if !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%q: got %#v, want %#v", tc.text, got, tc.want)
		}
	}
}

// TestFields asks what is remembered of keys.
func TestFields(t *testing.T) {
	t.Parallel()
	d := Parse("v.yaml", []byte("a: 1\nx: &x {b: 2, c: 3}\nb: 0\n<<: *x\nc: 4\na: 5\na: 6\n'y': 1\nyes: 2\nn: [*x]\n"), DefaultLimits)
	root := d.Values()
	if f := root.Get("a"); len(f.Earlier) != 2 || f.Earlier[0].Value.Number != 1 || f.Earlier[1].Value.Number != 5 || f.Value.Number != 6 {
		t.Errorf("a: %+v", f)
	}
	if f := root.Get("b"); !f.Merged || f.Lost == nil || f.Lost.Value.Number != 0 || f.Value.Number != 2 {
		t.Errorf("b: %+v", f)
	}
	if f := root.Get("c"); f.Merged || f.Lost != nil || len(f.Earlier) != 0 || f.Value.Number != 4 {
		t.Errorf("c: %+v", f)
	}
	if f := root.Get("true"); f.KeyText != "yes" || f.Quoted {
		t.Errorf("yes: %+v", f)
	}
	if f := root.Get("y"); f.KeyText != "y" || !f.Quoted {
		t.Errorf("'y': %+v", f)
	}
	if n := root.Get("false").Value.Items[0]; !n.Alias || n.Span.Column != 5 || n.Get("b") == nil {
		t.Errorf("alias: %+v", n)
	}
	if n := root.Get("a").Value; n.Text != "6" || n.Style != Plain || math.Abs(n.Number-6) > 0 {
		t.Errorf("a: %+v", n)
	}
}
