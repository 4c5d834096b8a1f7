package app_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// What one command may take of what is meant to hurt it. The time is generous,
// because tests share the machine.
const (
	hostileTime   = 30 * time.Second
	hostileMemory = 1400 << 20 // the limit of the heap is 1 GiB, and it is soft
	hostileOutput = 64 << 20
)

// hostile is one input that is meant to hurt: the files, how commands meet it,
// and what has to be said.
type hostile struct {
	files map[string]string
	setup func(t *testing.T, dir string)
	// each command line; what is to be said follows behind " => "
	commands []string
}

// everywhere are the commands that read values from in.yaml.
func everywhere(want string) []string {
	return []string{
		"lint in.yaml => " + want,
		"lint -f in.yaml -f plain.yaml => " + want,
		"lint --pack genesys-tenant --complete -f plain.yaml -f in.yaml --output json => ",
		"lint . => ",
		"lint -f plain.yaml in.yaml => ",
		"lint --fix --dry-run in.yaml => ",
		"values in.yaml => ",
		"values -f plain.yaml -f in.yaml --output json => ",
		"upgrade --from in.yaml --to plain.yaml => ",
		"upgrade --from plain.yaml --to in.yaml => ",
		"extract in.yaml => ",
		"baseline in.yaml => ",
		"init --stdout . => ",
		"lint --config in.yaml => ",
		"lint plain.yaml --baseline in.yaml => ",
		"upgrade --from plain.yaml --to plain.yaml --changelog in.yaml => ",
		"lint plain.yaml --env-file in.yaml => ",
		"lsp in.yaml => ",
	}
}

func rep(s string, n int) string { return strings.Repeat(s, n) }

// nested closes what it opens.
func nested(open, inner, shut string, n int) string { return rep(open, n) + inner + rep(shut, n) }

func blockNested(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(rep(" ", i) + "a:\n")
	}
	return b.String()
}

func bomb(levels, width int) string {
	var b strings.Builder
	b.WriteString("a0: &a0 [" + rep("x, ", width) + "x]\n")
	for i := 1; i < levels; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s*a%d]\n", i, i, rep(fmt.Sprintf("*a%d, ", i-1), width), i-1)
	}
	return b.String()
}

func mergeBomb(levels int) string {
	var b strings.Builder
	b.WriteString("a0: &a0 {k: v}\n")
	for i := 1; i < levels; i++ {
		fmt.Fprintf(&b, "a%d: &a%d {<<: [%s*a%d], x%d: *a%d, y%d: *a%d}\n", i, i, rep(fmt.Sprintf("*a%d, ", i-1), 20), i-1, i, i-1, i, i-1)
	}
	return b.String()
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "key%d: %d\n", i, i)
	}
	return b.String()
}

