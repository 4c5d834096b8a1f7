package main

import (
	"bytes"
	"testing"

	"github.com/helmvet/helmvet/schema"
)

// TestStaleConfigSchema fails when the CUE changed and the JSON Schema did not.
func TestStaleConfigSchema(t *testing.T) {
	t.Parallel()
	want, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(schema.ConfigJSON, want) {
		t.Error("schema/json/helmvet-config.schema.json is stale; run `make generate`")
	}
}
