// Package schema holds the schemas of the built-in packs, as files.
package schema

import (
	"embed"
	"io/fs"
)

//go:embed */*.cue */*.yaml */examples
var files embed.FS

// FS returns the schema folder of a built-in pack: pack.cue, values.cue, rules.cue, facts.yaml and examples.
// For a pack that does not exist, every file of the result is absent.
func FS(pack string) fs.FS {
	sub, err := fs.Sub(files, pack)
	if err != nil {
		return embed.FS{}
	}
	return sub
}

// ConfigJSON is the JSON Schema of .helmvet.yaml, generated from
// config/values.cue.
//
//go:embed json/helmvet-config.schema.json
var ConfigJSON []byte