// texts are what values files, and everything else that is read, may look like.
var texts = map[string]struct{ text, want string }{
	"alias bomb":           {bomb(12, 20), "core/yaml-syntax"},
	"merge bomb":           {mergeBomb(40), "core/yaml-syntax"},
	"flow nesting":         {"a: " + nested("[", "", "]", 100_000), "core/yaml-syntax"},
	"map nesting":          {"a: " + nested("{a: ", "b", "}", 20_000), "core/yaml-syntax"},
	"block nesting":        {blockNested(3000), "core/yaml-syntax"},
	"sequence nesting":     {"a:\n " + rep("- ", 50_000) + "x\n", "core/yaml-syntax"},
	"nesting at the limit": {blockNested(990), ""},
	"unclosed":             {"a: " + rep("[", 100_000), "core/yaml-syntax"},
	"unclosed mappings":    {"a: " + rep("{a: [", 30_000), "core/yaml-syntax"},
	"huge scalar":          {"a: \"" + rep("x", 8<<20) + "\"\n", ""},
	"huge key":             {rep("k", 8<<20) + ": 1\n", ""},
	"huge plain key":       {"? " + rep("k ", 1<<20) + "\n: 1\n", ""},
	"too large":            {"a: " + rep("x", 17<<20), "is larger than 16 MiB"},
	"many keys":            {manyKeys(200_000), ""},
	"many items":           {"a: [" + rep("1, ", 900_000) + "1]\n", ""},
	"too many items":       {"a: [" + rep("1,", 4_000_000) + "1]\n", "core/yaml-syntax"},
	"many documents":       {rep("---\na: 1\n", 100_000), ""},
	"many problems":        {rep("k: 0755\n", 50_000), "core/"},
	"one long line":        {"{" + rep("a: 0755, ", 50_000) + "b: 1}\n", "core/"},
	"embedded bomb":        {"tenant:\n  secrets:\n    pgdb:\n      volumes: |\n        " + strings.ReplaceAll(bomb(12, 20), "\n", "\n        ") + "\n", ""},
	"embedded nesting":     {"a: |\n  b: |\n    c: |\n      " + nested("[", "", "]", 50_000) + "\n", ""},
	"invalid UTF-8":        {"a: \xff\xfe\xc3(\n", "core/yaml-syntax"},
	"NUL":                  {"a: b\x00c\nd: \x00\n", "core/yaml-syntax"},
	"only NUL":             {rep("\x00", 1<<20), "core/yaml-syntax"},
	"CRLF mixes":           {"a: 1\r\nb: 2\rc: 3\n\r\nd: |\r\n  x\r\n  y\n", ""},
	"CR only":              {rep("a: 1\r", 1000), ""},
	"control characters":   {"a: \"\x1b[31mred\x1b[0m\"\n\x07: 1\n", ""},
	"UTF-16 cut":           {"\xff\xfea\x00:\x00 \x00b", ""},
	"byte order marks":     {rep("\ufeff", 100_000) + "a: 1\n", ""},
	"cycle":                {"a: &a [*a]\nb: &b {c: *b}\nd: &d {<<: *d}\n", "core/yaml-syntax"},
	"anchors":              {"a: &" + rep("x", 1<<20) + " 1\nb: *" + rep("x", 1<<20) + "\n", ""},
	"tags":                 {"a: !!" + rep("x", 1<<20) + " 1\nb: !!binary " + rep("=", 1<<20) + "\nc: !!python/object:os.system x\n", ""},
	"numbers":              {"a: " + rep("9", 1<<20) + "\nb: 1e" + rep("9", 1000) + "\nc: 0x" + rep("f", 100_000) + "\nd: " + rep("1_", 100_000) + "1\ne: " + rep("60:", 100_000) + "60\n", ""},
	"comments":             {rep("# helmvet:ignore "+rep("x/y, ", 50)+"\n", 5000) + "a: 1\n", ""},
	"one comment":          {"a: 1 # helmvet:ignore " + rep("core/yaml-syntax,", 200_000) + "\n", ""},
	"placeholders":         {"a: \"" + rep("${X", 200_000) + "\"\nb: " + rep("${A:-", 50_000) + "\n", ""},
	"templates":            {rep("{{ if ", 100_000) + "\na: 1\n", ""},
	"templates closed":     {rep("{{ .Values.x }}: {{- toYaml . | nindent 4 }}\n", 20_000), ""},
	"quotes":               {rep("\"", 100_001), ""},
	"indents":              {rep("a:\n"+rep(" ", 200)+"b: 1\n", 20_000), ""},
	"tabs":                 {rep("\t", 1<<20) + "a: 1\n", "core/yaml-syntax"},
	"colons":               {rep(": ", 500_000), ""},
	"dashes":               {rep("-", 1<<20), ""},
	"question marks":       {rep("? ", 50_000), ""},
	"block scalars":        {rep("a: |\n", 50_000), ""},
	"patterns":             {"a: " + rep("a", 100_000) + "!\ntenantid: " + rep("9350e2fc-", 10_000) + "\nimages: {tenant: {tag: " + rep("1.", 100_000) + "}}\n", ""},
}

