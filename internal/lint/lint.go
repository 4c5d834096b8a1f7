// Package lint is helmvet's vocabulary: paths, spans, severities, rules,
// findings and reports. It needs nothing but the standard library and knows
// neither YAML nor the engines.
package lint

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity ranks findings. The zero value is Off, below every finding.
type Severity int

// The severities, lowest first.
const (
	Off     Severity = iota // the rule does not speak
	Info                    // worth knowing
	Warning                 // a documented recommendation, or very likely a mistake
	Error                   // the deployment breaks, or the document says must
)

// String returns the name used in output, configuration and metadata.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Info:
		return "info"
	default:
		return "off"
	}
}

// ParseSeverity reads what String writes.
func ParseSeverity(s string) (Severity, error) {
	switch s {
	case "error":
		return Error, nil
	case "warning":
		return Warning, nil
	case "info":
		return Info, nil
	case "off":
		return Off, nil
	}
	return Off, fmt.Errorf("severity %q is not one of error, warning, info, off", s)
}

// Span is a place in a file. Lines and columns start at 1, columns count
// Unicode characters, and the end is exclusive. The zero Line means that the
// place is unknown.
type Span struct {
	File            string
	Line, Column    int
	EndLine, EndCol int
}

// IsZero reports whether the span names no place.
func (s Span) IsZero() bool { return s.Line == 0 }

// Source is the document that a rule rests on.
type Source struct {
	Document string `json:"document"`
	Section  string `json:"section,omitempty"`
}

// Where names a release.
type Where struct{ Release, Location string }

// Related is a second place that explains a finding.
type Related struct {
	Path    Path
	Span    Span
	Message string
}

// Edit replaces one span by a text.
type Edit struct {
	Span Span
	Text string
}

// Fix is a change that ends a finding.
type Fix struct {
	Description string
	Edits       []Edit
	// Unsafe tells that the change is a guess at what was meant, or changes more
	// than the mistake. It is made only when it is asked for.
	Unsafe bool
}

// Finding is one reported problem.
type Finding struct {
	Rule     string // pack/name
	Severity Severity
	Message  string
	Path     Path
	Span     Span
	Release  string
	Location string
	Also     []Where // the other releases that it holds for, from the same place
	Chart    string  // of the release, without its version
	Related  []Related
	Facts    []string
	Source   *Source
	Fix      *Fix
}

// Example is a fragment that shows a rule speak, or stay silent.
type Example struct {
	Name string `json:"name,omitempty"`
	Kind string `json:"kind"` // "good" or "bad"
	Text string `json:"text"`
}

// Rule is what can produce a finding.
type Rule struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	Remediation string    `json:"remediation,omitempty"`
	Severity    string    `json:"severity"`
	Facts       []string  `json:"facts"`
	Source      *Source   `json:"source,omitempty"`
	Engine      string    `json:"engine"`            // "go", "cue" or "rego"
	Context     []string  `json:"context,omitempty"` // what it has to be told to say all it can
	Examples    []Example `json:"examples,omitempty"`
	Upgrade     bool      `json:"-"` // it speaks of what an upgrade changes, and so never in lint
}

// Sort orders findings by file, line, column, rule, path and message, and
// drops those that say the same thing at the same place.
func Sort(fs []Finding) []Finding {
	slices.SortStableFunc(fs, compare)
	return slices.CompactFunc(fs, func(a, b Finding) bool { return compare(a, b) == 0 })
}

// Collapse makes one finding of those that differ in nothing but the release:
// releases that share a file share its mistakes. The findings are sorted.
func Collapse(fs []Finding) []Finding {
	out := fs[:0]
	for _, f := range fs {
		if n := len(out) - 1; n >= 0 && compareSay(out[n], f) == 0 {
			out[n].Also = append(out[n].Also, Where{f.Release, f.Location})
			continue
		}
		out = append(out, f)
	}
	return out
}

func compare(a, b Finding) int {
	return cmp.Or(compareSay(a, b), cmp.Compare(a.Release, b.Release), cmp.Compare(a.Location, b.Location))
}

// compareSay compares all but the releases.
func compareSay(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Span.File, b.Span.File),
		cmp.Compare(a.Span.Line, b.Span.Line),
		cmp.Compare(a.Span.Column, b.Span.Column),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Path.String(), b.Path.String()),
		cmp.Compare(a.Message, b.Message),
	)
}
