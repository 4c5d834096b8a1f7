package linter

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"
)

// Stats tell where the time of a run went. Releases are judged side by side, so
// the phases may add up to more than the run took. The zero value is ready; a
// nil *Stats keeps nothing.
type Stats struct {
	mu     sync.Mutex
	phases map[string]time.Duration
	rules  map[string]time.Duration
}

// Spent is the time that one phase or rule took in all.
type Spent struct {
	Name string
	Time time.Duration
}

// Phases lists the phases of judging, the longest first.
func (s *Stats) Phases() []Spent { return s.list(s.phases) }

// Rules lists the rules of policies, the slowest first. The first rule of a pack
// that asks for what several share pays for it.
func (s *Stats) Rules() []Spent { return s.list(s.rules) }

func (s *Stats) list(m map[string]time.Duration) []Spent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Spent
	for _, name := range slices.Sorted(maps.Keys(m)) {
		out = append(out, Spent{name, m[name]})
	}
	slices.SortStableFunc(out, func(a, b Spent) int { return cmp.Compare(b.Time, a.Time) })
	return out
}

// phase measures until the returned function is called.
func (s *Stats) phase(name string) func() {
	if s == nil {
		return func() {}
	}
	start := time.Now()
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.phases == nil {
			s.phases = map[string]time.Duration{}
		}
		s.phases[name] += time.Since(start)
	}
}

// took is what policies tell their times to; nil when nobody asks.
func (s *Stats) took() func(rule string, d time.Duration) {
	if s == nil {
		return nil
	}
	return func(rule string, d time.Duration) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.rules == nil {
			s.rules = map[string]time.Duration{}
		}
		s.rules[rule] += d
	}
}
