package values_test

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/values"
)

func TestSubstitute(t *testing.T) {
	t.Parallel()
	env := values.Env{"T": "1.10", "NAME": "é-long-name", "EMPTY": "", "M": "{x: [1, 2]}", "LINES": "a: 1\nb: 2", "D": "$T", "Q": "say \"hi\""}
	for _, tc := range []struct {
		text string
		want any
	}{
		{"a: $T\n", 1.1}, {"a: \"$T\"\n", "1.10"}, {"a: v$T\n", "v1.10"}, {"a: ${T}x\n", "1.10x"}, {"a: ${T:-2}\n", "${T:-2}"}, {"a: $NOPE\n", "$NOPE"}, {"a: $$T\n", "$1.10"},
		{"a: $EMPTY\n", nil}, {"a: '$EMPTY'\n", ""}, {"a: $D\n", "$T"}, {"a: $M\n", map[string]any{"x": []any{1.0, 2.0}}}, {"a: $Tx\n", "$Tx"}, {"a: ${T\n", "${T"}, {"a: $(T) $1 $\n", "$(T) $1 $"},
	} {
		d := values.ParseEnv("v.yaml", []byte(tc.text), values.DefaultLimits, env)
		if len(d.Problems) > 0 {
			t.Errorf("%q: %+v", tc.text, d.Problems)
			continue
		}
		if got := d.Values().Get("a").Value.Any(); !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%q: got %#v, want %#v", tc.text, got, tc.want)
		}
	}
}

// TestSubstitutedPlaces asks that places are those of the file as written.
func TestSubstitutedPlaces(t *testing.T) {
	t.Parallel()
	text := "# $T\na: $T # c\nb: [$NAME, x, \"${NAME}-$T\", y]\nc: $EMPTY\nd:\n  $LINES\ne: z\nv: |\n  k: $NAME\n  $NAME: [$T, w]\nm: $M\n$NAME: ${NOPE}\n"
	env := values.Env{"T": "1.10", "NAME": "é-long-name", "EMPTY": "", "M": "{x: [1, 2]}", "LINES": "f: 1\n  g: 2"}
	d := values.ParseEnv("v.yaml", []byte(text), values.DefaultLimits, env)
	if len(d.Problems) > 0 {
		t.Fatal(d.Problems)
	}
	root := d.Values()
	for p, want := range map[string]string{
		"a": "$T", "b": "[$NAME, x, \"${NAME}-$T\", y]", "b[0]": "$NAME", "b[1]": "x", "b[2]": "\"${NAME}-$T\"", "b[3]": "y", "c": "c", "d.f": "$LINES", "d.g": "$LINES", "e": "z",
		"v.k": "$NAME", "v.é-long-name[0]": "$T", "v.é-long-name[1]": "w", "m.x[1]": "$M", "é-long-name": "${NOPE}",
	} {
		n := root.Lookup(path(t, p))
		if n == nil {
			t.Errorf("no %s", p)
			continue
		}
		if got := source(d, n.Span); got != want {
			t.Errorf("%s is placed at %q, want %q", p, got, want)
		}
	}
	if got := source(d, root.LocateKey(path(t, "é-long-name"))); got != "$NAME" {
		t.Errorf("key is placed at %q", got)
	}
	for p, want := range map[string]bool{"a": true, "b[1]": false, "b[2]": true, "e": false, "é-long-name": false} {
		if got := root.Lookup(path(t, p)).Replaced; got != want {
			t.Errorf("%s: replaced is %v", p, got)
		}
	}
	if d.Replaced != 12 {
		t.Errorf("replaced %d", d.Replaced)
	}
	d = values.ParseEnv("v.yaml", []byte("a: $X\nb: 1\n"), values.DefaultLimits, values.Env{"X": "y: z"})
	if len(d.Problems) != 1 || source(d, d.Problems[0].Span) != "$X" || !strings.Contains(d.Problems[0].Message, "a placeholder on this line was replaced") {
		t.Errorf("got %+v", d.Problems)
	}
}

func TestPlaceholders(t *testing.T) {
	t.Parallel()
	text := "# $NO\na: &x $A\nb: ${B:-x} and $C\nc: *x\nd: {{ .D }}\n$E: 1\nf: |\n  x: $F\n  y: \"{{- .G -}}\"\ng: \"\\u0024H\"\nh: costs $5\ni: $K\n"
	d := values.ParseEnv("v.yaml", []byte(text), values.DefaultLimits, values.Env{"K": "1"})
	if len(d.Problems) > 0 || !d.Templated {
		t.Fatal(d.Problems)
	}
	var got []string
	for _, p := range d.Placeholders() {
		got = append(got, p.Path.String()+" "+p.Name+" "+source(d, p.Span))
	}
	want := []string{"a A $A", "b B ${B:-x}", "b C $C", "d .D {{ .D }}", "$E E $E", "f F $F", "f .G {{- .G -}}", "g H \"\\u0024H\""}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	root := d.Values()
	if n := root.Get("d").Value; n.Str != "{{ .D }}" || !n.Unknown() || n.Kind != values.String {
		t.Errorf("got %+v", n)
	}
	v, problems, err := values.Loader{Read: one(text)}.Release(values.Options{ValueFiles: []string{"v.yaml"}, Values: []string{"a=1,q=$Z"}})
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	got = nil
	for _, p := range v.Placeholders() {
		got = append(got, p.Name)
	}
	if want := []string{"B", "C", ".D", "E", "F", ".G", "H", "K", "Z"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParseEnvFile(t *testing.T) {
	t.Parallel()
	got, err := values.ParseEnvFile("x.env", []byte("\ufeff# c\r\n\r\nA=1\r\nexport B = two words # c\nC='a # $b \\n'\nD=\"a\\nb \\\"c\\\" \\\\ \\$d \\q\" # c\nE=\nF=\"two\nlines\"\nG=a#b\nH= # c\nexport=x\nI=\"\"\n_j1=ü"))
	want := values.Env{"A": "1", "B": "two words", "C": "a # $b \\n", "D": "a\nb \"c\" \\ $d \\q", "E": "", "F": "two\nlines", "G": "a#b", "H": "", "export": "x", "I": "", "_j1": "ü"}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("got %q %v", got, err)
	}
	for text, want := range map[string]string{
		"A=1\nB\n": "x.env:2: line has no `=`", "1A=x\n": "x.env:1: text before the `=` is no name", "\n\nA='secret\n": "x.env:3: quote of A is never closed", "A=\"b\nc\" secret\n": "x.env:1: text after the closing quote of A",
		"A=\"x\ny\"\nB=\x01\n": "x.env:3: value of B holds the control character U+0001", "A=\xff\n": "x.env:1: value of A is not valid UTF-8", "a b=1\n": "x.env:1: text before",
	} {
		_, err := values.ParseEnvFile("x.env", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	env := values.Env{}
	if err := env.Set("A=b=c"); err != nil || env["A"] != "b=c" {
		t.Error(env, err)
	}
	for _, arg := range []string{"A", "=b", "A B=c", "A=\x00"} {
		if env.Set(arg) == nil {
			t.Errorf("%q is taken", arg)
		}
	}
}
