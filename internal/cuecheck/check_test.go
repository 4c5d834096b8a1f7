package cuecheck_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

func compile(t testing.TB, files map[string]string) *cuecheck.Schema {
	t.Helper()
	s, err := cuecheck.Compile("acme", pack(files))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(); err != nil {
		t.Fatalf("the schema of the test is wrong: %v", err)
	}
	return s
}

func pack(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte("package acme\n" + text)}
	}
	return fsys
}

func parse(t testing.TB, text string) *values.Node {
	t.Helper()
	d := values.Parse("v.yaml", []byte(text), values.DefaultLimits)
	if len(d.Problems) > 0 {
		t.Fatalf("%v in\n%s", d.Problems, text)
	}
	return d.Values()
}

// lines writes findings one a line, the way users read them.
func lines(r cuecheck.Result) []string {
	var out []string
	for _, f := range r.Findings {
		s := fmt.Sprintf("%d:%d %s: %s [%s]", f.Span.Line, f.Span.Column, f.Severity, f.Message, strings.TrimPrefix(f.Rule, "acme/"))
		if len(f.Facts) > 0 {
			s += " " + strings.Join(f.Facts, " ")
		}
		out = append(out, s)
	}
	return out
}

// TestFindings holds one schema and values for each thing the engine can say.
// Values in want are whole unless part is set.
func TestFindings(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		schema string
		pack   string
		values string
		part   bool
		want   []string
	}{
		{
			name:   "string boolean written as boolean",
			schema: `#Values: enable?: "true" | "false"`,
			values: "enable: true",
			want:   []string{`1:9 error: enable is the boolean true; want the string "true": quote it, the chart compares it with "true" [wrong-type]`},
		},
		{
			name:   "string boolean written as yes",
			schema: `#Values: enable?: "true" | "false"`,
			values: "enable: yes",
			want:   []string{`1:9 error: enable is the boolean true (written yes); want the string "true": write "true" with the quotes, the chart compares it with "true" [wrong-type]`},
		},
		{
			name:   "boolean written as string",
			schema: `#Values: {a?: bool, b?: bool, c?: bool, d?: bool}`,
			values: "a: \"false\"\nb: 'true'\nc: \"yes\"\nd: maybe",
			want: []string{
				`1:4 error: a is the string "false"; want true or false: remove the quotes, a template takes any text for true [wrong-type]`,
				`2:4 error: b is the string "true"; want true or false: remove the quotes [wrong-type]`,
				`3:4 error: c is the string "yes"; want true or false: write true without quotes [wrong-type]`,
				`4:4 error: d is the string "maybe"; want true or false [wrong-type]`,
			},
		},
		{
			name:   "number written as string, string written as number",
			schema: `#Values: {port?: int & >=1 & <=65535, name?: string, id?: string}`,
			values: "port: \"8080\"\nname: 5\nid: 0123",
			want: []string{
				`1:7 error: port is the string "8080"; want a whole number from 1 to 65535: remove the quotes [wrong-type]`,
				`2:7 error: name is the number 5; want a string: quote it [wrong-type]`,
				`3:5 error: id is the number 0123, which Helm prints as 83; want a string: quote it [wrong-type]`,
			},
		},
		{
			name:   "quotes that would not help are not asked for",
			schema: `#Values: {port?: int & <=100, name?: =~"^[a-z]+$"}`,
			values: "port: \"8080\"\nname: 5",
			want: []string{
				`1:7 error: port is the string "8080"; want a whole number of at most 100 [wrong-type]`,
				`2:7 error: name is the number 5; want a string that matches ^[a-z]+$ [wrong-type]`,
			},
		},
		{
			name:   "numbers have one type",
			schema: `#Values: {a?: int, b?: int, c?: float, d?: number, e?: int, f?: 3, g?: uint8, h?: int}`,
			values: "a: 3\nb: 3.0\nc: 3\nd: 1e3\ne: 1.5\nf: 3.0\ng: 256\nh: 12345678901234567890",
			want: []string{
				`5:4 error: e is 1.5; want a whole number [wrong-type]`,
				`7:4 error: g is 256; want a whole number from 0 to 255 [invalid-value]`,
			},
		},
		{
			name:   "words",
			schema: `#Values: {a?: "full" | "maintenance" | "cleanup", b?: "Always", c?: "a" | "b" | int}`,
			values: "a: ful\nb: always\nc: d",
			want: []string{
				`1:4 error: a is "ful"; want "full", "maintenance" or "cleanup" (did you mean "full"?) [invalid-value]`,
				`2:4 error: b is "always"; want "Always" (did you mean "Always"?) [invalid-value]`,
				`3:4 error: c is "d"; want "a", "b" or a whole number [invalid-value]`,
			},
		},
		{
			name: "ranges, sizes and patterns",
			schema: `import "strings"
#Values: {
	a?: int & >0 & <10
	b?: >=0.5
	c?: string & !=""
	d?: strings.MinRunes(3) & strings.MaxRunes(5)
	e?: !~"^x" & =~"y$"
	f?: int & !=3
	g?: strings.HasPrefix("ab")
}`,
			values: "a: 10\nb: 0\nc: \"\"\nd: abcdef\ne: xy\nf: 3\ng: cd",
			want: []string{
				`1:4 error: a is 10; want a whole number of more than 0 and less than 10 [invalid-value]`,
				`2:4 error: b is 0; want a number of at least 0.5 [invalid-value]`,
				`3:4 error: c is the empty string ""; want a non-empty string [invalid-value]`,
				`4:4 error: d is "abcdef"; want a string of at least 3 characters and of at most 5 characters [invalid-value]`,
				`5:4 error: e is "xy"; want a string that does not match ^x and that matches y$ [invalid-value]`,
				`6:4 error: f is 3; want a whole number but not 3 [invalid-value]`,
				`7:4 error: g is "cd"; want what strings.HasPrefix("ab") allows [invalid-value]`,
			},
		},
		{
			name: "expectation and doc comment",
			schema: `#Values: {
	// The port that clients connect to. It must be free.
	port?: int
	// Not told where @expect says it.
	id?: =~"^[0-9a-f]+$" @expect("hexadecimal digits")
	host?: =~"^[a-z]+$" | error("use a host name without a scheme")
}`,
			values: "port: x\nid: xyz\nhost: http://a",
			want: []string{
				`1:7 error: port is the string "x"; want a whole number (the port that clients connect to) [wrong-type]`,
				`2:5 error: id is "xyz"; want hexadecimal digits [invalid-value]`,
				`3:7 error: host is "http://a"; use a host name without a scheme [invalid-value]`,
			},
		},
		{
			name:   "collections of the wrong kind",
			schema: `#Values: {a?: [...string], b?: {c?: int}, d?: string, e?: {f?: int}, g?: [...{h?: int}], i?: [...int], j?: "x" | "y"}`,
			values: "a: x\nb: [1]\nd: {x: 1}\ne: |\n  f: 1\n  g: 2\ng:\n  h: 1\ni: [1, null, x]\nj: [x]",
			want: []string{
				`1:4 error: a is the string "x"; want a list of strings [wrong-type]`,
				`2:4 error: b is a list; want a mapping [wrong-type]`,
				`3:4 error: d is a mapping; want a string [wrong-type]`,
				`4:4 error: e is a block string; want a mapping: remove the | after the key [wrong-type]`,
				`8:3 error: g is a mapping; want a list of mappings: put a "- " before each item [wrong-type]`,
				`9:8 error: i[1] is null; want a whole number [wrong-type]`,
				`9:14 error: i[2] is the string "x"; want a whole number [wrong-type]`,
				`10:4 error: j is a list; want "x" or "y": write its item alone [wrong-type]`,
			},
		},
		{
			name: "lists",
			schema: `import "list"
#Values: {a?: [int, int], b?: [...int] & list.MinItems(2), c?: [...string] & list.UniqueItems(), d?: [string, ...int]}`,
			values: "a: [1]\nb: [1]\nc: [x, x]\nd: [1, x]",
			want: []string{
				`1:4 error: a is a list of 1 item; want exactly 2 items [invalid-value]`,
				`2:4 error: b is a list of 1 item; want at least 2 items [invalid-value]`,
				`3:4 error: c is a list of 2 items; want what list.UniqueItems() allows [invalid-value]`,
				`4:5 error: d[0] is the number 1; want a string: quote it [wrong-type]`,
				`4:8 error: d[1] is the string "x"; want a whole number [wrong-type]`,
			},
		},
		{
			name: "nine mistakes that CUE would report in turns",
			schema: `#Values: {
	name!: string
	kind!: "a" | "b"
	port?: int & <=10
	sub?: {x!: int, q?: "q", deep?: {z?: bool}}
	list?: [...{n!: string, m?: int}]
}`,
			values: "nome: x\nkind: c\nport: 11\nsub:\n  q: r\n  zz: 1\n  deep:\n    z: 1\n    w: 2\nlist:\n- m: x\n",
			want: []string{
				`1:1 error: name is missing; want a string [missing-key]`,
				`1:1 warning: unknown key "nome"; did you mean "name"? [unknown-key]`,
				`2:7 error: kind is "c"; want "a" or "b" [invalid-value]`,
				`3:7 error: port is 11; want a whole number of at most 10 [invalid-value]`,
				`4:1 error: sub.x is missing; want a whole number [missing-key]`,
				`5:6 error: sub.q is "r"; want "q" [invalid-value]`,
				`6:3 info: unknown key "zz" in sub; documented are x, q, deep; correct it or remove it [unknown-key]`,
				`8:8 error: sub.deep.z is the number 1; want true or false [wrong-type]`,
				`9:5 info: unknown key "w" in sub.deep; documented are z; correct it or remove it [unknown-key]`,
				`11:3 error: list[0].n is missing; want a string [missing-key]`,
				`11:6 error: list[0].m is the string "x"; want a whole number [wrong-type]`,
			},
		},
		{
			name: "alternatives are told apart",
			schema: `#Direct: {kind!: "direct", value!: string}
#Ref: {kind!: "ref", secretName!: string, secretKey?: string}
#Values: {
	a?: #Direct | #Ref
	b?: #Direct | #Ref
	c?: string | {secretName!: string, secretKey?: string}
	d?: string | {secretName!: string, secretKey?: string}
	e?: int | [...int]
}`,
			values: "a: {kind: ref, value: x}\nb: {kind: direct, value: 5}\nc: {secretName: x, secretKy: y}\nd: 5\ne: [x]",
			want: []string{
				`1:1 error: a.secretName is missing; want a string [missing-key]`,
				`1:16 info: unknown key "value" in a; documented are kind, secretName, secretKey; correct it or remove it [unknown-key]`,
				`2:26 error: b.value is the number 5; want a string: quote it [wrong-type]`,
				`3:20 warning: unknown key "secretKy" in c; did you mean "secretKey"? [unknown-key]`,
				`4:4 error: d is the number 5; want a string or a mapping: quote it [wrong-type]`,
				`5:5 error: e[0] is the string "x"; want a whole number [wrong-type]`,
			},
		},
		{
			name: "rule, facts and severity",
			schema: `
// Compared with the word true.
#StringBool: "true" | "false" @rule("acme/string-bool", facts="F-9") @facts("F-8")
#Values: {
	a?: #StringBool @facts("F-1 F-2")
	b?: #StringBool @rule("acme/own", severity=warning, facts="F-3")
	c?: #StringBool
	d!: int @rule("port", severity=info) @facts("F-4")
	e?: int @severity(warning)
	f?: int @severity(off)
	g?: [...int] @rule("acme/items", severity=warning, facts="F-5")
	h?: [string]: int @facts("F-6")
}`,
			values: "a: x\nb: x\nc: x\ne: x\nf: x\ng: [x]\nh: {k: x}",
			want: []string{
				`1:1 info: d is missing; want a whole number [port] F-4`,
				`1:4 error: a is "x"; want "true" or "false" (compared with the word true) [string-bool] F-1 F-2`,
				`2:4 warning: b is "x"; want "true" or "false" (compared with the word true) [own] F-3`,
				`3:4 error: c is "x"; want "true" or "false" (compared with the word true) [string-bool] F-8`,
				`4:4 warning: e is the string "x"; want a whole number [wrong-type]`,
				`6:5 warning: g[0] is the string "x"; want a whole number [items] F-5`,
				`7:8 error: h.k is the string "x"; want a whole number [wrong-type] F-6`,
			},
		},
		{
			name:   "placeholders fit everything",
			schema: `#Values: {a!: int, b?: {c!: int}, d?: [...int], e?: "x" | "y", f?: [...{name!: string}] @yaml(), g?: [...{name!: =~"^a"}] @yaml()}`,
			values: "a: $A\nb: ${B}\nd: \"{{ .Values.d }}\"\ne: pre-${E}\nf: $F\ng: |\n  - name: ${G}\n  - name: b\n",
			want:   []string{`8:11 error: g[1].name is "b"; want a string that matches ^a [invalid-value]`},
		},
		{
			name: "null",
			schema: `#Values: {
	a?: int
	b!: int
	c?: {x?: int, y?: {}} @null("error", facts="F-1")
	d?: string @null("warning") @facts("F-2")
	e?: int | null
	f?: {z?: int} @null("error")
	y?: {}
	z?: int
	g!: null
	h?: [...{s?: {t?: string} @null("error"), u?: int @null("error")}]
}`,
			values: "a:\nb: null\nc:\nx: 1\nd: ~\ne: null\nf:\nz: 1\ng:\nh:\n- s:\n  t: x\n  u:\n",
			want: []string{
				`2:4 error: b is null, which leaves it unset; want a whole number [missing-key]`,
				`3:1 error: c is null, and "x" after it belongs below it: the indentation is lost; indent "x" under "c" [null-value] F-1`,
				`4:1 error: x is not read here; it belongs under c [misplaced-key]`,
				`5:4 warning: d is null, which deletes the chart's default; give it a value, or remove the key [null-value] F-2`,
				`7:1 error: f is null, which deletes all defaults below it; give it a value, or remove the key [null-value]`,
				`11:3 error: h[0].s is null, and "t" after it belongs below it: the indentation is lost; indent "t" under "s" [null-value]`,
				`12:3 warning: h[0].t is not read here; it belongs under h[0].s [misplaced-key]`,
				`13:3 error: h[0].u is null; give it a value, or remove the key [null-value]`,
			},
		},
		{
			name: "YAML in strings",
			schema: `#Values: {
	a?: [...{name!: string, mode?: int}] @yaml() @expect("a list, or a block string that holds one")
	b?: [...{name!: string}] @yaml()
	c?: [...{name!: string}] @yaml()
	d?: [...{name!: string}] @yaml()
	e?: [...{name!: string}] @yaml()
	f?: [...{name!: string}] @yaml()
	g?: {x?: int} @yaml()
	h?: [...int] @yaml()
}`,
			values: "a: |\n  - name: m\n    mode: \"1\"\n  - mode: 2\nb: \"[{name: 1}]\"\nc: \"\"\nd: word\ne:\n- name: 1\nf: |\n  - name: [\ng: |\n  x: 1\n  z: 2\nh: |\n",
			part:   true,
			want: []string{
				`3:11 error: a[0].mode is the string "1"; want a whole number: remove the quotes [wrong-type]`,
				`4:5 error: a[1].name is missing; want a string [missing-key]`,
				`5:4 error: b[0].name is the number 1; want a string: quote it [wrong-type]`,
				`7:4 error: d is the string "word"; want a list of mappings [wrong-type]`,
				`9:9 error: e[0].name is the number 1; want a string: quote it [wrong-type]`,
				`11:11 error: f holds YAML that cannot be read: PROBLEM [invalid-value]`,
				`14:3 info: unknown key "z" in g; documented are x; correct it or remove it [unknown-key]`,
				`15:4 error: h is a block string with nothing in it; want a list of whole numbers: indent its lines below the key [wrong-type]`,
			},
		},
		{
			name: "secrets are never shown",
			schema: `#Values: {
	password?: int @secret()
	token?: "a" | "b" @secret()
	login?: {user?: string, pwd?: string @secret()}
	either?: {name?: int, value?: int @secret()} | string @secret()
	whole?: {x?: int, l?: [...int]} @secret()
	tag?: =~"^v" @number() @secret()
}`,
			values: "password: hunter2\ntoken: hunter2\nlogin: hunter2\neither:\n  name: shown\n  value: hunter2\nwhole: {x: hunter2, l: [hunter2]}\ntag: 1.5",
			want: []string{
				`1:11 error: the value of password is a string; want a whole number [wrong-type]`,
				`2:8 error: the value of token does not fit; want "a" or "b" [invalid-value]`,
				`3:8 error: the value of login is a string; want a mapping [wrong-type]`,
				`5:9 error: either.name is the string "shown"; want a whole number [wrong-type]`,
				`6:10 error: the value of either.value is a string; want a whole number [wrong-type]`,
				`7:12 error: the value of whole.x is a string; want a whole number [wrong-type]`,
				`7:25 error: the value of whole.l[0] is a string; want a whole number [wrong-type]`,
				`8:6 error: the value of tag is a number; want a string that matches ^v [wrong-type]`,
			},
		},
		{
			name:   "numbers that are versions",
			schema: `#Values: {a?: string @number(), b?: string @number(), c?: string @number(version, info) @rule("acme/tag"), d?: =~"^v" @number(), e?: string @number() @rule("acme/tag", severity=info)}`,
			values: "a: 1.9\nb: 1.10\nc: 2\nd: 1.5\ne: 1000076",
			want: []string{
				`1:4 warning: a is the number 1.9; quote it, so that it stays as written [wrong-type]`,
				`2:4 error: b is the number 1.10, which Helm prints as 1.1; quote it [wrong-type]`,
				`3:4 info: c is the number 2; quote it, so that it stays as written [version]`,
				`4:4 error: d is the number 1.5; want a string that matches ^v [wrong-type]`,
				`5:4 error: e is the number 1000076, which Helm prints as 1.000076e+06; quote it [tag]`,
			},
		},
		{
			name: "what is missing",
			schema: `#Values: {
	a!: string @facts("F-1")
	b: {c!: int, d: string, e: *1 | int, f: "x", g?: {h!: int}, i: [...int]}
	j?: {k!: int}
	l: "a" | "b"
	m: [int, ...]
}`,
			values: "j: {}",
			want: []string{
				`1:1 error: a is missing; want a string [missing-key] F-1`,
				`1:1 error: b.c is missing; want a whole number [missing-key]`,
				`1:1 error: b.d is missing; want a string [missing-key]`,
				`1:1 error: j.k is missing; want a whole number [missing-key]`,
				`1:1 error: l is missing; want "a" or "b" [missing-key]`,
				`1:1 error: m is missing; want a list [missing-key]`,
			},
		},
		{
			name: "open mappings are free",
			schema: `#Values: {
	a?: {x?: int, ...}
	b?: [string]: int
	c?: _
	d?: {[=~"^k"]: int, z?: string}
	e?: {...}
	f?: {[!~"^no"]: _}
}`,
			values: "a: {x: q, y: 1}\nb: {any: 1, other: z}\nc: {x: [1]}\nd: {k1: 1, k2: x, l: 1}\ne: {q: 1}\nf: {yes1: 1, no1: 1}",
			want: []string{
				`1:8 error: a.x is the string "q"; want a whole number [wrong-type]`,
				`2:20 error: b.other is the string "z"; want a whole number [wrong-type]`,
				`4:16 error: d.k2 is the string "x"; want a whole number [wrong-type]`,
				`4:19 info: unknown key "l" in d; documented are z; correct it or remove it [unknown-key]`,
				`6:14 info: unknown key "no1" in f; correct it or remove it [unknown-key]`,
			},
		},
		{
			name: "embedding and unification",
			schema: `#Base: {name?: string, size?: int}
#Values: {
	a?: {#Base, more?: int}
	b?: #Base & {name?: "x" | "y"}
	c?: #Base & {size?: <5}
	d?: {(#Base | {other!: int})}
	e?: [...#Base]
	f?: #Tree
}
#Tree: {v?: int, kids?: [...#Tree]}
`,
			values: "a: {name: m, more: x, none: 1}\nb: {name: z, size: s}\nc: {size: 7}\nd: {other: x}\ne: [{sise: 1}]\nf: {kids: [{kids: [{v: x}]}]}",
			want: []string{
				`1:20 error: a.more is the string "x"; want a whole number [wrong-type]`,
				`1:23 info: unknown key "none" in a; documented are more, name, size; correct it or remove it [unknown-key]`,
				`2:11 error: b.name is "z"; want "x" or "y" [invalid-value]`,
				`2:20 error: b.size is the string "s"; want a whole number [wrong-type]`,
				`3:11 error: c.size is 7; want a whole number of less than 5 [invalid-value]`,
				`4:12 error: d.other is the string "x"; want a whole number [wrong-type]`,
				`5:6 warning: unknown key "sise" in e[0]; did you mean "size"? [unknown-key]`,
				`6:24 error: f.kids[0].kids[0].v is the string "x"; want a whole number [wrong-type]`,
			},
		},
		{
			name: "constraints between keys are CUE's",
			schema: `#Values: {
	min?: int
	max?: int
	mode?: "tls" | "plain"
	if max != _|_ {
		min?: <=max
	}
	if mode == "tls" {
		cert!: string @expect("a certificate")
	}
	name?: string
}`,
			values: "min: 5\nmax: 3\nmode: tls\nname: 1\nnome: x",
			want: []string{
				`1:1 error: cert is missing, because of what other keys say; it is required [missing-key]`,
				`1:6 error: min is 5; the schema says: invalid value 5 (out of bound <=3) [invalid-value]`,
				`4:7 error: name is the number 1; want a string: quote it [wrong-type]`,
				`5:1 info: unknown key "nome"; documented are min, max, mode, name; correct it or remove it [unknown-key]`,
			},
		},
		{
			name: "a key that another key brings along",
			schema: `#Values: {
	mode?: "tls" | "plain"
	if mode == "tls" {
		cert?: string
	}
}`,
			values: "mode: tls\ncert: x",
		},
		{
			name: "an alternative that was not meant hides nothing from CUE",
			schema: `#Values: {
	box?: {kind!: "a", lo?: string} | {kind!: "b", lo?: int}
	hi?: int
	if box.lo != _|_ if hi != _|_ {hi?: >=box.lo}
}`,
			values: "box: {kind: b, lo: 5}\nhi: 3",
			want:   []string{`2:5 error: hi is 3; the schema says: invalid value 3 (out of bound >=5) [invalid-value]`},
		},
		{
			name: "the same key without it",
			schema: `#Values: {
	mode?: "tls" | "plain"
	if mode == "tls" {
		cert?: string
	}
}`,
			values: "mode: plain\ncert: x",
			want:   []string{`2:1 info: unknown key "cert"; documented are mode; correct it or remove it [unknown-key]`},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"values.cue": tc.schema}
			if tc.pack != "" {
				files["pack.cue"] = tc.pack
			}
			s := compile(t, files)
			got := lines(s.Check(parse(t, tc.values), cuecheck.Options{Whole: !tc.part}))
			for i := range got {
				if j := strings.Index(got[i], "cannot be read: "); j >= 0 {
					got[i] = got[i][:j] + "cannot be read: PROBLEM [invalid-value]"
				}
			}
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Errorf("findings differ (-want +got):\n%s", d)
			}
		})
	}
}