// TestHostileTexts gives them to lint, and with HELMVET_HOSTILE set to every
// command that reads a text; it tells then what each took.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs some hundred commands")
	}
	for name, c := range texts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := everywhere(c.want)
			if os.Getenv("HELMVET_HOSTILE") == "" {
				all = slices.DeleteFunc(all, func(c string) bool {
					return !strings.HasPrefix(c, "lint in")
				})
			}
			hostile{files: map[string]string{"in.yaml": c.text}, commands: all}.run(t)
		})
	}
}

func (h hostile) run(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "plain.yaml", "replicas: 2\n")
	for name, text := range h.files {
		put(t, dir, name, text)
	}
	if h.setup != nil {
		h.setup(t, dir)
	}
	for _, line := range h.commands {
		command, want, _ := strings.Cut(line, " => ")
		hurt(t, dir, strings.Fields(command), want)
	}
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

var crashed = regexp.MustCompile(`internal error|panic: |goroutine \d+ \[|fatal error|runtime error`)

// hurt runs a command and wants an end, an exit code that is no defect, and
// what has to be said.
func hurt(t *testing.T, dir string, args []string, want string) {
	t.Helper()
	what := strings.Join(args, " ")
	ctx, stop := context.WithTimeout(t.Context(), hostileTime)
	defer stop()
	cmd := exec.CommandContext(ctx, "helmvet", args...)
	cmd.Dir = dir
	var out transcript
	cmd.Stdout, cmd.Stderr = &out, &out
	if args[0] == "lsp" {
		cmd.Args = cmd.Args[:2]
		cmd.Stdin = session(t, dir, args[1], &out)
	}
	began := time.Now()
	err := cmd.Run()
	took := time.Since(began)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	peak := memory(cmd.ProcessState)
	if os.Getenv("HELMVET_HOSTILE") != "" {
		t.Logf("%-60s exit %d, %6.2f s, %5d MiB: %.300s", what, cmd.ProcessState.ExitCode(), took.Seconds(), peak>>20, firstLine(out.String()))
	}
	text := out.String()
	switch {
	case ctx.Err() != nil:
		t.Errorf("%s: did not end within %s", what, hostileTime)
	case cmd.ProcessState.ExitCode() < 0 || cmd.ProcessState.ExitCode() > 2 || crashed.MatchString(text):
		t.Errorf("%s: exit code %d\n%.3000s", what, cmd.ProcessState.ExitCode(), text)
	case peak > hostileMemory:
		t.Errorf("%s: took %d MiB", what, peak>>20)
	case len(text) > hostileOutput:
		t.Errorf("%s: said %d MiB", what, len(text)>>20)
	case !strings.Contains(text, want):
		t.Errorf("%s: does not say %q\n%.2000s", what, want, text)
	}
	for line := range strings.Lines(text) {
		if len(line) > 20_000 && strings.HasPrefix(line, "helmvet: ") {
			t.Errorf("%s: a message of %d bytes: %.200s", what, len(line), line)
		}
	}
}

func firstLine(s string) string { s, _, _ = strings.Cut(s, "\n"); return s }

