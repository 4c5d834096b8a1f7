package templates_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/templates"
	"github.com/helmvet/helmvet/internal/values"
)

func parseValues(src string) *values.Node {
	return values.Parse("values.yaml", []byte(src), values.DefaultLimits).Values()
}

func analyze(vals string, files ...string) *templates.Result {
	c := &templates.Chart{Name: "demo"}
	for i, f := range files {
		name := fmt.Sprintf("templates/t%d.yaml", i)
		if strings.HasPrefix(f, "_") {
			name, f = fmt.Sprintf("templates/_t%d.tpl", i), f[1:]
		}
		c.Templates = append(c.Templates, templates.File{Path: name, Name: name, Data: []byte(f)})
	}
	return templates.Analyze(c, parseValues(vals))
}

// reads lists the paths that are read: * for any key, ! for deep, - where no
// template is reached.
func reads(r *templates.Result) []string {
	var out []string
	r.Root.Walk(nil, func(p lint.Path, n *templates.Node) {
		if !n.Read {
			return
		}
		s := p.String()
		if n.Deep {
			s += "!"
		}
		if !n.Live() {
			s += "-"
		}
		if n.Open() && !n.Deep {
			s += ".*"
		}
		out = append(out, s)
	})
	return out
}

func TestReads(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		values string
		files  []string
		want   string
	}{
		"print":          {"", []string{`{{ .Values.a.b }} {{ $.Values.c | quote }}`}, "a.b! c!"},
		"with":           {"a: {b: 1}", []string{`{{ with .Values.a }}{{ .b }}{{ $.Values.c }}{{ end }}`}, "a a.b! c!"},
		"range":          {"l: [1]\nm: {x: {y: 1}}", []string{`{{ range .Values.l }}{{ .name }}{{ end }}{{ range $k, $v := .Values.m }}{{ $k }}{{ $v.y }}{{ end }}`}, "l.* m.*"},
		"yaml":           {"", []string{`{{ toYaml .Values.a | nindent 2 }}{{ .Values.b | mustToJson }}`}, "a! b!"},
		"variable":       {"", []string{`{{ $r := .Values.r }}{{ if .Values.x }}{{ $r = .Values.s }}{{ end }}{{ $r.t }}`}, "r r.t! s s.t! x"},
		"include":        {"", []string{`{{ include "x" . }}{{ template "y" .Values.m }}`, `_{{ define "x" }}{{ .Values.a }}{{ end }}{{ define "y" }}{{ .n }}{{ end }}`}, "a! m m.n!"},
		"dict":           {"", []string{`{{ include "img" (dict "root" .Values.image "ctx" $) }}`, `_{{ define "img" }}{{ .root.tag }}{{ .ctx.Values.global.registry }}{{ end }}`}, "global.registry! image image.tag!"},
		"list":           {"", []string{`{{ include "x" (list . .Values.a) }}`, `_{{ define "x" }}{{ $top := index . 0 }}{{ $a := index . 1 }}{{ $top.Values.b }}{{ $a.c }}{{ end }}`}, "a a.c! b!"},
		"lookups":        {"", []string{`{{ index .Values "a-b" "c" }}{{ get .Values.d "e" }}{{ dig "f" "g" "none" .Values.h }}{{ if hasKey .Values.i "j" }}{{ end }}{{ pluck "k" .Values.l | first }}`}, "a-b.c! d d.e! h h.f h.f.g! i i.j l l.k!"},
		"defaults":       {"", []string{`{{ .Values.a | default .Values.b | quote }}{{ coalesce .Values.c .Values.d }}{{ ternary .Values.e "x" .Values.f }}{{ required "m" .Values.g }}`}, "a! b! c! d! e! f g!"},
		"merge":          {"", []string{`{{ $m := merge (dict "x" .Values.a) .Values.b }}{{ $m.x }}{{ $m.y }}`}, "a! b b.x! b.y!"},
		"set in values":  {"", []string{`{{ $s := .Values.svc.more }}{{ $s = set $s "default" (omit .Values.svc "more") }}{{ range $n, $c := $s }}{{ $c.type }}{{ end }}`}, "svc svc.more.* svc.more.default svc.type!"},
		"set later":      {"", []string{`{{ .Values.git.user }}`, `{{ $_ := set .Values "git" .Values.forge }}`}, "forge forge.user! git git.user!"},
		"set in loop":    {"parts: {x: {}}", []string{`{{ range $n, $c := .Values.parts }}{{ $_ := set . "shared" $.Values.common }}{{ include "x" . }}{{ end }}`, `_{{ define "x" }}{{ .shared.size }}{{ toYaml .shared.env }}{{ .own }}{{ end }}`}, "common common.env! common.size! parts.*"},
		"set and print":  {"", []string{`{{ $_ := set .Values.a "k" .Values.b }}{{ toYaml .Values.a }}`}, "a! a.k b!"},
		"merge in place": {"", []string{`{{ $_ := mergeOverwrite .Values.a .Values.b }}{{ .Values.a.x }}`}, "a a.x! b b.x!"},
		"set itself":     {"", []string{`{{ $_ := set .Values.a "k" .Values.a }}{{ .Values.a.k.k.x }}{{ toYaml .Values.a }}`}, "a! a.k a.k.k.x! a.k.x! a.x!"},
		"copy":           {"", []string{`{{ $m := merge (deepCopy .Values.a) .Values.b }}{{ $m.x }}{{ .Values.a.y }}`}, "a a.x! a.y! b b.x!"},
		"set in copy":    {"", []string{`{{ $c := deepCopy .Values.a }}{{ $_ := set $c "k" .Values.b }}{{ $c.k.z }}{{ .Values.a.k.w }}`}, "a a.k a.k.w! a.k.z! b b.z!"},
		"range of keys":  {"", []string{`{{ range $k, $v := .Values.m }}{{ $k }}{{ end }}{{ range $_, $v := .Values.n }}x{{ end }}`}, "m.* n"},
		"set":            {"", []string{`{{ $d := dict }}{{ $_ := set $d "k" .Values.a }}{{ $d.k.z }}`}, "a a.z!"},
		"pick":           {"", []string{`{{ toYaml (pick .Values.a "x" "y") }}{{ toYaml (omit .Values.b "z") }}`}, "a a.x! a.y! b!"},
		"guard":          {"up: false\nxx: true", []string{`{{ if .Values.up }}{{ .Values.a }}{{ else }}{{ .Values.b }}{{ end }}{{ if not .Values.xx }}{{ .Values.c }}{{ end }}{{ if and .Values.xx .Values.up }}{{ .Values.d }}{{ end }}{{ if or .Values.xx .Values.up }}{{ .Values.e }}{{ end }}`}, "a!- b! c!- d!- e! up xx"},
		"tpl":            {"a: '{{ .Values.b.c }}'\nz: '{{ .Values.never }}'", []string{`{{ tpl .Values.a . }}`}, "a! b.c! never!"},
		"no tpl":         {"z: '{{ .Values.never }}'", []string{`{{ .Values.z }}`}, "z!"},
		"literal":        {"", []string{`{{ tpl "{{ .Values.b }}" . }}`}, "b!"},
		"name":           {"", []string{`{{ include (printf "%s.x" .Chart.Name) . }}`, `_{{ define "demo.x" }}{{ .Values.a }}{{ end }}{{ define "other.x" }}{{ .Values.b }}{{ end }}`}, "a!"},
		"wild":           {"", []string{`{{ include (printf "%s.x" .Release.Name) . }}`, `_{{ define "demo.x" }}{{ .Values.a }}{{ end }}{{ define "demo.y" }}{{ .Values.b }}{{ end }}`}, "a!"},
		"round":          {"", []string{`{{ $x := .Values.a | toYaml | fromYaml }}{{ $x.b }}`}, "a!"},
		"chain":          {"", []string{`{{ (.Values.a).b }}{{ ((.Values.c).d).e }}`}, "a a.b! c c.d c.d.e!"},
		"key paths": {"", []string{`{{ include "key" (dict "keys" (list "auth.password" "global.auth.pass") "context" $) }}`, `_{{ define "get" }}{{ $parts := splitList "." .key }}{{ $v := "" }}{{ $o := $.context.Values }}{{ range $parts }}{{ if not $o }}{{ fail "x" }}{{ end }}{{ $v = (index $o .) }}{{ $o = $v }}{{ end }}{{ printf "%v" (default "" $v) }}{{ end }}
{{- define "key" }}{{ $key := first .keys }}{{ range (reverse .keys) }}{{ $v := include "get" (dict "key" . "context" $.context) }}{{ if $v }}{{ $key = . }}{{ end }}{{ end }}{{ printf "%s" $key }}{{ end }}`}, "auth auth.password! global global.auth global.auth.pass!"},
		"names":        {"", []string{`{{ range list "server" "agent" }}{{ $c := index $.Values . }}{{ $c.port }}{{ end }}`}, "agent agent.port! server server.port!"},
		"printed name": {"", []string{`{{ include (include "which" .) . }}`, `_{{ define "which" }}x{{ end }}{{ define "pick" }}{{ print "real" }}{{ end }}{{ define "x" }}{{ .Values.a }}{{ end }}{{ define "y" }}{{ .Values.b }}{{ end }}`}, "a!"},
		"listed": {"", []string{`{{ range include "all" . | fromYamlArray }}{{ (index $.Values .).port }}{{ end }}{{ range $n := include "csv" . | splitList "," }}{{ (index $.Values $n).size }}{{ end }}`, `_{{ define "all" }}
- server
- agent
{{ end }}{{ define "csv" -}}
db,cache
{{- end }}`}, "agent agent.port! cache cache.size! db db.size! server server.port!"},
		"registry": {"", []string{`{{ $r := include "reg" . | fromYaml }}{{ range $n := keys $r | sortAlpha }}{{ (index $.Values $n).on }}{{ index $.Values (index $r $n).at }}{{ end }}`, `_{{ define "reg" }}
aws: {at: x}
gcp: {at: w}
{{ end }}`}, "aws aws.on! gcp gcp.on! w! x!"},
		"method":           {"", []string{`{{ dig "a" "b" "none" .Values.AsMap }}`}, "a a.b!"},
		"context":          {"", []string{`{{ $c := merge (dict "extra" .Values.x) . }}{{ include "x" $c }}`, `_{{ define "x" }}{{ .Values.a }}{{ .extra.b }}{{ end }}`}, "a! x x.b!"},
		"length":           {"", []string{`{{ if gt (len .Values.a) 0 }}{{ end }}{{ if eq .Values.b "x" }}{{ end }}`}, "a b"},
		"recursive":        {"", []string{`{{ include "x" (dict "v" .Values.a) }}`, `_{{ define "x" }}{{ range .v }}{{ include "x" (dict "v" .kids) }}{{ .name }}{{ end }}{{ end }}`}, "a.*"},
		"unknown function": {"", []string{`{{ $x := frobnicate .Values.a }}`}, "a!"},
		"files":            {"", []string{`{{ .Files.Get .Values.a }}{{ .Capabilities.APIVersions.Has "x" }}`}, "a!"},
		"else if":          {"a: x", []string{`{{ if .Values.a }}{{ .Values.b }}{{ else if .Values.c }}{{ .Values.d }}{{ end }}`}, "a b! c- d!-"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := analyze(tc.values, tc.files...)
			if len(r.Problems) > 0 {
				t.Fatal(r.Problems)
			}
			got := reads(r)
			if want := strings.Fields(tc.want); !slices.Equal(got, want) {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, " "), tc.want)
			}
		})
	}
}