// TestUnknownKeys walks down the ladder of explanations.
func TestUnknownKeys(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{
		"pack.cue": `pack: {
	name: "acme"
	misplaced: [
		{wrong: ["tag", "image.tag"], right: ["images.app.tag"], facts: ["F-1"]},
		{wrong: ["db.pwd", "db.mounts"], right: ["app.secrets.db"]},
		{wrong: ["images.imagePullPolicy"], right: ["images.pullPolicy"]},
		{wrong: ["log"], right: ["app.logs.volumes.log", "app.logs.mounts.log"], hint: "emptyDir means volumes, mountPath means mounts"},
		{wrong: ["metrics"], right: [], hint: "the values of the other chart", severity: "warning"},
		{wrong: ["both"], right: ["images.app.tag", "images.job.tag"], hint: "set both"},
	]
}`,
		"values.cue": `#Values: {
	images?: {app?: #Image, job?: #Image, pullPolicy?: string @facts("F-2")}
	app?: {
		secrets?: db?: {pwd?: string @secret() @facts("F-3"), mounts?: [...#Mount]} @facts("F-4")
		general?: {sipDomain?: string @facts("F-5"), location?: string, enable?: bool}
		gws?: {enable?: bool, db?: {read?: bool, write?: bool}, user?: {first?: string, last?: string}}
		logs?: {volumes?: log?: [...{emptyDir?: {}, name?: string}], mounts?: log?: [...#Mount]}
		people?: user?: {age?: int}
	}
	free?: {...}
	"on"?: int
	items?: [...{name?: string, secret?: {secretName?: string}}]
}
#Image: {tag?: string}
#Mount: {name?: string, mountPath?: string}
`,
	})
	for _, tc := range []struct {
		name   string
		values string
		want   []string
	}{
		{"listed", "tag: 1", []string{`1:1 error: tag is not read here; it belongs at images.app.tag [misplaced-key] F-1`}},
		{"listed, below a key that is unknown too", "image:\n  tag: 1\n  tig: 2", []string{
			`2:3 error: image.tag is not read here; it belongs at images.app.tag [misplaced-key] F-1`,
			`3:3 info: unknown key "tig" in image; correct it or remove it [unknown-key]`,
		}},
		{"listed, to be moved", "db:\n  pwd: x\n  mounts: []", []string{
			`2:3 error: db.pwd is not read here; it belongs at app.secrets.db.pwd [misplaced-key] F-3`,
			`3:3 error: db.mounts is not read here; it belongs at app.secrets.db.mounts [misplaced-key]`,
		}},
		{"listed, another name", "images: {imagePullPolicy: x}", []string{`1:10 error: images.imagePullPolicy is not read; the key is called images.pullPolicy [misplaced-key] F-2`}},
		{"listed, the content decides", "log:\n- {name: a, mountPath: /x}", []string{`1:1 error: log is not read here; it belongs at app.logs.mounts.log [misplaced-key]`}},
		{"listed, the content does not decide", "log:\n- {name: a}", []string{`1:1 error: log is not read here; it belongs at app.logs.volumes.log, app.logs.mounts.log (emptyDir means volumes, mountPath means mounts) [misplaced-key]`}},
		{"listed, nowhere", "metrics: {a: 1}", []string{`1:1 warning: metrics is not read here; the values of the other chart [misplaced-key]`}},
		{"listed, several keys", "both: x", []string{`1:1 error: both is not read here; it belongs at images.app.tag, images.job.tag (set both) [misplaced-key]`}},
		{"capitals", "app: {general: {SIPDomain: x}}", []string{`1:17 error: unknown key "SIPDomain" in app.general; the key is spelt "sipDomain", capitals count [unknown-key] F-5`}},
		{"distinctive name", "sipDomain: x", []string{`1:1 error: sipDomain is not read here; it belongs under app.general [misplaced-key] F-5`}},
		{"distinctive name, other kind", "sipDomain: [x]", []string{`1:1 info: unknown key "sipDomain"; documented are images, app, free, on, items; correct it or remove it [unknown-key]`}},
		{"common names are not distinctive", "location: x", []string{`1:1 info: unknown key "location"; documented are images, app, free, on, items; correct it or remove it [unknown-key]`}},
		{"the content tells the place", "user: {age: 1}", []string{`1:1 warning: user is not read here; it belongs under app.people [misplaced-key]`}},
		{"a level left out", "items:\n- name: a\n  secretName: b", []string{`3:3 warning: items[0].secretName is not read here; it belongs under items[0].secret [misplaced-key]`}},
		{"typing error", "app: {genral: {sipDomain: 1}}", []string{`1:7 warning: unknown key "genral" in app; did you mean "general"? [unknown-key] F-5`}},
		{"no typing error where the key is set", "app:\n  general: {}\n  genral: {}", []string{`3:3 info: unknown key "genral" in app; documented are secrets, general, gws, logs, people; correct it or remove it [unknown-key]`}},
		{"dots", "app.general.sipDomain: x", []string{`1:1 warning: key "app.general.sipDomain" has dots, which Helm takes as part of the name; write it nested, as app: {general: {sipDomain: ...}} [unknown-key] F-5`}},
		{"dots, from here", "app: {gws.enable: true}", []string{`1:7 warning: key "gws.enable" has dots, which Helm takes as part of the name; write it nested, as gws: {enable: ...} [unknown-key]`}},
		{"shape", "people: {first: a, last: b}\nname2: {first: a, last: b}", []string{
			`1:1 error: people is not read here; it belongs under app [misplaced-key]`,
			`2:1 info: unknown key "name2"; documented are images, app, free, on, items; what is in it looks like app.gws.user: move it there [unknown-key]`,
		}},
		{"a key that is a boolean", "on: 1\nitems: [{name: no}]", []string{
			`1:1 error: key on is read as "true"; quote it [unknown-key]`,
			`2:16 error: items[0].name is the boolean false (written no); want a string: quote it [wrong-type]`,
		}},
		{"free", "free: {sipDomain: x, tag: y}", nil},
		{"below known keys all goes on", "app: {gws: {enable: 1}}\nzzz: 1", []string{
			`1:21 error: app.gws.enable is the number 1; want true or false [wrong-type]`,
			`2:1 info: unknown key "zzz"; documented are images, app, free, on, items; correct it or remove it [unknown-key]`,
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := lines(s.Check(parse(t, tc.values), cuecheck.Options{}))
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Errorf("findings differ (-want +got):\n%s", d)
			}
		})
	}
}

