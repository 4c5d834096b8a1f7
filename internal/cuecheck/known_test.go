package cuecheck_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
)

func TestKnown(t *testing.T) {
	t.Parallel()
	s, err := cuecheck.Compile("k", fstest.MapFS{"values.cue": {Data: []byte(`package k

#Values: {
	// How images are pulled.
	policy?: *"IfNotPresent" | "Always" @facts("K-1")
	count!:  int @expect("a number of replicas") @example("3")
	old?:    string @deprecated("set count")
	level?:  "info" | string
	pwd?: {[string]: string} @secret()
	list?: [...{name?: string, on?: bool}] @yaml()
	either?: string | {a?: int, b?: int} | {b?: int, c?: int}
}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) cuecheck.Known {
		t.Helper()
		p, err := lint.ParsePath(text)
		if err != nil {
			t.Fatal(err)
		}
		k, ok := s.Known(p)
		if !ok {
			t.Fatalf("%s is not known", text)
		}
		return k
	}
	if k := at("policy"); k.Doc != "How images are pulled." || fmt.Sprintf("%v %v %t %v", k.Enum, k.Default, k.HasDefault, k.Facts) != "[IfNotPresent Always] IfNotPresent true [K-1]" {
		t.Errorf("policy: %+v", k)
	}
	if k := at("count"); !k.Required || k.Expect != "a number of replicas" || fmt.Sprint(k.Kinds, k.Examples) != "[integer] [3]" {
		t.Errorf("count: %+v", k)
	}
	if k := at("old"); k.Deprecated != "set count" {
		t.Errorf("old: %+v", k)
	}
	if k := at("level"); k.Enum != nil || fmt.Sprint(k.Literals) != "[info]" {
		t.Errorf("level takes any string: %+v", k)
	}
	if k := at("pwd.db"); !k.Secret {
		t.Errorf("pwd.db: %+v", k)
	}
	if k := at("list"); !k.YAML || !k.List() || k.Mapping() {
		t.Errorf("list: %+v", k)
	}
	if k := at("list[3].on"); fmt.Sprint(k.Kinds) != "[boolean]" {
		t.Errorf("list[3].on: %+v", k)
	}
	if k := at("either"); k.Mapping() {
		t.Errorf("either takes a string, too: %+v", k)
	}
	for path, want := range map[string]string{"": "policy count old level pwd list either ", "list[0]": "name on ", "either": "a b c ", "policy": "", "no.where": ""} {
		p, _ := lint.ParsePath(path)
		got := ""
		for _, k := range s.Keys(p) {
			got += k.Name + " "
		}
		if got != want {
			t.Errorf("the keys of %q are %q, wanted %q", path, got, want)
		}
	}
	if _, ok := s.Known(lint.Keys("nothing")); ok {
		t.Error("a key that the schema does not name is known")
	}
}