func TestSubcharts(t *testing.T) {
	t.Parallel()
	file := func(text string) []templates.File {
		return []templates.File{{Path: "templates/a.yaml", Name: text[:1], Data: []byte(text)}}
	}
	sub := &templates.Chart{Name: "redis", Path: lint.Keys("cache"), Templates: file(`s {{ .Values.port }}{{ .Values.global.x }}{{ include "x" . }}`)}
	off := &templates.Chart{Name: "db", Path: lint.Keys("db"), Templates: file(`d {{ .Values.size }}`), Off: &templates.Guard{Path: lint.Keys("db", "enabled"), Want: true}}
	lib := &templates.Chart{Name: "common", Path: lint.Keys("common"), Library: true, Templates: []templates.File{{Path: "templates/_x.tpl", Name: "l", Data: []byte(`{{ define "x" }}{{ .Values.lib }}{{ end }}`)}}}
	top := &templates.Chart{Name: "app", Templates: file(`t {{ .Values.cache.host }}{{ (index .Subcharts "cache").Values.q }}`), Charts: []*templates.Chart{sub, off, lib}}
	got := strings.Join(reads(templates.Analyze(top, parseValues(""))), " ")
	if want := "cache.global.x! cache.host! cache.lib! cache.port! cache.q! db.size!- global.x!"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// TestSites wants the place of what is read by texts for tpl, and to know that
// values are not the user's alone.
func TestSites(t *testing.T) {
	t.Parallel()
	c := &templates.Chart{
		Name: "demo", Templates: []templates.File{{Path: "templates/a.yaml", Name: "a.yaml", Data: []byte("{{ $_ := set . \"Values\" (merge .Values (dict)) }}\n{{ tpl .Values.b . }}")}},
		Texts: []templates.File{{Path: "files/x.conf", Name: "x.conf", Data: []byte("#\n{{ .Values.c }}")}},
	}
	r := templates.Analyze(c, parseValues("a: 1\nb: '{{ .Values.d }}'\n"))
	var got []string
	r.Root.Walk(nil, func(p lint.Path, n *templates.Node) {
		for _, s := range n.Sites {
			got = append(got, fmt.Sprintf("%s %s:%d", p, s.File, s.Line))
		}
	})
	if want := []string{"b a.yaml:2", "c x.conf:2", "d values.yaml:2"}; !slices.Equal(got, want) || !r.Replaced[""] {
		t.Errorf("%q %v", got, r.Replaced)
	}
	if r := analyze("", `{{ $_ := set .Values.a "b" 1 }}{{ $_ := merge (deepCopy .Values) (dict "a" 1) }}`); r.Replaced[""] {
		t.Error("a copy is not the values")
	}
}

func TestOpaque(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{`{{ toYaml .Values }}`: 1, `{{ range $k, $v := .Values }}{{ toYaml $v }}{{ end }}`: 1, "\n{{ tpl (toYaml .Values) . }}": 2} {
		r := analyze("", text)
		if s, ok := r.Opaque[""]; !ok || s.Line != want {
			t.Errorf("%s: %+v", text, r.Opaque)
		}
	}
}

func TestPrinted(t *testing.T) {
	t.Parallel()
	r := analyze("", `{{ .Values.a }}{{ .Values.b | quote }}{{ .Values.c | int64 }}{{ toYaml .Values.d }}{{ printf "%v" .Values.e }}{{ .Values.f | default 1 | toString }}`)
	var got []string
	r.Root.Walk(nil, func(p lint.Path, n *templates.Node) {
		if len(n.Printed) > 0 {
			got = append(got, fmt.Sprintf("%s %t", p, n.Quoted))
		}
	})
	if want := []string{"a false", "b true", "e true", "f true"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestBrokenTemplate(t *testing.T) {
	t.Parallel()
	r := analyze("", "a\n{{ if }}\n")
	if len(r.Problems) != 1 || r.Problems[0].Span.Line != 2 || strings.Contains(r.Problems[0].Message, "template:") {
		t.Errorf("%+v", r.Problems)
	}
}

// TestHostile wants an end to templates that have none.
func TestHostile(t *testing.T) {
	t.Parallel()
	nested := "{{ $l := list " + strings.Repeat(`"a" `, 40) + "}}" + strings.Repeat("{{ range $l }}", 6) + "{{ .Values }}" + strings.Repeat("{{ end }}", 6)
	for name, files := range map[string][]string{
		"grows":    {`{{ include "a" . }}`, `_{{ define "a" }}{{ include "a" (dict "x" .) }}{{ include "a" (dict "y" . "z" (list . .)) }}{{ end }}`},
		"deepens":  {`{{ include "a" .Values }}`, `_{{ define "a" }}{{ range . }}{{ include "a" . }}{{ end }}{{ include "a" .k }}{{ end }}`},
		"itself":   {`{{ define "b" }}{{ template "b" . }}{{ end }}{{ template "b" . }}`},
		"loops":    {nested},
		"puts":     {`{{ range .Values.a }}{{ $_ := set $.Values .x (dict "y" $.Values) }}{{ $_ := merge . $.Values.a (deepCopy .) }}{{ include "p" . }}{{ end }}{{ toYaml .Values }}`, `_{{ define "p" }}{{ range . }}{{ $_ := set . "q" . }}{{ include "p" .q }}{{ end }}{{ end }}`},
		"tpl":      {`{{ tpl "{{ tpl .Values.a . }}" . }}`},
		"doubles":  {`{{ $d := dict }}{{ range until 9 }}{{ $d = dict "a" $d "b" $d }}{{ $_ := set $d "c" $d }}{{ end }}{{ toYaml $d }}{{ include "x" $d }}`, `_{{ define "x" }}{{ .a.b.c.a.b }}{{ end }}`},
		"wide":     {"{{ $d := dict }}" + strings.Repeat(`{{ $_ := set $d (print "k" (len $d)) $d }}{{ $_ := set $d "a" $d }}{{ $_ := set $d "b" $d }}{{ $_ := set $d "c" $d }}{{ $_ := set $d "d" $d }}{{ $_ := set $d "e" $d }}{{ $_ := set $d "f" $d }}`, 3) + `{{ toYaml $d }}{{ include "x" $d }}`, `_{{ define "x" }}{{ range . }}{{ include "x" . }}{{ end }}{{ end }}`},
		"any name": {`{{ include .Values.n . }}`, `_{{ define "p" }}{{ include .Values.m . }}{{ end }}{{ define "q" }}{{ include (print "" .x) (dict "Values" .Values) }}{{ end }}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			analyze("a: '{{ tpl .Values.a . }}'\n", files...)
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			} else {
				t.Log(d)
			}
		})
	}
}
