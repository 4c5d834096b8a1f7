//go:build integration

package lsp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
)

// binary builds the program.
func binary(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "helmvet")
	if out, err := exec.Command("go", "build", "-o", name, "../../cmd/helmvet").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return name
}

const neovimScript = `
local server, name, out = %q, %q, %q
local client
local function text(v) return vim.inspect(v) end
local answer = {diagnostics = {}}
local ok, err = pcall(function()
  client = vim.lsp.start_client({name = "helmvet", cmd = {server, "lsp"}, root_dir = vim.fn.getcwd()})
  vim.cmd("edit " .. name)
  local buf = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buf, client)
  local function wait(what, f)
    if not vim.wait(20000, f, 20) then error("never: " .. what) end
  end
  wait("diagnostics", function() return #vim.diagnostic.get(buf) > 0 end)
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    table.insert(answer.diagnostics, {line = d.lnum, col = d.col, code = d.code, message = d.message})
  end
  local function ask(method, line, col)
    local got = vim.lsp.buf_request_sync(buf, method, {textDocument = {uri = vim.uri_from_bufnr(buf)}, position = {line = line, character = col}}, 20000)
    return got[client] and got[client].result
  end
  answer.hover = ask("textDocument/hover", 1, 3).contents.value
  -- Typing in the buffer is sent as incremental changes.
  vim.api.nvim_buf_set_lines(buf, 1, 2, false, {"tenantid: 9350e2fc-a1dd-4c65-8d40-1f75a2e00199"})
  wait("mended", function()
    for _, d in ipairs(vim.diagnostic.get(buf)) do if d.code == "genesys-tenant/uuid-v4" then return false end end
    return true
  end)
  vim.api.nvim_buf_set_lines(buf, 2, 2, false, {"tenant:", "  general:", "    "})
  answer.completion = {}
  for _, item in ipairs(ask("textDocument/completion", 4, 4).items) do table.insert(answer.completion, item.label) end
  answer.mended = true
end)
if not ok then answer.error = text(err) end
local f = io.open(out, "w")
f:write(vim.fn.json_encode(answer))
f:close()
if client then vim.lsp.stop_client(client) end
vim.wait(2000, function() return vim.lsp.client_is_stopped(client) end, 20)
vim.cmd("qa!")
`

