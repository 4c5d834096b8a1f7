package main

import (
	"bytes"
	"os"
	"testing"
)

// TestStaleIdentities fails when a pack.cue changed and the table did not.
func TestStaleIdentities(t *testing.T) {
	t.Parallel()
	want, err := Table()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../identities_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("internal/pack/identities_gen.go is stale; run `make generate`")
	}
}
