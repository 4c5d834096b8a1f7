package chart

import (
	"strings"

	"github.com/helmvet/helmvet/internal/values"
)

// MaxRefs is how many references of a JSON Schema are followed one after the
// other; a longer chain goes in circles.
const MaxRefs = 20

// Resolve follows the local references of a node of a JSON Schema, whose root is
// given. It returns nil where one leads nowhere or in circles.
func Resolve(root, n *values.Node) *values.Node {
	for range MaxRefs {
		f := n.Get("$ref")
		if f == nil || f.Value.Kind != values.String || !strings.HasPrefix(f.Value.Str, "#/") {
			return n
		}
		n = root
		for key := range strings.SplitSeq(f.Value.Str[2:], "/") {
			g := n.Get(strings.NewReplacer("~1", "/", "~0", "~").Replace(key))
			if g == nil {
				return nil
			}
			n = g.Value
		}
	}
	return nil
}
