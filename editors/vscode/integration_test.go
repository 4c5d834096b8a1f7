//go:build integration

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestIntegrationExtension runs the packed extension in a stand-in for VS Code,
// with the real language server.
func TestIntegrationExtension(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed, so the extension is not run (apt-get install nodejs)")
	}
	dir := t.TempDir()
	server := filepath.Join(dir, "helmvet")
	if out, err := exec.Command("go", "build", "-o", server, "../../cmd/helmvet").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, data := range packed(t) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(server string) (got struct {
		Errors, Completion, Symbols []string
		Hover                       string
		First                       []struct {
			Severity int
			Code     struct{ Value string }
		}
		Actions []struct {
			Title string
			Edit  struct{ Edits map[string]any }
		}
		Closed int
	},
	) {
		t.Helper()
		cmd := exec.Command(node, "testdata/host.js", filepath.Join(dir, "extension"), server, filepath.Join(dir, "tenant-values.yaml"))
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return got
	}
	got := run(server)
	if len(got.Errors) > 0 || got.Closed != 0 {
		t.Errorf("errors %q, %d files are still shown after they were closed", got.Errors, got.Closed)
	}
	seen := false
	for _, d := range got.First {
		seen = seen || d.Code.Value == "genesys-tenant/uuid-v4" && d.Severity == 0
	}
	if !seen {
		t.Errorf("the diagnostics are %+v", got.First)
	}
	if !strings.Contains(got.Hover, "The tenant's id") || !slices.Contains(got.Completion, "sipDomain") || !slices.Contains(got.Symbols, "tenantid") {
		t.Errorf("hover %q, completion %q, symbols %q", got.Hover, got.Completion, got.Symbols)
	}
	if len(got.Actions) < 2 || len(got.Actions[0].Edit.Edits) != 1 {
		t.Errorf("the actions are %+v", got.Actions)
	}
	if got := run(filepath.Join(dir, "nowhere")); len(got.Errors) != 1 || !strings.Contains(got.Errors[0], "helmvet.path") {
		t.Errorf("without the program the user is told %q", got.Errors)
	}
}
