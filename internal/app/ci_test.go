package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// lintCommand finds the calls of helmvet in examples and hooks.
var lintCommand = regexp.MustCompile(`helmvet lint( [^'\n>|#]*)?`)

// TestCIExamples runs what the examples for CI systems and the hooks run.
func TestCIExamples(t *testing.T) {
	files, err := filepath.Glob("../../examples/ci/*")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "../../.pre-commit-hooks.yaml")
	texts := map[string]string{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(name)] = string(data)
		if ext := filepath.Ext(name); ext == ".yml" || ext == ".yaml" {
			var doc any
			if err := yaml.Unmarshal(data, &doc); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	repository(t)
	ran := 0
	for name, text := range texts {
		for _, m := range lintCommand.FindAllString(text, -1) {
			line := strings.NewReplacer(`"$@"`, "", "$HELMVET_ARGS", "", "$(Build.ArtifactStagingDirectory)/", "").Replace(m)
			t.Logf("%s: %s", name, line)
			ran++
			args := strings.Fields(line)[1:]
			if out := run(t, -1, args...); !strings.Contains(out, "stands twice") && !strings.Contains(line, "--quiet") {
				t.Errorf("%s: %s says\n%s", name, line, out)
			}
		}
	}
	if ran < 6 {
		t.Errorf("only %d commands were found", ran)
	}
}

// repository makes a folder with a release and a mistake the working directory.
func repository(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"values.yaml":   "mode: 1\nmode: 2\n",
		"a b.yaml":      "a: 1\na: 2\n",
		".helmvet.yaml": "releases:\n  - {name: web, values: [values.yaml]}\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAction runs the script of the GitHub action, with a helmvet that tells
// what it was called with.
func TestAction(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not installed")
	}
	data, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct {
			Using string
			Steps []struct {
				Name, Run, Shell string
				Env              map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(data, &action); err != nil {
		t.Fatal(err)
	}
	var script string
	for _, s := range action.Runs.Steps {
		if s.Run != "" && strings.Contains(s.Run, "${{") {
			t.Errorf("step %s lets text of the workflow into its script", s.Name)
		}
		if s.Name == "Lint" {
			script = s.Run
		}
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "helmvet-bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		t.Fatal(err)
	}
	tell := "#!/bin/sh\nfor a; do printf '<%s>' \"$a\"; done\nexit 1\n"
	if err := os.WriteFile(filepath.Join(bin, "helmvet"), []byte(tell), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, sarif, want string }{
		{"", "", "<lint><--output><text><--output><github>"},
		{"-f a.yaml --fail-on  info", "", "<lint><-f><a.yaml><--fail-on><info><--output><text><--output><github>"},
		{`"a b.yaml" 'c d' $(id) ;ls`, "o u t.sarif", "<lint><a b.yaml><c d><$(id)><;ls><--output><text><--output><github><--output><sarif=o u t.sarif>"},
	} {
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
		cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "RUNNER_TEMP=" + dir, "INPUT_ARGS=" + c.args, "INPUT_SARIF=" + c.sarif, "INPUT_HTML="}
		out, err := cmd.CombinedOutput()
		if string(out) != c.want || err == nil {
			t.Errorf("args %q: %v, got %s\nwant %s", c.args, err, out, c.want)
		}
	}
}
