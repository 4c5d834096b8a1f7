package app_test

import (
	"flag"
	"os"
	"strconv"
	"testing"

	"github.com/helmvet/helmvet/internal/app"
	"github.com/helmvet/helmvet/testdata/fleet"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output of scripts and of README.md")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"helmvet": func() { os.Exit(app.Main()) },
	})
}

// TestScripts tells the command line in scripts: testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status,
			"fleet":  writeFleet,
		},
	})
}

// status runs a command and wants exactly this exit code: status N cmd args.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [args...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		code = err.Error()
		if rest, ok := cutPrefix(code, "exit status "); ok {
			code = rest
		}
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}

// writeFleet writes the repository of a fleet into the current folder: fleet
// RELEASES LOCATIONS.
func writeFleet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fleet releases locations")
	}
	releases, err := strconv.Atoi(args[0])
	ts.Check(err)
	locations, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(fleet.Write(ts.MkAbs("."), releases, locations))
}

func cutPrefix(s, p string) (string, bool) {
	if len(s) >= len(p) && s[:len(p)] == p {
		return s[len(p):], true
	}
	return s, false
}
