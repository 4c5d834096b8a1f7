package values

import "sync"

// Shared keeps the layers of files that several releases have in common, so
// that each is read and parsed once. A layer is let go of after its last use.
// It may be used by several goroutines at once.
type Shared struct {
	mu     sync.Mutex
	left   map[string]int // uses to come, by file
	layers map[string]func() sharedLayer
}

type sharedLayer struct {
	layer    *Layer
	problems []Problem
	err      error
}

// NewShared takes how often each file will be asked for as a layer. Files that
// are asked for once are not kept.
func NewShared(uses map[string]int) *Shared {
	return &Shared{left: uses, layers: map[string]func() sharedLayer{}}
}

// layer returns the layer of a file, which load reads where nobody did before.
func (s *Shared) layer(name string, load func() (*Layer, []Problem, error)) (*Layer, []Problem, error) {
	s.mu.Lock()
	get := s.layers[name]
	if s.left[name]--; s.left[name] > 0 || get != nil {
		if get == nil {
			get = sync.OnceValue(func() sharedLayer {
				layer, problems, err := load()
				return sharedLayer{layer, problems, err}
			})
			s.layers[name] = get
		}
		if s.left[name] <= 0 {
			delete(s.layers, name)
		}
	}
	s.mu.Unlock()
	if get == nil {
		return load()
	}
	l := get()
	return l.layer, l.problems, l.err
}