// session is what an editor says that opens the file, asks about it and ends.
// It ends only when its questions are answered: the server drops what is
// still open.
func session(t *testing.T, dir, name string, out *transcript) io.Reader {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	uri := "file://" + filepath.ToSlash(filepath.Join(dir, name))
	var b bytes.Buffer
	send := func(v map[string]any) {
		v["jsonrpc"] = "2.0"
		body, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	doc := map[string]any{"uri": uri}
	at := map[string]any{"textDocument": doc, "position": map[string]any{"line": 0, "character": 1}}
	send(map[string]any{"id": 1, "method": "initialize", "params": map[string]any{"rootUri": "file://" + dir, "capabilities": map[string]any{}}})
	send(map[string]any{"method": "initialized", "params": map[string]any{}})
	send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "yaml", "version": 1, "text": string(text)}}})
	for i, method := range []string{"hover", "completion", "definition"} {
		send(map[string]any{"id": 2 + i, "method": "textDocument/" + method, "params": at})
	}
	for i := range min(bytes.Count(text, []byte("\n")), 60) {
		send(map[string]any{"id": 100 + i, "method": "textDocument/hover", "params": map[string]any{"textDocument": doc, "position": map[string]any{"line": i, "character": 6}}})
	}
	send(map[string]any{"id": 8, "method": "textDocument/documentSymbol", "params": map[string]any{"textDocument": doc}})
	ask := bytes.NewReader(slices.Clone(b.Bytes()))
	b.Reset()
	send(map[string]any{"id": 9, "method": "shutdown"})
	send(map[string]any{"method": "exit"})
	return io.MultiReader(ask, &after{out: out, wants: []string{`"id":8,`, "publishDiagnostics"}}, &b)
}

// transcript is an output that may be looked at while it is written.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (t *transcript) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(b)
}

func (t *transcript) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}

// after ends when the output holds all that it wants, or in time.
type after struct {
	out   *transcript
	wants []string
}

