//go:build integration

package app_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// shell runs commands of other tools in one folder.
type shell struct {
	t   *testing.T
	dir string
	env []string
}

// run wants the exit code and returns what was printed.
func (s *shell) run(code int, name string, args ...string) string {
	s.t.Helper()
	c := exec.CommandContext(s.t.Context(), name, args...)
	c.Dir, c.Env = s.dir, append(os.Environ(), s.env...)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	if err := c.Run(); c.ProcessState == nil || c.ProcessState.ExitCode() != code {
		s.t.Fatalf("%s %s: want exit code %d: %v\n%s", name, strings.Join(args, " "), code, err, out.String())
	}
	return out.String()
}

func (s *shell) write(name, text string) {
	s.t.Helper()
	full := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

const (
	goodValues = "image:\n  tag: \"1.10\"\n"
	badValues  = "image:\n  tag: 1.10\n"
)

// repositoryRoot is the folder of go.mod.
func repositoryRoot(t *testing.T) string {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// buildHelmvet returns a folder with the program, to be put into PATH.
func buildHelmvet(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", dir, "../../cmd/helmvet").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// TestIntegrationHelmPlugin runs helm vet with the Helm 3 and the Helm 4 of
// go.mod: the plugin as git gives it, and in the form of Helm 4.
func TestIntegrationHelmPlugin(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	root, built := repositoryRoot(t), buildHelmvet(t)
	for _, major := range []string{"v3", "v4"} {
		m := regexp.MustCompile(`helm\.sh/helm/` + major + ` (v\S+)`).FindSubmatch(mod)
		if m == nil {
			t.Fatalf("go.mod names no Helm %s", major)
		}
		tool := fmt.Sprintf("helm.sh/helm/%s/cmd/helm@%s", major, m[1])
		bin := t.TempDir()
		install := exec.CommandContext(t.Context(), "go", "install", tool)
		install.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=-mod=mod")
		if out, err := install.CombinedOutput(); err != nil {
			t.Skipf("Helm cannot be built, so nobody runs the plugin (go install %s): %v\n%s", tool, err, out)
		}
		helm := filepath.Join(bin, "helm")
		forms := map[string]string{"plugin.yaml": root}
		if major == "v4" {
			dir := t.TempDir()
			pack := &shell{t: t, dir: dir}
			manifest, err := os.ReadFile(filepath.Join(root, "plugin/helm4/plugin.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			pack.write("plugin.yaml", string(manifest))
			pack.run(0, "mkdir", "bin")
			pack.run(0, "cp", filepath.Join(built, "helmvet"), "bin/helmvet")
			forms["plugin/helm4/plugin.yaml"] = dir
		}
		for form, dir := range forms {
			t.Run(major+" "+form, func(t *testing.T) {
				home := t.TempDir()
				sh := &shell{t: t, dir: t.TempDir(), env: []string{
					"HELM_DATA_HOME=" + filepath.Join(home, "data"), "HELM_CACHE_HOME=" + filepath.Join(home, "cache"),
					"HELM_CONFIG_HOME=" + filepath.Join(home, "config"), "KUBECONFIG=" + filepath.Join(home, "none"), "HELM=" + helm,
				}}
				sh.run(0, helm, "plugin", "install", dir)
				if out := sh.run(0, helm, "plugin", "list"); !strings.Contains(out, "vet") {
					t.Errorf("helm plugin list\n%s", out)
				}
				sh.write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
				sh.write("web/values.yaml", "image: {tag: \"1.9\"}\n")
				sh.write("good.yaml", goodValues)
				sh.write("bad.yaml", badValues)
				sh.run(0, helm, "vet", "-f", "good.yaml", "web")
				out := sh.run(1, helm, "vet", "-f", "good.yaml", "-f", "bad.yaml", "t0100", "web", "-n", "voice", "--output", "json")
				if !strings.Contains(out, `"file": "bad.yaml"`) || !strings.Contains(out, `"rule": "core/version-float"`) {
					t.Errorf("helm vet\n%s", out)
				}
				sh.run(2, helm, "vet", "-f", "good.yaml")
				if out := sh.run(0, helm, "vet", "--help"); !strings.Contains(out, "helm vet [NAME] CHART") {
					t.Errorf("helm vet --help\n%s", out)
				}
				// It stands before an installation.
				sh.write("install.sh", "set -e\n\"$HELM\" vet -f bad.yaml web\n\"$HELM\" template web -f bad.yaml >installed.yaml\n")
				sh.run(1, "sh", "install.sh")
				if _, err := os.Stat(filepath.Join(sh.dir, "installed.yaml")); err == nil {
					t.Error("the script went on to install")
				}
			})
		}
	}
}

// TestIntegrationPreCommit makes commits in a git repository with hooks of
// pre-commit: bad ones are blocked, good ones pass.
func TestIntegrationPreCommit(t *testing.T) {
	for _, tool := range []string{"git", "pre-commit"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed, so nobody runs the hooks (apt-get install %s)", tool, tool)
		}
	}
	bin, home := buildHelmvet(t), t.TempDir()
	sh := &shell{t: t, dir: t.TempDir(), env: []string{
		"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "PRE_COMMIT_HOME=" + filepath.Join(home, "cache"),
		"HOME=" + home, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=t", "GIT_AUTHOR_EMAIL=t@example.com", "GIT_COMMITTER_NAME=t", "GIT_COMMITTER_EMAIL=t@example.com",
	}}
	// The hooks themselves stand in a repository of their own, as this one is. To
	// build helmvet there, pre-commit would fetch its modules; the program that
	// was just built stands in for that.
	hooks := &shell{t: t, dir: t.TempDir(), env: sh.env}
	text, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	hooks.write(".pre-commit-hooks.yaml", strings.ReplaceAll(string(text), "language: golang", "language: system"))
	hooks.run(0, "git", "init", "-q", "-b", "main")
	hooks.run(0, "git", "add", "-A")
	hooks.run(0, "git", "commit", "-q", "-m", "hooks")
	rev := strings.TrimSpace(hooks.run(0, "git", "rev-parse", "HEAD"))

	configure := func(id string) {
		sh.write(".pre-commit-config.yaml", fmt.Sprintf("repos:\n  - repo: %s\n    rev: %s\n    hooks: [{id: %s}]\n", hooks.dir, rev, id))
		sh.run(0, "git", "add", "-A")
	}
	commit := func(code int, message string) string {
		sh.run(0, "git", "add", "-A")
		return sh.run(code, "git", "commit", "-q", "-m", message)
	}
	sh.run(0, "git", "init", "-q", "-b", "main")
	sh.write(".helmvet.yaml", "releases:\n  - {name: east, values: [common.yaml, east.yaml]}\n  - {name: west, values: [common.yaml, west.yaml]}\n")
	sh.write("common.yaml", goodValues)
	sh.write("east.yaml", "replicas: 1\n")
	sh.write("west.yaml", "replicas: 1\n")
	configure("helmvet")
	sh.run(0, "pre-commit", "install")
	commit(0, "a good one")

	sh.write("common.yaml", badValues)
	out := commit(1, "a bad one")
	if strings.Count(out, "common.yaml:2:8: error: tag 1.10") != 1 {
		t.Errorf("the layer of two releases is to be reported once\n%s", out)
	}
	// What was broken before does not block what is not about it.
	sh.run(0, "git", "commit", "-q", "--no-verify", "-m", "past the hook")
	sh.write("other/notes.yaml", badValues)
	sh.write("west.yaml", "replicas: 2\n")
	commit(0, "another file")

	configure("helmvet-system")
	sh.write("east.yaml", badValues)
	if out := commit(1, "a bad layer"); !strings.Contains(out, "east.yaml:2:8: error") {
		t.Errorf("the hook says\n%s", out)
	}

	configure("helmvet-fix")
	if out := commit(1, "fixed by the hook"); !strings.Contains(out, "files were modified by this hook") {
		t.Errorf("the hook says\n%s", out)
	}
	data, err := os.ReadFile(filepath.Join(sh.dir, "east.yaml"))
	if err != nil || string(data) != goodValues {
		t.Errorf("the hook left %q, %v", data, err)
	}
	commit(0, "the fixed file")
}
