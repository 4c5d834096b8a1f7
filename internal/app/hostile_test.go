package app_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// What one command may take of what is meant to hurt it. The time is generous,
// because tests share the machine.
const (
	hostileTime   = 8 * time.Second
	hostileMemory = 1400 << 20 // the limit of the heap is 1 GiB, and it is soft
	hostileOutput = 8 << 20
)

// hostile is one input that is meant to hurt: the files, how commands meet it,
// and what has to be said.
type hostile struct {
	name  string
	files map[string]string
	setup func(t *testing.T)
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

func TestHostileTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("runs some hundred commands")
	}
	for name, c := range texts {
		t.Run(name, func(t *testing.T) {
			hostile{name: name, files: map[string]string{"in.yaml": c.text}, commands: everywhere(c.want)}.run(t)
		})
	}
}

func (h hostile) run(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	put(t, "plain.yaml", "replicas: 2\n")
	for name, text := range h.files {
		put(t, name, text)
	}
	if h.setup != nil {
		h.setup(t)
	}
	for _, line := range h.commands {
		command, want, _ := strings.Cut(line, " => ")
		hurt(t, dir, strings.Fields(command), want)
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
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
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if args[0] == "lsp" {
		cmd.Args = cmd.Args[:2]
		cmd.Stdin = session(t, dir, args[1])
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
func session(t *testing.T, dir, name string) *bytes.Reader {
	t.Helper()
	text, err := os.ReadFile(name)
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
	send(map[string]any{"id": 8, "method": "textDocument/documentSymbol", "params": map[string]any{"textDocument": doc}})
	send(map[string]any{"id": 9, "method": "shutdown"})
	send(map[string]any{"method": "exit"})
	return bytes.NewReader(b.Bytes())
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
