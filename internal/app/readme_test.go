package app_test

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/app"
)

const readme = "../../README.md"

// TestREADME compares the sample file and its findings in the README with what
// helmvet prints today.
func TestREADME(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../..")
	sample, err := os.ReadFile("examples/tenant-values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	args := []string{"lint", "examples/tenant-values.yaml"}
	if code := app.Run(context.Background(), args, app.Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); code != 1 {
		t.Fatalf("exit code %d\n%s", code, errs.String())
	}
	want := replaceBlock(string(data), "yaml", "# examples/tenant-values.yaml\n"+string(sample))
	want = replaceBlock(want, "console", "$ helmvet lint examples/tenant-values.yaml\n"+out.String())
	if want == string(data) {
		return
	}
	if !*update {
		t.Fatal("the sample output in README.md is stale; run `make docs`")
	}
	if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// replaceBlock replaces the first fenced block of that language.
func replaceBlock(text, lang, body string) string {
	re := regexp.MustCompile("(?s)```" + lang + "\n.*?```")
	loc := re.FindStringIndex(text)
	if loc == nil {
		return text
	}
	return text[:loc[0]] + "```" + lang + "\n" + strings.TrimRight(body, "\n") + "\n```" + text[loc[1]:]
}
