// Command schemas writes the JSON Schemas of the built-in packs to schema/json,
// for editors and schema catalogs.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/helmvet/helmvet/internal/pack"
)

func main() {
	if err := write("../../schema/json"); err != nil {
		fmt.Fprintln(os.Stderr, "schemas:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	files, err := All()
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// All are the schemas by file name, each pack that judges values in both forms.
func All() (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, p := range pack.Builtins() {
		has, err := p.HasValues()
		if err != nil {
			return nil, err
		}
		for _, form := range pack.Forms {
			if !has {
				continue
			}
			text, err := p.JSONSchema(form, false)
			if err != nil {
				return nil, err
			}
			out[pack.SchemaFile(p.Name, form)] = text
		}
	}
	return out, nil
}
