//go:build integration

package main

import (
	"context"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// tools installs the other tools once for all tests of the run.
func tools(t *testing.T) (bin string) {
	t.Helper()
	bin = t.TempDir()
	for _, m := range []string{conftestModule, cueModule} {
		if err := command(context.Background(), bin, "go", "install", m); err != nil {
			t.Fatal(err)
		}
	}
	if err := command(context.Background(), bin, "go", "build", "-o", filepath.Join(bin, "helmvet"), "../../cmd/helmvet"); err != nil {
		t.Fatal(err)
	}
	return bin
}

// TestIntegration runs the policies in conftest and the schema in cue, and
// wants the verdicts that helmvet gives.
func TestIntegration(t *testing.T) {
	bin := tools(t)
	t.Chdir("../..")
	// The first is whole and right, the second a layer with mistakes.
	for _, file := range []string{"examples/genesys-tenant/values.yaml", "examples/tenant-values.yaml"} {
		t.Run(file, func(t *testing.T) {
			file, err := filepath.Abs(file)
			if err != nil {
				t.Fatal(err)
			}
			tmp, whole := t.TempDir(), filepath.Base(file) == "values.yaml"
			if err := prepare(tmp, file, whole); err != nil {
				t.Fatal(err)
			}
			ours := helmvetMessages(t, bin, file)
			theirs := conftestMessages(t, bin, tmp)
			if !slices.Equal(ours, theirs) {
				t.Errorf("helmvet says\n%q\nconftest says\n%q", ours, theirs)
			}
			cmd := exec.Command(filepath.Join(bin, "cue"), "vet", "-c=false", "-d", "#Values", "cue/values.cue", "values.json")
			cmd.Dir = tmp
			if out, err := cmd.CombinedOutput(); (err == nil) != whole {
				t.Errorf("cue vet: %v\n%s", err, out)
			}
		})
	}
}

// helmvetMessages are the messages of all policies, sorted.
func helmvetMessages(t *testing.T, bin, file string) []string {
	t.Helper()
	var rules struct {
		Rules []struct{ ID, Engine string }
	}
	out, err := exec.Command(filepath.Join(bin, "helmvet"), "rules", "--output", "json").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &rules); err != nil {
		t.Fatal(err)
	}
	rego := map[string]bool{}
	for _, r := range rules.Rules {
		rego[r.ID] = r.Engine == "rego"
	}
	var report struct {
		Findings []struct{ Rule, Message string }
	}
	// Findings make the exit code 1.
	out, _ = exec.Command(filepath.Join(bin, "helmvet"), "lint", "--output", "json", file).Output()
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var msgs []string
	for _, f := range report.Findings {
		if rego[f.Rule] {
			msgs = append(msgs, f.Message)
		}
	}
	slices.Sort(msgs)
	return slices.Compact(msgs)
}

func conftestMessages(t *testing.T, bin, dir string) []string {
	t.Helper()
	cmd := exec.Command(filepath.Join(bin, "conftest"), "test", "--no-fail", "-o", "json", "-p", "rego", "-d", "tables", "input.json")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var results []struct {
		Failures []struct{ Msg string }
	}
	if err := json.Unmarshal(out, &results); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var msgs []string
	for _, r := range results {
		for _, f := range r.Failures {
			msgs = append(msgs, f.Msg)
		}
	}
	slices.Sort(msgs)
	return slices.Compact(msgs)
}
