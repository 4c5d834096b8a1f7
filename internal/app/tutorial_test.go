package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

const tutorial = "../../docs/tutorial-pack.md"

var (
	fileLine = regexp.MustCompile("^`([^` ]+)`$")
	fence    = regexp.MustCompile("^```([a-z]+)$")
)

// TestTutorial follows docs/tutorial-pack.md as its reader would: it writes the
// files that the page shows, runs its commands in their order, and wants the
// output that it shows. With -update, the page is given the real output.
func TestTutorial(t *testing.T) {
	page, err := os.ReadFile(tutorial)
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	var texts []string    // of the files that the page shows
	var commands []string // the first lines of what the page shows of each
	var out []string      // the page, with a mark where output belongs
	file, inside, text := "", "", ""
	for line := range strings.Lines(string(page)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case inside == "" && fence.MatchString(line):
			inside, text = fence.FindStringSubmatch(line)[1], ""
		case inside != "" && line == "```":
			if inside != "console" {
				if file == "" {
					t.Fatalf("a block of %s belongs to no file:\n%s", inside, text)
				}
				fmt.Fprintf(&script, "file %d %s\n", len(texts), file)
				texts = append(texts, text)
				file = ""
			}
			inside = ""
		case inside == "console":
			if cmd, ok := strings.CutPrefix(line, "$ "); ok {
				script.WriteString("page " + cmd + "\n")
				commands = append(commands, "")
				out = append(out, line, "\x00")
			} else {
				commands[len(commands)-1] += line + "\n"
			}
			continue
		case inside != "":
			text += line + "\n"
		case fileLine.MatchString(line):
			file = fileLine.FindStringSubmatch(line)[1]
		}
		out = append(out, line)
	}
	if len(commands) < 5 || len(texts) < 5 {
		t.Fatalf("the page has %d commands and %d files; is its form another?", len(commands), len(texts))
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tutorial.txtar"), []byte(script.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	var real []string
	t.Run("page", func(t *testing.T) {
		testscript.Run(t, testscript.Params{
			Dir: dir,
			Cmds: map[string]func(*testscript.TestScript, bool, []string){
				"file": func(ts *testscript.TestScript, _ bool, args []string) {
					i, err := strconv.Atoi(args[0])
					ts.Check(err)
					name := ts.MkAbs(args[1])
					ts.Check(os.MkdirAll(filepath.Dir(name), 0o755))
					ts.Check(os.WriteFile(name, []byte(texts[i]), 0o600))
				},
				"page": func(ts *testscript.TestScript, _ bool, args []string) {
					err := ts.Exec(args[0], args[1:]...)
					got := ts.ReadFile("stdout") + ts.ReadFile("stderr")
					if err != nil && err.Error() != "exit status 1" && !strings.HasPrefix(got, "helmvet: ") {
						ts.Fatalf("%v", err)
					}
					real = append(real, got)
				},
			},
		})
	})
	if len(real) != len(commands) {
		t.Fatalf("%d of %d commands ran", len(real), len(commands))
	}
	for i, want := range commands {
		if real[i] != want && !*update {
			t.Errorf("command %d prints\n%s\nand the page says\n%s\nrun the test with -update", i+1, real[i], want)
		}
	}
	if *update {
		var b strings.Builder
		n := 0
		for _, line := range out {
			if line == "\x00" {
				b.WriteString(real[n])
				n++
				continue
			}
			b.WriteString(line + "\n")
		}
		if err := os.WriteFile(tutorial, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
