package regocheck

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/helmvet/helmvet/internal/values"
)

// TestContextPlace wants findings about the context at the most specific place
// that tells it: the release's own, before that of all releases.
func TestContextPlace(t *testing.T) {
	t.Parallel()
	p := compile(t, oneRule(`findings contains {"context": true, "path": path, "message": message} if {
	walk(input.context, [path, "bad"])
	message := "mend it"
}

findings contains {"context": true, "path": ["plan", "missing"], "message": "add it"}

findings contains {"context": true, "path": ["plan"], "key": true, "message": "look here"}

findings contains {"path": [], "message": sprintf("from %s", [input.change.from])}`), Options{})
	in := &Input{
		Values:  tree(t, "a: 1\n"),
		Context: map[string]any{"acme": map[string]any{"plan": map[string]any{"steps": []any{"good", "bad"}}, "mode": "bad"}},
		Told: []*values.Node{
			tree(t, "\n\nacme: {plan: {steps: [good, bad]}}\n").Node,
			tree(t, "other: {}\nacme:\n  mode: bad\n").Node,
		},
		Change: map[string]any{"from": "1.0.0"},
	}
	want := []string{
		"1:1: error:  from 1.0.0 [acme/probe]",
		"3:8: error: plan.missing add it [acme/probe]",
		"3:8: error: plan look here [acme/probe]",
		"3:9: error: mode mend it [acme/probe]",
		"3:29: error: plan.steps[1] mend it [acme/probe]",
	}
	got := brief(run(t, p, in))
	less := cmp.Transformer("sorted", func(s []string) map[string]bool {
		m := map[string]bool{}
		for _, x := range s {
			m[x] = true
		}
		return m
	})
	if d := cmp.Diff(want, got, less); d != "" {
		t.Error(d)
	}
	// Where nothing is known of the configuration, the values have to do.
	in = &Input{Values: tree(t, "\na: 1\n"), Context: map[string]any{"acme": map[string]any{"mode": "bad"}}}
	for _, f := range run(t, p, in) {
		if f.Span.Line != 2 {
			t.Errorf("finding is at line %d", f.Span.Line)
		}
	}
}
