package values

import (
	"reflect"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"sigs.k8s.io/yaml"
)

// helmReads is Helm's own reader of one values file: the same call on the same
// library.
func helmReads(data []byte) (any, error) {
	var m map[string]any
	if err := yaml.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	if m == nil {
		m = map[string]any{}
	}
	return m, nil
}

func firstOf(d *Document) (Problem, bool) {
	for _, p := range d.Problems {
		if p.Doc == 0 {
			return p, true
		}
	}
	return Problem{}, false
}

func FuzzParse(f *testing.F) {
	for _, s := range typingSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := Parse("v.yaml", data, DefaultLimits)
		p, bad := firstOf(d)
		if d.Templated { // Helm refuses what we know to be filled in later
			return
		}
		want, err := helmReads(data)
		if err != nil != bad {
			t.Fatalf("%q: Helm says %v, we say %v %q", data, err, bad, p.Message)
		}
		if err != nil {
			return
		}
		if collide(d.Roots) {
			return // `true` and "true": which one stays is left to chance
		}
		got := d.Values().Any()
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%q:\n got %#v\nwant %#v", data, got, want)
		}
	})
}

var typingSeeds = []string{
	"a: 1\nb: [1, 2]\nc: {d: e}\n", "y: 1\nno: 2\n1: a\n1.5: b\ntrue: c\n", "a: 0777\nb: 0o17\nc: 0b11\nd: 1_000\ne: 089\nf: .5\ng: -.inf\n",
	"a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n", "a: |\n  x\n  y\nb: >-\n  q\n  r\n", "'a': \"b\\n\"\n", "? a\n: b\n", "- 1\n- 2\n", "---\na: 1\n...\nfoo\n",
	"a: !!str 5\nb: !!binary aGk=\nc: !foo 7\nd: ! 7\n", "\ufeffa: 1\r\nb: 2\r\n", "%YAML 1.1\n---\na: 1\n", "a: 2001-01-01\n? 2001-01-01\n: x\n",
	"a: 'it''s'\nb: \"\\u00e9\\x41\"\n", "a:\n- b\n-\n  - c\n", "a: b # c\n#d\n", "a: \"x\n  y\"\n", "<<: {a: 1}\na: 2\n<<: {a: 3}\n", "~: 1\n",
	"{a: [b, {c: d}], 'e': f, }", "a: *b\n", "a: &a [*a]\n", "a:\tb\n", "a: 'x\n", "a: [x\n", "a: b: c\n", "!!map {a: b}\n", "a: \"\\\n  b\"\n",
}

// collide reports whether keys of different types became the same string.
func collide(roots []*Node) (yes bool) {
	for _, root := range roots {
		root.Walk(nil, func(_ lint.Path, n *Node) bool {
			for _, f := range n.Fields {
				for _, e := range f.Earlier {
					yes = yes || e.KeyText != f.KeyText || e.Quoted != f.Quoted
				}
			}
			return !yes
		})
	}
	return yes
}
