package app

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/helmvet/helmvet/internal/scratch"
)

// grace is what a run has to end by itself after it was interrupted. What takes
// longer, such as compiling a pack, is left where it is.
const grace = 30 * time.Millisecond

// Main runs helmvet as the program that it is and returns the exit code. SIGINT
// and SIGTERM end it at once, and no file is left half written. A write to a
// pipe that nobody reads fails as any other write does.
func Main() int {
	// A run is short: collecting less often costs memory that is there and
	// saves a fifth of the time; the limit keeps large fleets in bounds.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(1 << 30)
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // otherwise it would end the process without a word
	interrupt := make(chan os.Signal, 1)
	signal.Notify(interrupt, os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan int, 1)
	go func() { done <- Run(ctx, os.Args[1:], Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}) }()
	select {
	case code := <-done:
		return code
	case <-interrupt:
		cancel()
	}
	select {
	case code := <-done:
		return code
	case <-time.After(grace):
	}
	scratch.Discard()
	fmt.Fprintln(os.Stderr, "helmvet: interrupted")
	return exitInterrupted
}