// TestIntegrationNeovim lets Neovim open a file with mistakes.
func TestIntegrationNeovim(t *testing.T) {
	nvim, err := exec.LookPath("nvim")
	if err != nil {
		t.Skip("nvim is not installed, so no editor opens a file (apt-get install neovim)")
	}
	dir := t.TempDir()
	values, answer, script := filepath.Join(dir, "tenant-values.yaml"), filepath.Join(dir, "answer.json"), filepath.Join(dir, "test.lua")
	write(t, values, "# 🚀\ntenantid: 9350E2FC-a1dd-4c65-8d40-1f75a2e00199\n")
	write(t, script, fmt.Sprintf(neovimScript, binary(t), values, answer))
	cmd := exec.Command(nvim, "--headless", "--clean", "-n", "-c", "luafile "+script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_STATE_HOME="+dir, "XDG_CACHE_HOME="+dir)
	out, err := within(cmd, 2*time.Minute)
	data, readErr := os.ReadFile(answer)
	if err != nil || readErr != nil {
		t.Fatalf("nvim: %v, %v\n%s", err, readErr, out)
	}
	var got struct {
		Error, Hover string
		Mended       bool
		Completion   []string
		Diagnostics  []struct {
			Line, Col     int
			Code, Message string
		}
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if got.Error != "" || !got.Mended {
		t.Fatalf("in the editor: %s\n%s", got.Error, out)
	}
	seen := false
	for _, d := range got.Diagnostics {
		seen = seen || d.Code == "genesys-tenant/uuid-v4" && d.Line == 1 && d.Col == 10
	}
	if !seen || !strings.Contains(got.Hover, "The tenant's id") || !slices.Contains(got.Completion, "sipDomain") {
		t.Errorf("the editor shows %s", data)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// within runs a command that may not take longer.
func within(cmd *exec.Cmd, limit time.Duration) ([]byte, error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	timer := time.AfterFunc(limit, func() { cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	return out.Bytes(), err
}

// yamlServer installs and starts yaml-language-server.
func yamlServer(t *testing.T, settings object) *client {
	t.Helper()
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("npm is not installed, so yaml-language-server is not asked (apt-get install npm)")
	}
	dir := t.TempDir()
	for _, name := range []string{"package.json", "package-lock.json"} {
		data, err := os.ReadFile(filepath.Join("testdata/yaml-language-server", name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), string(data))
	}
	cmd := exec.Command(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	cmd.Dir = dir
	if out, err := within(cmd, 5*time.Minute); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	server := exec.Command(filepath.Join(dir, "node_modules/.bin/yaml-language-server"), "--stdio")
	in, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	log := &buffer{}
	server.Stderr = log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	end := make(chan error, 1)
	go func() { end <- server.Wait() }()
	t.Cleanup(func() { server.Process.Kill() })
	c := connect(t, pipe{out, in}, end, log)
	c.settings = settings
	c.call("initialize", object{"processId": os.Getpid(), "rootUri": nil, "capabilities": object{
		"workspace": object{"configuration": true}, "textDocument": object{"hover": object{"contentFormat": list{"markdown"}}, "completion": object{}},
	}}, nil)
	c.notify("initialized", object{})
	c.notify("workspace/didChangeConfiguration", object{"settings": object{"yaml": settings}})
	return c
}

// TestIntegrationYAMLServer asks yaml-language-server, which knows nothing but
// the exported schema, about a tenant's values.
func TestIntegrationYAMLServer(t *testing.T) {
	schema, err := filepath.Abs("../../schema/json/genesys-tenant.overlay.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(schema); err != nil {
		t.Fatal(err)
	}
	c := yamlServer(t, object{"validate": true, "hover": true, "completion": true, "schemaStore": object{"enable": false}, "schemas": object{uri(schema): list{"*values*.yaml"}}})
	name := uri(filepath.Join(t.TempDir(), "tenant-values.yaml"))
	c.open(name, "tenantid: 9350E2FC-a1dd-4c65-8d40-1f75a2e00199\ntenant:\n  redis:\n    isCluster: maybe\n")
	c.until(name, "told of both mistakes", func(ds []diagnostic) bool {
		lines := map[int]bool{}
		for _, d := range ds {
			lines[d.Range.Start.Line] = true
		}
		return lines[0] && lines[3]
	})
	var h struct{ Contents any }
	c.call("textDocument/hover", at(name, 0, 3), &h)
	if !strings.Contains(fmt.Sprint(h.Contents), "The tenant's id") {
		t.Errorf("hover shows %v", h.Contents)
	}
	c.change(name, 2, object{"text": "tenantid: 9350e2fc-a1dd-4c65-8d40-1f75a2e00199\ntenant:\n  general:\n    \n"})
	var items struct{ Items []item }
	c.call("textDocument/completion", at(name, 3, 4), &items)
	if !slices.ContainsFunc(items.Items, func(i item) bool { return i.Label == "sipDomain" }) {
		t.Errorf("completion offers %v", items.Items)
	}
	// The example is right, and its block strings, placeholders and layers are no mistakes.
	data, err := os.ReadFile("../../examples/genesys-tenant/values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c.change(name, 3, object{"text": "tenantid: x\n"})
	c.until(name, "told of the mistake", func(ds []diagnostic) bool { return len(ds) > 0 })
	c.change(name, 4, object{"text": string(data)})
	c.until(name, "clean", func(ds []diagnostic) bool { return len(ds) == 0 })
}

// TestIntegrationYAMLServerCorpus wants no diagnostic of an exported schema on the
// vendors' files that lint does not give on the same line.
func TestIntegrationYAMLServerCorpus(t *testing.T) {
	corpus := os.Getenv("HELMVET_CORPUS")
	if corpus == "" {
		t.Skip("HELMVET_CORPUS does not name the vendors' files")
	}
	l := linter.New(pack.Builtins(), os.ReadFile)
	found := map[string]map[int]bool{} // lines with findings, by file
	schemas, texts := object{}, map[string]string{}
	err := filepath.WalkDir(corpus, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(name, "values") || filepath.Ext(name) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		judges := pack.Detect(l.Packs, values.Parse(name, data, values.DefaultLimits).Values(), data, "")
		out, err := l.Lint(t.Context(), linter.Run{Releases: []linter.Release{{Single: true, Sources: []values.Source{{File: name}}}}})
		if err != nil {
			return err
		}
		for _, p := range judges {
			schema, err := filepath.Abs("../../schema/json/" + pack.SchemaFile(p.Name, pack.Overlay))
			if err != nil {
				return err
			}
			if _, err := os.Stat(schema); err != nil {
				continue // it has no schema of values
			}
			of, _ := schemas[uri(schema)].(list)
			schemas[uri(schema)] = append(of, name)
			texts[name] = string(data)
		}
		found[name] = map[int]bool{}
		for _, f := range out.Report.Findings {
			for n := f.Span.Line; n <= max(f.Span.Line, f.Span.EndLine); n++ {
				found[name][n-1] = true
			}
		}
		return nil
	})
	if err != nil || len(texts) == 0 {
		t.Fatalf("%d files: %v", len(texts), err)
	}
	c := yamlServer(t, object{"validate": true, "schemaStore": object{"enable": false}, "schemas": schemas})
	told := 0
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		// The file with a syntax error behind it first: then it is certain that the
		// diagnostics are those of the file.
		c.open(uri(name), texts[name]+"\nprobe: [\n")
		c.until(uri(name), "read", func(ds []diagnostic) bool { return len(ds) > 0 })
		c.mu.Lock()
		delete(c.shown, uri(name))
		c.mu.Unlock()
		c.change(uri(name), 2, object{"text": texts[name]})
		for _, d := range c.wait(uri(name), 0).Diagnostics {
			told++
			if !found[name][d.Range.Start.Line] {
				t.Errorf("%s:%d: %s", name, d.Range.Start.Line+1, d.Message)
			}
		}
	}
	t.Logf("%d files, %d diagnostics of the schemas", len(texts), told)
}
