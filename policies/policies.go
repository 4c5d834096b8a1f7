// Package policies holds the Rego of the built-in packs, embedded.
//
// PACK/lib is what the rules of a pack share, PACK/data/NAME.yaml a table for
// them, PACK/RULE/rule.rego is a rule, PACK/RULE/examples.txtar its examples, and lib is for the rules of all packs.
// What a rule looks like is told in docs/architecture.md.
package policies

import (
	"embed"
	"io/fs"
)

// The last pattern takes rule.rego and examples.txtar, but no rule_test.rego.
//
//go:embed lib/lib.rego */lib/*.rego */data/*.yaml */*/*[es].*
var files embed.FS

// FS returns the policy folder of a built-in pack, or nil when it has none.
func FS(pack string) fs.FS {
	if !fs.ValidPath(pack) || pack == "." || pack == "lib" {
		return nil
	}
	if _, err := fs.Stat(files, pack); err != nil {
		return nil
	}
	return sub(pack)
}

// Shared returns the library that the policies of every pack may import.
func Shared() fs.FS { return sub("lib") }

func sub(dir string) fs.FS {
	s, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // only for paths that are not valid
	}
	return s
}
