package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
)

// Fingerprints names each finding so that it is known again after lines have
// moved: by its rule, the path of the value, and the release with location and
// chart. What belongs to no release, or to several, is told apart by its file
// instead. Messages
// do not count, so that a finding keeps its name while its value changes from
// one mistake to another. Findings that agree in all of this are numbered in
// the order of their places.
//
// file says how a file is called whatever the working directory is; nil leaves
// names as they are.
func Fingerprints(fs []Finding, file func(string) string) []string {
	if file == nil {
		file = func(s string) string { return s }
	}
	out := make([]string, len(fs))
	seen := make(map[string]int, len(fs))
	for i := range fs {
		f := &fs[i]
		parts := []string{f.Rule, f.Path.String(), f.Release, f.Location, f.Chart, ""}
		if len(f.Also) > 0 || f.Release == "" && f.Location == "" {
			parts = []string{f.Rule, f.Path.String(), "", "", f.Chart, file(f.Span.File)}
		}
		key := fmt.Sprintf("%q", parts)
		seen[key]++
		if n := seen[key]; n > 1 {
			key += strconv.Itoa(n)
		}
		sum := sha256.Sum256([]byte(key))
		out[i] = hex.EncodeToString(sum[:16])
	}
	return out
}

// OfFlag reports whether the place is in an argument of the command line: the
// file is then the flag, such as `--set`.
func (s Span) OfFlag() bool { return len(s.File) > 2 && s.File[:2] == "--" }
