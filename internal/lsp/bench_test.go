package lsp_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkKeystroke is how long after a keystroke the diagnostics of the new
// text are there, all of them, of a tenant's values file of 300 lines: over the
// protocol, from the change to the notification. Of each file, the median and
// the 99th percentile of many keystrokes are told.
func BenchmarkKeystroke(b *testing.B) {
	whole, err := os.ReadFile("../../examples/genesys-tenant/values.yaml")
	if err != nil {
		b.Fatal(err)
	}
	text := string(whole)
	mistakes := strings.NewReplacer("sipDomain:", "sipDomian:", "tag: ", "tag: v", "tenantid: ", "tenantid: x").Replace(text)
	// A layer: rules judge it twice, to tell what they leave unsaid.
	layer := strings.NewReplacer("tenantid:", "# tenantid:").Replace(text)
	for _, tc := range []struct{ name, text string }{{"whole", text}, {"mistakes", mistakes}, {"layer", layer}} {
		b.Run(tc.name, func(b *testing.B) {
			k := newTypist(b, tc.text)
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				k.key()
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(ms(took[len(took)/2]), "ms-median")
			b.ReportMetric(ms(took[len(took)*99/100]), "ms-p99")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// typist types at the end of the line of a scalar, and deletes it again.
type typist struct {
	*client
	uri       string
	line, col int
	version   int
}

func newTypist(t testing.TB, text string) *typist {
	k := &typist{client: start(t, plain(), object{}), uri: "file:///x/tenant-values.yaml", version: 1}
	lines := strings.Split(text, "\n")
	k.line = slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "serviceuser:") })
	if k.line < 0 {
		k.line = 5
	}
	k.col = len(lines[k.line])
	k.open(k.uri, text)
	k.wait(k.uri, 1)
	for range 5 {
		k.key()
	}
	return k
}

func (k *typist) key() {
	k.press()
	k.wait(k.uri, k.version)
}

// press does not wait for what comes of it.
func (k *typist) press() {
	k.version++
	if k.version%2 == 0 {
		k.change(k.uri, k.version, edit(k.line, k.col, k.col, "x"))
	} else {
		k.change(k.uri, k.version, edit(k.line, k.col, k.col+1, ""))
	}
}

// TestMemory makes many edits and wants the memory to stay where it was. It
// takes minutes: HELMVET_EDITS says how many edits, such as 10000.
func TestMemory(t *testing.T) {
	edits := 60
	if text := os.Getenv("HELMVET_EDITS"); text != "" {
		if _, err := fmt.Sscan(text, &edits); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := os.ReadFile("../../examples/genesys-tenant/values.yaml")
	if err != nil {
		t.Fatal(err)
	}
	k := newTypist(t, string(whole))
	heap := func() float64 {
		for range 3 {
			runtime.GC()
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	for range max(edits/10, 30) {
		k.key()
	}
	before, routines := heap(), runtime.NumGoroutine()
	// In bursts, as fast typing is: most runs are ended by the next edit.
	for i := range edits {
		if i%5 == 4 {
			k.key()
		} else {
			k.press()
		}
	}
	after := heap()
	t.Logf("%d edits: %.1f MiB before, %.1f MiB after", edits, before, after)
	if after > before+4 {
		t.Errorf("memory grew from %.1f to %.1f MiB over %d edits", before, after, edits)
	}
	if n := runtime.NumGoroutine(); n > routines+3 {
		t.Errorf("%d goroutines have become %d", routines, n)
	}
}
