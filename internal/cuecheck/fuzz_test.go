package cuecheck_test

import (
	"testing"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/values"
)

// FuzzCheck wants no panic, and a place for everything that is found.
func FuzzCheck(f *testing.F) {
	f.Add(sample)
	f.Add(crossedSample)
	f.Add("a: &x [*y]\nid:\nimages: {<<: {app: 1}, app: }\nitems: |\n  - name:\n source.kind: ref\n")
	f.Add("port: 0x1F\nratio: 1e-3\nitems: [{}, null, $A]\nsize: 1_0\nyes: no\n")
	schemas := []*cuecheck.Schema{compile(f, map[string]string{"values.cue": everything}), compile(f, map[string]string{"values.cue": crossed})}
	f.Fuzz(func(t *testing.T, text string) {
		d := values.Parse("v.yaml", []byte(text), values.DefaultLimits)
		if len(d.Problems) > 0 {
			return
		}
		for _, s := range schemas {
			for _, whole := range []bool{false, true} {
				for _, f := range s.Check(d.Values(), cuecheck.Options{Whole: whole}).Findings {
					if f.Span.IsZero() || f.Message == "" || f.Rule == "" {
						t.Errorf("%+v", f)
					}
				}
			}
		}
	})
}
