package app

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/helmvet/helmvet/internal/linter"
)

// slowest is how many rules --stats names.
const slowest = 10

// tellStats says how much was judged and where the time went.
func tellStats(w io.Writer, j *judged, took time.Duration) {
	r := &j.out.Report
	fmt.Fprintf(w, "helmvet: judged %s, %s with %d rules of policies in %s\n", count(r.Files, "file"), count(r.Releases, "release"), len(j.run.Stats.Rules()), round(took))
	tell := func(what string, list []linter.Spent) {
		for _, s := range list {
			fmt.Fprintf(w, "helmvet: %8s  %s %s\n", round(s.Time), what, s.Name)
		}
	}
	tell("phase", j.run.Stats.Phases())
	rules := j.run.Stats.Rules()
	tell("rule", rules[:min(len(rules), slowest)])
}

func round(d time.Duration) time.Duration {
	if d > time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(10 * time.Microsecond)
}

const (
	progressAfter = time.Second // shorter runs need none
	progressEvery = 100 * time.Millisecond
)

// progressOn shows on a terminal how many releases are judged, when that takes
// long. wipe takes the line away; elsewhere neither does anything.
func progressOn(w io.Writer) (progress func(done, of int), wipe func()) {
	if !isTerminal(w) {
		return nil, func() {}
	}
	var mu sync.Mutex
	start, last, shown := time.Now(), time.Time{}, false
	progress = func(done, of int) {
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		if of < 2 || now.Sub(start) < progressAfter || now.Sub(last) < progressEvery {
			return
		}
		last, shown = now, true
		fmt.Fprintf(w, "\r\x1b[Khelmvet: %d of %d releases", done, of)
	}
	wipe = func() {
		mu.Lock()
		defer mu.Unlock()
		if shown {
			fmt.Fprint(w, "\r\x1b[K")
			shown = false
		}
	}
	return progress, wipe
}