func TestPartialValues(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{"values.cue": `#Values: {
	a!: string @facts("F-1")
	b!: {c!: int @rule("acme/c", facts="F-2")}
	d?: [...{e!: int}]
}`})
	r := s.Check(parse(t, "b: {}\nd:\n- {}\n"), cuecheck.Options{})
	want := []cuecheck.Missing{{Path: lint.Keys("a"), Facts: []string{"F-1"}}, {Path: lint.Keys("b", "c"), Facts: []string{"F-2"}}}
	if d := cmp.Diff(want, r.Missing); d != "" {
		t.Errorf("missing differs (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{`3:3 error: d[0].e is missing; want a whole number [missing-key]`}, lines(r)); d != "" {
		t.Errorf("findings differ (-want +got):\n%s", d)
	}
}

// TestFixes applies the fixes and expects values without findings.
func TestFixes(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{
		"pack.cue": `pack: misplaced: [{wrong: ["imagePullPolicy"], right: ["pullPolicy"]}]`,
		"values.cue": `#Values: {
	a?: "true" | "false", b?: "true" | "false", c?: int, d?: bool, e?: string @secret(), f?: "full" | "part"
	g?: {sipDomain?: string}, h?: bool, tag?: string @number(), pullPolicy?: string, name?: string
}`})
	src := "a: true # é\nb: yes\nc: \"3\"\nd: 'false'\ne: 1234\nf: 'ful'\n\"é\": 1\ng: {sipDomian: x}\nh: \"yes\"\ntag: 1.10\nimagePullPolicy: x\n\"Name\": y\n"
	want := "a: \"true\" # é\nb: \"true\"\nc: 3\nd: false\ne: \"1234\"\nf: 'full'\n\"é\": 1\ng: {sipDomain: x}\nh: true\ntag: \"1.10\"\npullPolicy: x\n\"name\": y\n"
	r := s.Check(parse(t, src), cuecheck.Options{})
	rows := strings.Split(src, "\n")
	for i := len(r.Findings) - 1; i >= 0; i-- {
		f := r.Findings[i]
		if f.Fix == nil {
			continue
		}
		for j := len(f.Fix.Edits) - 1; j >= 0; j-- {
			e := f.Fix.Edits[j]
			if strings.Contains(e.Text, "1234") {
				t.Errorf("the fix shows the secret: %q", e.Text)
			}
			row := []rune(rows[e.Span.Line-1])
			rows[e.Span.Line-1] = string(row[:e.Span.Column-1]) + e.Text + string(row[e.Span.EndCol-1:])
		}
	}
	if d := cmp.Diff(want, strings.Join(rows, "\n")); d != "" {
		t.Errorf("fixed text differs (-want +got):\n%s", d)
	}
}