func (a *after) Read([]byte) (int, error) {
	for range 200 {
		said := a.out.String()
		if !slices.ContainsFunc(a.wants, func(w string) bool { return !strings.Contains(said, w) }) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return 0, io.EOF
}

// archive packs files as a chart is packed.
func archive(t *testing.T, name string, files ...[2]string) {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, f := range files {
		h := &tar.Header{Name: f[0], Mode: 0o644, Size: int64(len(f[1]))}
		if to, ok := strings.CutPrefix(f[1], "-> "); ok {
			h.Typeflag, h.Linkname, h.Size, f[1] = tar.TypeSymlink, to, 0, ""
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close(), os.WriteFile(name, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// chartFiles are those of a small chart, with one replaced.
func chartFiles(dir, name, text string) map[string]string {
	m := map[string]string{
		dir + "Chart.yaml":            "apiVersion: v2\nname: demo\nversion: 1.0.0\n",
		dir + "values.yaml":           "a: 1\n",
		dir + "templates/config.yaml": "a: {{ .Values.a }}\n",
	}
	m[dir+name] = text
	return m
}

func charts(name, text string, want string) hostile {
	return hostile{files: chartFiles("demo/", name, text), commands: []string{
		"lint demo => " + want, "lint --chart demo -f plain.yaml => ", "values --chart demo -f plain.yaml => ",
		"upgrade --from plain.yaml --from-chart demo --to-chart demo => ", "init --stdout . => ",
	}}
}

// packs are what somebody's own pack may do.
func packs(files map[string]string, want string) hostile {
	all := map[string]string{
		".helmvet.yaml": "packs: [./own]\n",
		"own/pack.cue":  "pack: {name: \"own\", title: \"Own\", keys: [\"replicas\"]}\n",
	}
	for name, text := range files {
		all[name] = text
	}
	return hostile{files: all, commands: []string{
		"lint --pack own plain.yaml => " + want, "lint plain.yaml => ", "upgrade --from plain.yaml --to plain.yaml --pack own => ", "schema own => ", "rules => ", "lsp plain.yaml => ",
	}}
}

func ruleOf(body string) map[string]string {
	return map[string]string{
		"own/loop/rule.rego": "# METADATA\n# scope: package\n# title: Loop\n# description: d\n# custom:\n#   severity: error\n#   remediation: r\npackage policies[\"own\"][\"loop\"]\n\n" + body + "\n",
	}
}

func cueOf(body string) map[string]string { return map[string]string{"own/values.cue": body} }

// inputs are what else is read.
var inputs = map[string]hostile{
	"link loop": {
		setup: func(t *testing.T, dir string) {
			link(t, "b.yaml", filepath.Join(dir, "a.yaml"))
			link(t, "a.yaml", filepath.Join(dir, "b.yaml"))
			link(t, ".", filepath.Join(dir, "self"))
			link(t, "../..", filepath.Join(dir, "up"))
		},
		commands: []string{"lint a.yaml => a.yaml", "values -f a.yaml => a.yaml", "extract a.yaml => a.yaml", "lint . => ", "init --stdout . => ", "upgrade --from . --to . => ", "baseline --baseline b.yaml plain.yaml => b.yaml"},
	},
	"link loop in a chart": {
		files: chartFiles("demo/", "x", ""),
		setup: func(t *testing.T, dir string) {
			link(t, ".", filepath.Join(dir, "demo/templates/self"))
		},
		commands: []string{"lint demo => circle", "values --chart demo => circle"},
	},
	"link out of a chart": {
		files: chartFiles("demo/", "x", ""),
		setup: func(t *testing.T, dir string) {
			link(t, "/etc/passwd", filepath.Join(dir, "demo/templates/secret.yaml"))
		},
		commands: []string{"lint demo => link out of the chart"},
	},
	"archive with ..": {
		setup: func(t *testing.T, dir string) {
			archive(t, filepath.Join(dir, "c.tgz"), [2]string{"c/Chart.yaml", "name: c\nversion: 1.0.0\n"}, [2]string{"c/../../evil.yaml", "x"})
			archive(t, filepath.Join(dir, "l.tgz"), [2]string{"c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n"}, [2]string{"c/values.yaml", "-> /etc/passwd"})
			archive(t, filepath.Join(dir, "a.tgz"), [2]string{"/Chart.yaml", "x"}, [2]string{"c//etc/x", "x"})
			put(t, dir, "cut.tgz", "\x1f\x8b\x08\x00\x00")
			put(t, dir, "no.tgz", "no archive")
		},
		commands: []string{"lint c.tgz => leads out of the chart", "values --chart c.tgz => leads out of the chart", "lint l.tgz => ", "lint a.tgz => a.tgz", "lint cut.tgz => cut.tgz", "lint no.tgz => no.tgz", "upgrade --from plain.yaml --to-chart c.tgz => leads out"},
	},
	"zip bomb": {
		setup: func(t *testing.T, dir string) {
			archive(t, filepath.Join(dir, "c.tgz"), [2]string{"c/Chart.yaml", "name: c\nversion: 1.0.0\n"}, [2]string{"c/files/x", rep("\x00", 150<<20)})
			many := make([][2]string, 0, 30_000)
			for i := range 30_000 {
				many = append(many, [2]string{fmt.Sprintf("c/templates/%d.yaml", i), ""})
			}
			archive(t, filepath.Join(dir, "m.tgz"), many...)
			var z bytes.Buffer
			w := gzip.NewWriter(&z)
			for range 200 {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			put(t, dir, "zeros.tgz", z.String())
			record := base64.StdEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString(z.Bytes())))
			put(t, dir, "secret.yaml", "apiVersion: v1\nkind: Secret\ntype: helm.sh/release.v1\nmetadata: {name: sh.helm.release.v1.a.v1}\ndata:\n  release: "+record+"\n")
		},
		commands: []string{"lint c.tgz => unpacks to more than", "values --chart c.tgz => unpacks to more than", "lint m.tgz => m.tgz", "lint zeros.tgz => zeros.tgz", "extract secret.yaml => unpacks to more than", "upgrade --from secret.yaml --to plain.yaml => "},
	},
	"schema loop":       charts("values.schema.json", `{"$ref": "#"}`, ""),
	"schema pattern":    charts("values.schema.json", `{"properties": {"a": {"type": "string", "pattern": "^(a+)+$"}, "b": {"pattern": "`+rep("(a{1,900}){1,900}", 3)+`"}}}`, ""),
	"schema nesting":    charts("values.schema.json", nested(`{"properties": {"a": `, "{}", "}}", 20_000), ""),
	"schema by network": charts("values.schema.json", `{"$ref": "https://example.com/x.json"}`, ""),
	"schema by file":    charts("values.schema.json", `{"$ref": "file:///etc/passwd"}`, ""),
	"template nesting":  charts("templates/config.yaml", rep("{{ if .Values.a }}", 20_000)+rep("{{ end }}", 20_000), ""),
	"template parens":   charts("templates/config.yaml", "{{ "+nested("(", ".Values.a", ")", 50_000)+" }}", ""),
	"template defines":  charts("templates/config.yaml", rep(`{{ define "a" }}{{ template "a" . }}{{ include "a" . }}{{ end }}`, 2000)+`{{ include "a" . }}`, ""),
	"template fan-out":  charts("templates/config.yaml", fanOut(40), ""),
	"template length":   charts("templates/config.yaml", rep("{{ .Values.a | default .Values.b | quote }}\n", 40_000), ""),
	"helmignore":        charts(".helmignore", rep("**/*?[a-z]*\n", 20_000), ""),
	"chart bomb":        charts("Chart.yaml", bomb(12, 20), "Chart.yaml"),
	"rego loop":         packs(ruleOf("findings contains {\"path\": [], \"message\": \"m\"} if {\n\tsome a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta * b < 0\n}"), "own/loop"),
	"rego memory":       packs(ruleOf("findings contains {\"path\": [], \"message\": \"m\"} if {\n\tcount(numbers.range(1, 1000000000000)) < 0\n}"), "own/loop"),
	"rego product":      packs(ruleOf("findings contains {\"path\": [], \"message\": sprintf(\"%d\", [a])} if {\n\tsome a in numbers.range(1, 100000000)\n}"), ""),
	"rego recursion":    packs(ruleOf("f(x) := f(x + 1)\n\nfindings contains {\"path\": [], \"message\": f(1)}"), "recursi"),
	"rego network":      packs(ruleOf("findings contains {\"path\": [], \"message\": http.send({\"method\": \"GET\", \"url\": \"http://127.0.0.1\"}).status}"), "http.send"),
	"rego environment":  packs(ruleOf("findings contains {\"path\": [], \"message\": opa.runtime().env.PATH}"), ""),
	"rego regex":        packs(ruleOf("findings contains {\"path\": [], \"message\": \"m\"} if regex.match(`(x+x+)+y(.{1,1000}){1,1000}`, \"xxxxxxxxxxxx\")"), ""),
	"rego text":         packs(ruleOf(rep("(", 100_000)), "own"),
	"cue loop":          packs(cueOf("#Values: {a: b, b: a, replicas: replicas + 1, ...}\n"), ""),
	"cue recursion":     packs(cueOf("#Values: {replicas: #A, ...}\n#A: {b: #A}\n"), "own"),
	"cue explosion":     packs(cueOf("#Values: {replicas: #A19, ...}\n"+explosion(20)), ""),
	"cue comprehension": packs(cueOf("import \"list\"\n#Values: {replicas: len([for a in list.Range(0, 100000, 1) for b in list.Range(0, 100000, 1) {a * b}]), ...}\n"), ""),
	"cue disjunctions":  packs(cueOf("#Values: {"+disjunctions(24)+"replicas: int, ...}\n"), ""),
	"cue nesting":       packs(cueOf("#Values: {replicas: "+nested("{a: ", "int", "}", 20_000)+", ...}\n"), "own"),
	"cue pattern":       packs(cueOf("#Values: {replicas: =~\""+rep("(a{1,900}){1,900}", 3)+"\", ...}\n"), "own"),
	"cue import":        packs(cueOf("import \"tool/exec\"\n#Values: {x: exec.Run & {cmd: \"true\"}, ...}\n"), "own"),
	"configuration patterns": {
		files:    map[string]string{".helmvet.yaml": "releases:\n  - {pattern: \"" + rep("{name}", 2000) + "/*.yaml\"}\nexclude: [\"" + rep("{a,b}", 200) + "\", \"" + rep("**/", 2000) + "\"]\n"},
		commands: []string{"lint => ", "lint plain.yaml => ", "init --stdout . => "},
	},
	"configuration globs": {
		files:    map[string]string{".helmvet.yaml": "exclude: [\"" + rep("{a,b}", 40) + "\"]\nmanifests: {files: [\"" + rep("{a,b}", 40) + "\", \"" + rep("**/*", 500) + "\", \"../../../**\"]}\n", "m/" + rep("a", 40): ""},
		commands: []string{"lint plain.yaml => ", "lint => ", "upgrade --from . --to . => "},
	},
	"helmfile": {
		files:    map[string]string{"helmfile.yaml": "helmfiles: [helmfile.yaml, ./, \"../**\"]\nbases: [helmfile.yaml]\nreleases:\n" + rep("  - {name: a, chart: ./, values: [helmfile.yaml, ../../../../etc/passwd, plain.yaml]}\n", 200)},
		commands: []string{"lint => ", "lint helmfile.yaml => ", "init --stdout . => "},
	},
	"argo": {
		files: map[string]string{"apps/app.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: a}\nspec:\n  generators:\n    - matrix: {generators: [" +
			rep("{list: {elements: ["+rep("{a: b}, ", 300)+"]}}, ", 6) + "]}\n    - git: {files: [{path: \"" + rep("**/", 300) + "*\"}], directories: [{path: \"../../..\"}, {path: \"**\"}]}\n  template: {metadata: {name: \"{{a}}\"}, spec: {source: {path: ., helm: {valueFiles: [\"" + rep("../", 100) + "etc/passwd\"]}}}}\n"},
		commands: []string{"lint => ", "lint apps => ", "init --stdout . => "},
	},
	"flux": {
		files: map[string]string{"flux.yaml": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a}\nspec:\n  valuesFrom: [" + rep("{kind: ConfigMap, name: a}, ", 5000) + "]\n  values: {a: 1}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {values.yaml: \"a: 1\"}\n" +
			"---\napiVersion: v1\nkind: List\nitems: " + nested("[{kind: List, items: ", "[]", "}]", 400) + "\n"},
		commands: []string{"lint => ", "lint flux.yaml => ", "init --stdout . => "},
	},
	"kustomizations": {
		files: map[string]string{
			"k/kustomization.yaml": "resources: [../k, ., kustomization.yaml, https://example.com/x]\npatches: [{path: kustomization.yaml}]\n",
			"k/a.yaml":             "apiVersion: k0rdent.mirantis.com/v1beta1\nkind: ClusterDeployment\nmetadata: {name: a}\nspec: {template: x}\n",
		},
		commands: []string{"lint k => ", "lint => ", "init --stdout . => "},
	},
	"helm get all": {
		files: map[string]string{
			"in.yaml":  "NAME: a\nUSER-SUPPLIED VALUES:\n" + rep("USER-SUPPLIED VALUES:\nCOMPUTED VALUES:\n", 50_000) + "a: 1\nHOOKS:\n---\nMANIFEST:\n" + rep("---\n# Source: x\n", 50_000),
			"cut.yaml": "USER-SUPPLIED VALUES:\na: |\n  COMPUTED VALUES:\n" + rep("  MANIFEST:\n", 100_000),
		},
		commands: []string{"extract in.yaml => in.yaml", "extract cut.yaml => ", "upgrade --from in.yaml --to plain.yaml => ", "lint in.yaml => "},
	},
	"changelog": {
		files: map[string]string{
			"CHANGELOG.md": "# Changelog\n## 2.0.0\n### Removed\n" + rep("- `a."+rep("b.", 500)+"c` renamed to `x` moved to `"+rep("*", 200)+"` ", 500) + "\n" + rep("> ", 20_000) + "\n" + rep("[", 50_000) + "\n" + rep("*a _b ", 50_000) + "\n" + rep("`", 50_001) + "\n" + rep("- ", 5000) + "x\n",
			"links.md":     rep("![[](", 20_000) + "\n" + rep("<!--", 20_000) + "\n" + rep("| a ", 20_000) + "\n|" + rep("---|", 20_000) + "\n" + rep("<a ", 20_000) + "\n" + rep("&", 50_000),
		},
		commands: []string{"upgrade --from plain.yaml --to plain.yaml --changelog CHANGELOG.md => ", "upgrade --from plain.yaml --to plain.yaml --changelog links.md => "},
	},
	"baseline": {
		files: map[string]string{
			"b.json": `{"version": 1, "findings": [` + rep(`{"fingerprint": "x", "rule": "a/b"},`, 100_000) + `{"fingerprint": "x", "rule": "a/b"}]}`,
			"n.json": `{"version": 1, "findings": ` + nested("[", "", "]", 100_000) + "}",
			"v.json": `{"version": 1e400, "findings": {"a": 1}}`,
			"t.json": `{"version": 1, "findings": [1, null, "x"]}`,
			"m.json": `{"version": 1, "findings": null}`,
		},
		commands: []string{"lint plain.yaml --baseline b.json => ", "lint plain.yaml --baseline n.json => n.json", "lint plain.yaml --baseline v.json => v.json", "lint plain.yaml --baseline t.json => t.json", "lint plain.yaml --baseline m.json => ", "baseline plain.yaml --baseline t.json => t.json", "baseline plain.yaml --baseline b.json => "},
	},
	"flags": {
		commands: []string{
			"values --set a[999999999]=1 => --set", "lint --set a[99999999999999999999]=1 => --set", "values --set " + rep("a.", 20_000) + "a=1 => ", "values --set a=" + nested("{", "x", "}", 20_000) + " => ",
			"values --set-json a=" + nested("[", "", "]", 20_000) + " => ", "values --set-file a=/dev/zero => ", "values -f /dev/zero => /dev/zero", "lint /dev/full => /dev/full", "lint --jobs 1000000 plain.yaml => ", "values -f plain.yaml --path " + rep("a[0].", 10_000) + "b => ",
		},
	},
}

// TestHostileInputs gives charts, archives, packs and flags that mean harm to
// the commands that read them. It measures time and memory, so it wants a
// machine of its own: `make hostile`.
func TestHostileInputs(t *testing.T) {
	t.Parallel()
	if os.Getenv("HELMVET_HOSTILE") == "" {
		t.Skip("HELMVET_HOSTILE is not set; run `make hostile`")
	}
	for name, h := range inputs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h.run(t)
		})
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Skip("no symbolic links here")
	}
}

// fanOut is a template in which each part is included twice by the next.
func fanOut(n int) string {
	var b strings.Builder
	b.WriteString("{{ define \"t0\" }}{{ .Values.a }}{{ end }}\n")
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "{{ define \"t%d\" }}{{ include \"t%d\" . }}{{ include \"t%d\" (dict \"Values\" .Values.a) }}{{ end }}\n", i, i-1, i-1)
	}
	fmt.Fprintf(&b, "{{ include \"t%d\" . }}\n", n-1)
	return b.String()
}

// explosion is CUE in which each definition holds the one before twice.
func explosion(n int) string {
	var b strings.Builder
	b.WriteString("#A0: {x: int | string}\n")
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "#A%d: {a: #A%d, b: #A%d}\n", i, i-1, i-1)
	}
	return b.String()
}

// disjunctions are fields that hang together by choices.
func disjunctions(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "x%d: ({a: 1} | {b: 2} | {c: 3}) & ({a?: int} | {b?: int} | {c?: int, d?: x%d})\n", i, (i+1)%n)
	}
	return b.String()
}
