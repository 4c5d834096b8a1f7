// Package render writes a report in one of the output formats. It decides
// nothing: what is reported, and in which order, is the caller's business.
package render

import (
	"io"
	"maps"
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
)

// Options are what a format may need besides the report.
type Options struct {
	Version string
	Color   bool
	// Line returns a source line with secrets masked; false when there is none.
	Line func(file string, n int) (string, bool)
}

// Format writes a report.
type Format func(w io.Writer, r *lint.Report, o Options) error

var formats = map[string]Format{
	"text": Text,
	"json": JSON,
}

// Lookup returns the format of that name.
func Lookup(name string) (Format, bool) {
	f, ok := formats[name]
	return f, ok
}

// Names lists the formats, sorted.
func Names() []string { return slices.Sorted(maps.Keys(formats)) }
