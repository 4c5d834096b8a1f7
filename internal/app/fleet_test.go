package app_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/helmvet/helmvet/internal/app"
	"github.com/helmvet/helmvet/testdata/fleet"
)

// BenchmarkFleet lints fleets of growing size in one process each time, as
// `helmvet lint` does in a repository that lists its releases. Beside the time
// it reports the most heap that was in use.
func BenchmarkFleet(b *testing.B) {
	for _, n := range []int{20, 200, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.Chdir(b.TempDir())
			if err := fleet.Write(".", n, 2); err != nil {
				b.Fatal(err)
			}
			runtime.GC()
			peak := watchHeap(b)
			for b.Loop() {
				lintFleet(b)
			}
			b.ReportMetric(float64(peak())/(1<<20), "peak-heap-MiB")
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*n), "ms/release")
		})
	}
}

// TestFleetIsClean keeps the fleet of the benchmark free of mistakes, so that
// it measures judging and not the writing of findings.
func TestFleetIsClean(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := fleet.Write(".", 20, 2); err != nil {
		t.Fatal(err)
	}
	if out := lintFleet(t); strings.Count(out, "\n") > 4 {
		t.Errorf("the fleet is not clean:\n%s", out)
	}
}

func lintFleet(t testing.TB) string {
	t.Helper()
	var out bytes.Buffer
	if code := app.Run(t.Context(), []string{"lint"}, app.Streams{In: strings.NewReader(""), Out: &out, Err: &out}); code != 0 {
		t.Fatalf("exit code %d\n%s", code, out.String())
	}
	return out.String()
}

// watchHeap samples the heap until the returned function is called.
func watchHeap(b *testing.B) func() uint64 {
	var peak atomic.Uint64
	done := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		var m runtime.MemStats
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				runtime.ReadMemStats(&m)
				peak.Store(max(peak.Load(), m.HeapInuse))
			}
		}
	}()
	return func() uint64 {
		close(done)
		<-stopped
		return peak.Load()
	}
}
