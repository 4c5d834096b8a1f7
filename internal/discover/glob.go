package discover

import (
	"fmt"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// What a glob may ask for: each alternative doubles the work, and each ** may
// stand for any depth.
const (
	maxAlternatives = 64
	maxAnyDepth     = 8
)

// CheckGlob tells what is wrong with a glob: that it is none, or that it would
// take forever.
func CheckGlob(pattern string) error {
	if !doublestar.ValidatePattern(pattern) {
		return fmt.Errorf("%.200q is no glob", pattern)
	}
	ways := 1
	for _, part := range strings.Split(pattern, "{")[1:] {
		if ways *= strings.Count(part, ",") + 1; ways > maxAlternatives {
			return fmt.Errorf("%.200q is a glob with more than %d alternatives in braces; write several globs", pattern, maxAlternatives)
		}
	}
	if strings.Count(pattern, "**") > maxAnyDepth {
		return fmt.Errorf("%.200q is a glob with more than %d times **; one matches any depth", pattern, maxAnyDepth)
	}
	return nil
}
