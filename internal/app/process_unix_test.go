//go:build unix

package app_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/helmvet/helmvet/testdata/fleet"
)

// TestInterrupt sends SIGINT at several moments of a run over a fleet. The run
// has to end at once, and a report has to be whole or not there.
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	if err := fleet.Write(dir, 400, 2); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	interrupted := 0
	for _, after := range []time.Duration{150, 300, 600, 900, 1500} {
		cmd := exec.Command("helmvet", "lint", "--output", "json=report.json")
		cmd.Dir = dir
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case <-ended:
		case <-time.After(after * time.Millisecond):
			began := time.Now()
			_ = cmd.Process.Signal(os.Interrupt) // it may have ended by itself
			select {
			case <-ended:
			case <-time.After(10 * time.Second):
				_ = cmd.Process.Kill()
				t.Fatal("does not end after SIGINT")
			}
			// 100 ms are promised; a loaded machine may take longer to schedule.
			if took := time.Since(began); took > time.Second {
				t.Errorf("took %s to end after SIGINT", took)
			} else {
				t.Logf("SIGINT after %d ms: exit code %d within %s", after, cmd.ProcessState.ExitCode(), took.Round(time.Millisecond))
			}
		}
		if cmd.ProcessState.ExitCode() == 130 {
			interrupted++
			if !strings.Contains(said.String(), "interrupted") {
				t.Errorf("says %q", said.String())
			}
		}
		if data, err := os.ReadFile(filepath.Join(dir, "report.json")); err == nil && !bytes.HasSuffix(data, []byte("}\n")) {
			t.Errorf("half a report of %d bytes is left", len(data))
		}
		_ = os.Remove(filepath.Join(dir, "report.json"))
		left, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(left) != len(before) {
			t.Errorf("there are %d files now, not %d", len(left), len(before))
		}
	}
	if interrupted == 0 {
		t.Error("no run was interrupted, so this proves nothing")
	}
}

// printers are commands that write to standard output.
func printers(t *testing.T) [][]string {
	t.Helper()
	values, err := filepath.Abs("../../examples/genesys-tenant/values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return [][]string{
		{"lint", "--pack", "genesys-tenant", "--complete", values}, {"lint", "--output", "json", values}, {"lint", "--output", "html", values},
		{"values", values}, {"values", values, "--path", "tenantid"}, {"extract", values},
		{"upgrade", "--from", values, "--to", values, "--output", "sarif"}, {"schema", "genesys-tenant"},
		{"rules"}, {"packs"}, {"explain", "core/yaml-syntax"}, {"version"}, {"help"},
	}
}

// TestFullDisk and a closed pipe must never pass for success.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full here")
	}
	defer full.Close()
	for _, args := range printers(t) {
		wantUnwritten(t, full, "no space left on device", args)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "values.yaml"), []byte("a: 0755\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"json", "html", "sarif"} {
		cmd := exec.Command("helmvet", "lint", "--output", format+"=/dev/full", "values.yaml")
		cmd.Dir = dir
		out, _ := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != 3 || !bytes.Contains(out, []byte("/dev/full: no space left on device")) {
			t.Errorf("%s: exit code %d, %s", format, cmd.ProcessState.ExitCode(), out)
		}
	}
}

func TestClosedPipe(t *testing.T) {
	t.Parallel()
	for _, args := range printers(t) {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		wantUnwritten(t, w, "broken pipe", args)
		w.Close()
	}
}

func wantUnwritten(t *testing.T, out io.Writer, why string, args []string) {
	t.Helper()
	cmd := exec.Command("helmvet", args...)
	cmd.Dir = t.TempDir()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = out, &said
	_ = cmd.Run() // the exit code tells
	if code := cmd.ProcessState.ExitCode(); code != 3 || !strings.Contains(said.String(), "cannot write the output: "+why) {
		t.Errorf("%v: exit code %d, says %q", args, code, said.String())
	}
}

// TestNoNetwork runs the commands where there is no network at all. None may
// miss it.
func TestNoNetwork(t *testing.T) {
	t.Parallel()
	unshare, err := exec.LookPath("unshare")
	if err != nil {
		t.Skip("unshare is not installed")
	}
	alone := []string{"-n"}
	if err := exec.Command(unshare, "-n", "true").Run(); err != nil {
		alone = []string{"-r", "-n"} // by a user namespace
		if out, err := exec.Command(unshare, "-r", "-n", "true").CombinedOutput(); err != nil {
			t.Skipf("a network namespace is not permitted here: %s", bytes.TrimSpace(out))
		}
	}
	helmvet, err := exec.LookPath("helmvet")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := fleet.Write(dir, 4, 2); err != nil {
		t.Fatal(err)
	}
	for name, text := range chartFiles("demo/", "values.schema.json", `{"$ref": "https://example.com/x.json"}`) {
		put(t, dir, name, text)
	}
	put(t, dir, "new/values.yaml", "a: 2\n")
	put(t, dir, "flux.yaml", "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: r}\nspec: {url: https://example.com/charts}\n")
	commands := append(printers(t), []string{"lint"}, []string{"lint", "demo"}, []string{"lint", "--chart", "demo", "-f", "new/values.yaml"}, []string{"lint", "flux.yaml"},
		[]string{"upgrade", "--from", "demo/values.yaml", "--from-chart", "demo", "--to-chart", "demo"}, []string{"init", "--stdout", "."}, []string{"baseline"}, []string{"lsp"})
	for _, args := range commands {
		run := func(name string, args ...string) string {
			cmd := exec.Command(name, args...)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			if cmd.ProcessState == nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("exit code %d\n%s", cmd.ProcessState.ExitCode(), out)
		}
		if with, without := run(helmvet, args...), run(unshare, append(append(alone[:len(alone):len(alone)], helmvet), args...)...); with != without {
			t.Errorf("%v: without a network it says\n%s\nwith one\n%s", args, without, with)
		}
	}
}
