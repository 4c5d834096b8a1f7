package values_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/helmvet/helmvet/internal/values"
)

func TestSharedLayersAreReadOnce(t *testing.T) {
	t.Parallel()
	var reads atomic.Int64
	l := values.Loader{
		Read: func(string) ([]byte, error) { reads.Add(1); return []byte("a: {b: 1}\n"), nil },
		// The third use is the last that was announced; more are no mistake.
		Shared: values.NewShared(map[string]int{"common.yaml": 3, "own.yaml": 1}),
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			v, problems, err := l.Release(values.Options{ValueFiles: []string{"common.yaml"}, Values: []string{"a.b=2"}})
			if err != nil || len(problems) > 0 || v.Root.Get("a").Value.Get("b").Value.Int != 2 {
				t.Errorf("values %v, problems %v, error %v", v, problems, err)
			}
		})
	}
	wg.Wait()
	if n := reads.Load(); n != 1 {
		t.Errorf("read %d times, want once", n)
	}
	layer, _, err := l.Layer(values.File, "common.yaml")
	if err != nil || layer.Root.Get("a").Value.Get("b").Value.Number != 1 {
		t.Errorf("a --set of one release changed the layer of another: %v, %v", layer, err)
	}
	if _, _, err := l.Layer(values.File, "own.yaml"); err != nil || reads.Load() != 3 {
		t.Errorf("read %d times, error %v", reads.Load(), err)
	}
}

func TestSharedLayerThatCannotBeRead(t *testing.T) {
	t.Parallel()
	gone := errors.New("gone")
	l := values.Loader{
		Read:   func(string) ([]byte, error) { return nil, gone },
		Shared: values.NewShared(map[string]int{"x.yaml": 2}),
	}
	for range 2 {
		if _, _, err := l.Layer(values.File, "x.yaml"); !errors.Is(err, gone) {
			t.Errorf("error %v", err)
		}
	}
}
