package regocheck_test

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/values"
)

func TestConditions(t *testing.T) {
	t.Parallel()
	in := &regocheck.Input{Values: regocheck.NewTree(values.Parse("v", []byte("a: 1\n"), values.DefaultLimits).Values())}
	eval := func(rego string) (map[string]bool, error) {
		files := fstest.MapFS{"lib/runbook.rego": {Data: []byte(rego)}, "data/t.yaml": {Data: []byte("limit: 2\n")}}
		return regocheck.Conditions(t.Context(), regocheck.Source{Pack: "acme", FS: files}, nil, in)
	}
	got, err := eval("package policies.acme.lib\n\nrunbook[\"big\"] := input.values.a > data.policies.acme.data.t.limit\n\nrunbook[\"set\"] := true if input.values.a\n\nrunbook[\"unknown\"] := input.values.b > 1\n")
	if err != nil || !maps.Equal(got, map[string]bool{"big": false, "set": true}) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := eval("package policies.acme.lib\n\nother := 1\n"); got != nil || err != nil {
		t.Errorf("a library without conditions: %v, %v", got, err)
	}
	for rego, want := range map[string]string{
		"package policies.acme.lib\n\nrunbook := 1\n":                      "is no object",
		"package policies.acme.lib\n\nrunbook[\"x\"] := \"yes\" if true\n": "neither true nor false",
		"package policies.acme.lib\n\nrunbook[\"x\"] := true if nope\n":    "unsafe",
	} {
		if _, err := eval(rego); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", rego, err, want)
		}
	}
}
