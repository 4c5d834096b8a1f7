// Command gen writes the JSON Schema of .helmvet.yaml from its CUE, for
// editors.
package main

import (
	"fmt"
	"os"

	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/schema"
)

// output is where the schema lies, seen from internal/config.
const output = "../../schema/json/helmvet-config.schema.json"

func main() {
	text, err := Schema()
	if err == nil {
		err = os.WriteFile(output, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// Schema is the JSON Schema of .helmvet.yaml, draft-07.
func Schema() ([]byte, error) {
	s, err := cuecheck.Compile("config", schema.FS("config"))
	if err != nil {
		return nil, err
	}
	text, lost, err := s.JSONSchema(cuecheck.Export{
		ID:    "https://raw.githubusercontent.com/helmvet/helmvet/main/schema/json/helmvet-config.schema.json",
		Title: ".helmvet.yaml", Nulls: true,
	})
	if err == nil && len(lost) > 0 {
		err = fmt.Errorf("the schema cannot say %q; write the CUE in another way", lost)
	}
	return text, err
}
