package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestStaleSchemas fails when a pack changed and its published schemas did not.
func TestStaleSchemas(t *testing.T) {
	t.Parallel()
	want, err := All()
	if err != nil {
		t.Fatal(err)
	}
	const dir = "../../../schema/json"
	for name, text := range want {
		have, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Equal(have, text) {
			t.Errorf("schema/json/%s is stale; run `make generate`", name)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if want[e.Name()] == nil && !strings.HasPrefix(e.Name(), "helmvet-") {
			t.Errorf("schema/json/%s is of no pack; delete it", e.Name())
		}
	}
}