func TestNoFixWhereThePlaceIsNotExact(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{"values.cue": `#Values: {a?: string, b?: {x?: string}, c?: [...{n?: string}] @yaml()}`})
	r := s.Check(parse(t, "a: &v 5\nb:\n  x: *v\nc: \"- n: 5\\n\""), cuecheck.Options{})
	if len(r.Findings) != 3 {
		t.Fatal(lines(r))
	}
	for _, f := range r.Findings[1:] {
		if f.Fix != nil {
			t.Errorf("%s has a fix", f.Path)
		}
	}
}

func TestSecretAndYAMLPaths(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{"values.cue": `#Values: {
	a?: {pwd?: string @secret(), name?: string}
	b?: {value?: string, name?: {first?: string}} | string @secret()
	c?: {x?: {y?: string}, l?: [...string]} @secret()
	d?: [string]: {k?: string @secret()}
	e?: [...{pwd?: string @secret()}] @yaml()
	f?: {[string]: string} @secret()
	g?: #Password
}
#Password: string @secret()`})
	for p, want := range map[string]bool{
		"a": false, "a.pwd": true, "a.name": false,
		"b": true, "b.value": false, "b.other": true, "b.name.first": false,
		"c": true, "c.x.y": true, "c.l[0]": true, "c.zz": true,
		"d.any.k": true, "d.any": false, "e[3].pwd": true, "e[3]": false, "f.k": true, "g": true, "zz": false, "": false,
	} {
		path, err := lint.ParsePath(p)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Secret(path); got != want {
			t.Errorf("Secret(%s) is %v", p, got)
		}
	}
	if !s.YAML(lint.Keys("e")) || s.YAML(lint.Keys("a")) {
		t.Error("only e holds YAML")
	}
}

