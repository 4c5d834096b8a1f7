// Package app is the command line: it reads arguments, runs the linter and
// picks the exit code.
package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/render"
	"github.com/spf13/cobra"
)

// Exit codes; they are part of the contract.
const (
	exitClean    = 0
	exitFindings = 1
	exitUsage    = 2
	exitDefect   = 3

	exitInterrupted = 130 // as a shell reports SIGINT
)

// Streams are the standard streams of a run.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// exitError carries an exit code; its error, if any, still has to be printed.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// defect marks an error as helmvet's own fault.
func defect(err error) error { return &exitError{exitDefect, err} }

// Run runs helmvet and returns the exit code. A panic is reported as a defect,
// because a linter in a hook must never end with a bare stack trace.
func Run(ctx context.Context, args []string, s Streams) (code int) {
	fault := func(what any, stack []byte) int {
		fmt.Fprintf(s.Err, "helmvet: internal error: %v\nplease report this with the command you ran:\n%s", what, stack)
		return exitDefect
	}
	defer func() {
		if r := recover(); r != nil {
			code = fault(r, debug.Stack())
		}
	}()
	out := &watched{Writer: s.Out}
	s.Out = out
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if out.err != nil { // whatever the command made of it
		err = writeError(out.err)
	}
	if err == nil {
		return exitClean
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(s.Err, "helmvet: interrupted")
		return exitInterrupted
	}
	var p *linter.Panic
	if errors.As(err, &p) {
		return fault(p.Value, p.Stack)
	}
	var ee *exitError
	if errors.As(err, &ee) {
		if ee.err != nil {
			printError(s.Err, ee.err)
		}
		return ee.code
	}
	printError(s.Err, err)
	if errors.Is(err, syscall.ENOSPC) {
		return exitDefect
	}
	return exitUsage
}

// watched is standard output; it remembers that something could not be written.
type watched struct {
	io.Writer
	err error
}

func (w *watched) Write(b []byte) (int, error) {
	n, err := w.Writer.Write(b)
	w.err = cmp.Or(w.err, err)
	return n, err
}

// printError prints the lines of an error, each once: releases that share a
// file, or a line of the configuration, fail alike.
func printError(w io.Writer, err error) {
	told := map[string]bool{}
	for line := range strings.SplitSeq(strings.TrimRight(err.Error(), "\n"), "\n") {
		if told[line] {
			continue
		}
		told[line] = true
		fmt.Fprintf(w, "helmvet: %s\n", render.Printable(line))
	}
}

func newRoot(s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "helmvet",
		Short: "Check Helm values before they are deployed",
		Long: `helmvet checks Helm values files: what Helm accepts without a word and the
release pays for at night. It reports each mistake at its line, with the reason
and the document that says so.`,
		Example: `  helmvet lint values.yaml                       one file by itself
  helmvet lint -f common.yaml -f prod.yaml       a release, layered as helm upgrade does
  helmvet lint -f values.yaml manifests/         with the secrets and config maps it needs
  helmvet explain genesys-tenant/uuid-v4         why a rule speaks, and what to do`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.CompletionOptions.HiddenDefaultCmd = false
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w\nrun `%s --help` for the flags", err, cmd.CommandPath())
	})
	root.AddCommand(newLint(s), newUpgrade(s), newBaseline(s), newHelmVet(s), newInit(s), newSchema(s), newValues(s), newExtract(s), newExplain(s), newRules(s), newPacks(s), newPack(s), newLSP(s), newVersion(s))
	return root
}

// one takes exactly one argument of that name.
func one(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return fmt.Errorf("%s takes one %s, but there are %d\nrun `%s --help` for examples", cmd.Name(), name, len(args), cmd.CommandPath())
	}
}

// Version is set by the release build; otherwise the module's own version is used.
var Version = ""

func version() string {
	if Version != "" {
		return Version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "dev"
}

func newVersion(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(s.Out, "helmvet %s\n", version())
			return writeError(err)
		},
	}
}

// writeError turns a failed write into exit code 3: a truncated report must
// never look like a clean one.
func writeError(err error) error {
	if err == nil {
		return nil
	}
	return defect(fmt.Errorf("cannot write the output: %w", cause(err)))
}
