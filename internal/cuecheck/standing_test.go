package cuecheck_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
)

func TestStanding(t *testing.T) {
	t.Parallel()
	s, err := cuecheck.Compile("acme", fstest.MapFS{"values.cue": {Data: []byte(`
pack: misplaced: [{wrong: ["port"], right: ["service.port"]}]
#Values: {
	service!: {port?: int, kind?: "a" | "b", free?: "a" | string, labels?: {...}, byName?: [string]: {size?: int}}
	items?: [...{name?: string}]
	any?: _
	one?: {x?: int} | {y?: int}
}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path    lint.Path
		refused bool
		near    string
	}{
		{lint.Keys("service", "port"), false, ""},
		{lint.Keys("servcie", "port"), true, "service"},
		{lint.Keys("service", "prot"), true, "port"},
		{lint.Keys("service", "labels", "whatever", "deep"), false, ""},
		{lint.Keys("service", "byName", "x", "siez"), false, ""},
		{lint.Keys("service", "port", "deeper"), true, ""},
		{lint.Keys("items").Index(3).Key("name"), false, ""},
		{lint.Keys("items").Index(3).Key("nmae"), true, "name"},
		{lint.Keys("any", "x"), false, ""},
		{lint.Keys("one", "y"), false, ""},
		{lint.Keys("port"), false, ""}, // known to be wrong, and so asked for
		{nil, false, ""},
	}
	for _, tt := range tests {
		if near, refused := s.Refuses(tt.path); refused != tt.refused || near != tt.near {
			t.Errorf("%s: refused %t, near %q; want %t, %q", tt.path, refused, near, tt.refused, tt.near)
		}
	}
	if at := s.At(lint.Keys("service")); !at.Named || !at.Required || at.Free {
		t.Errorf("service: %+v", at)
	}
	if at := s.At(lint.Keys("service", "kind")); !slices.Equal(at.Words, []string{"a", "b"}) || at.Required {
		t.Errorf("kind: %+v", at)
	}
	if at := s.At(lint.Keys("service", "free")); len(at.Words) > 0 {
		t.Errorf("free takes any string: %+v", at)
	}
	if at := (*cuecheck.Schema)(nil).At(lint.Keys("x")); !at.Free {
		t.Errorf("without a schema: %+v", at)
	}
}