func TestSharedSchema(t *testing.T) {
	t.Parallel()
	s := compile(t, map[string]string{"values.cue": `import "net"
#Values: {a?: #T, b?: [...#T], ip?: net.IPv4, min?: int, max?: int, if max != _|_ {min?: <=max}}
#T: {v?: =~"^x", k?: [string]: #T} | "z"`})
	root := parse(t, "a: {v: y, k: {q: {v: 1}}}\nb: [z, {v: xx}, {w: 1}]\nip: nope\nmin: 3\nmax: 1\n")
	want := lines(s.Check(root, cuecheck.Options{}))
	if len(want) != 5 {
		t.Fatal(want)
	}
	fresh := compile(t, map[string]string{"values.cue": `import "net"
#Values: {a?: #T, b?: [...#T], ip?: net.IPv4, min?: int, max?: int, if max != _|_ {min?: <=max}}
#T: {v?: =~"^x", k?: [string]: #T} | "z"`})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				root := parse(t, "a: {v: y, k: {q: {v: 1}}}\nb: [z, {v: xx}, {w: 1}]\nip: nope\nmin: 3\nmax: 1\n")
				if d := cmp.Diff(want, lines(fresh.Check(root, cuecheck.Options{}))); d != "" {
					t.Error(d)
				}
				fresh.Secret(lint.Keys("a", "k", "q"))
			}
		})
	}
	wg.Wait()
}
