// Package extract finds the values that a user gave to a release in what helm
// prints about it and in what helm stores: the text of `helm get all` and `helm
// get values`, a release Secret, or values that are nothing else. The bytes of
// a text are taken as they stand, comments included.
package extract

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/helmvet/helmvet/internal/values"
)

// Form is what a text turned out to be.
type Form string

// The forms.
const (
	Plain     Form = "plain values"
	GetValues Form = "the text of helm get values"
	GetAll    Form = "the text of helm get all"
	Record    Form = "a release that helm stored"
)

// Found are the user-supplied values of a text.
type Found struct {
	Form   Form
	Values []byte // as they stand in the text; of a Record as YAML
	// Start and End are the bytes of the text that Values are, and Lines is how
	// many lines stand before them. Values begin at the start of a line. A Record
	// has no such place.
	Start, End, Lines int
	None              bool // the release has no values of its own
	Release           Release
}

// Release is what the text tells about the release; what it does not tell is
// empty.
type Release struct {
	Name, Namespace, Status string
	Revision                string
	Chart, Version          string
}

// Aligned returns the values with empty lines in place of the lines before
// them, so that positions in it are those of the text.
func (f *Found) Aligned() []byte {
	return append(bytes.Repeat([]byte("\n"), f.Lines), f.Values...)
}

// Error is why a text has no values to take. Line is 0 where no line is to
// blame.
type Error struct {
	Line, Column int
	Message      string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message)
}

func fail(format string, args ...any) error { return &Error{Message: fmt.Sprintf(format, args...)} }

func failAt(line int, format string, args ...any) error {
	return &Error{Line: line, Column: 1, Message: fmt.Sprintf(format, args...)}
}

// The lines that part the text of `helm get all`.
const (
	userMarker     = "USER-SUPPLIED VALUES:"
	computedMarker = "COMPUTED VALUES:"
)

// laterMarkers follow the computed values.
var laterMarkers = map[string]bool{"HOOKS:": true, "MANIFEST:": true, "NOTES:": true}

// Values finds the user-supplied values in a text. The error, an *Error, says
// what the text is instead and how to get the right one. A stored release that
// unpacks to more than lim.Bytes is refused.
func Values(text []byte, lim values.Limits) (*Found, error) {
	if len(text) > lim.Bytes {
		return nil, fail("has %d bytes, more than the limit of %d; helm stores a release in at most 1 MiB", len(text), lim.Bytes)
	}
	if isUTF16(text) {
		text = values.Parse("", text, lim).Data // a shell of Windows wrote it
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, fail("is empty; run helm get all RELEASE -n NAMESPACE again and look for its error")
	}
	m := scan(text)
	if m.user != nil || m.computed != nil || m.header {
		return m.values(text, lim)
	}
	if rec, err := record(text, lim); rec != nil || err != nil {
		return rec, err
	}
	if msg, failed := bytes.CutPrefix(bytes.TrimSpace(text), []byte("Error: ")); failed {
		first, _, _ := bytes.Cut(msg, []byte("\n"))
		return nil, fail("is an error of helm (%s); check release name, namespace and cluster", bytes.TrimSpace(first))
	}
	f := &Found{Form: Plain, Values: text, End: len(text)}
	return f, f.check(lim, "")
}

// IsOutput reports whether a text is surely what helm printed about a release,
// and no values file: its two headings stand in it, in their order.
func IsOutput(text []byte) bool {
	if !bytes.Contains(text, []byte(userMarker)) || !bytes.Contains(text, []byte(computedMarker)) {
		return false
	}
	m := scan(text)
	return m.user != nil && m.computed != nil && m.user.start < m.computed.start
}

// Leftover is a line of helm's output in a text that is meant to be values.
type Leftover struct {
	Line     int
	Text     string
	Computed bool // the heading of the computed values
}

// Leftovers finds lines of helm's output that no values file has: the two
// headings and the date of the deployment, at the start of a line.
func Leftovers(text []byte) []Leftover {
	var out []Leftover
	number := 0
	for line := range bytes.Lines(text) {
		number++
		// Most lines are told by their first letter.
		if len(line) == 0 || line[0] != 'U' && line[0] != 'C' && line[0] != 'L' {
			continue
		}
		word := string(bytes.TrimRight(line, " \t\r\n"))
		if word == userMarker || word == computedMarker || strings.HasPrefix(word, "LAST DEPLOYED: ") {
			out = append(out, Leftover{number, word, word == computedMarker})
		}
	}
	return out
}

// mark is a line of the text that parts it.
type mark struct {
	start, end int // end is behind the line end
	number     int // of the line, from 1
}

// marks are the lines that part the text of `helm get all`.
type marks struct {
	user     *mark
	computed *mark // the first behind user, or the first of all without user
	later    *mark // the first of the sections that follow the computed values
	early    *mark // computed values before the user's
	header   bool  // the text begins with the header of a release
	release  Release
}

// scan finds the marker lines, which begin a line and may end in blanks.
func scan(text []byte) marks {
	var m marks
	number, start, keys := 0, 0, 0
	for line := range bytes.Lines(text) {
		number++
		at := &mark{start: start, end: start + len(line), number: number}
		start = at.end
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		word := string(bytes.TrimRight(line, " \t\r\n"))
		switch {
		case word == userMarker && m.user == nil:
			m.user, m.early = at, m.computed
			m.computed, m.later = nil, nil
		case word == computedMarker && m.computed == nil:
			m.computed = at
		case laterMarkers[word] && m.later == nil:
			m.later = at
		case m.user == nil && m.release.read(word):
			keys++
			m.header = m.header || strings.HasPrefix(word, "LAST DEPLOYED:") || keys > 2
		}
	}
	return m
}

// read takes a line of the header, such as `STATUS: deployed`.
func (r *Release) read(line string) bool {
	key, value, ok := strings.Cut(line, ": ")
	value = strings.TrimSpace(value)
	switch {
	case !ok:
		return false
	case key == "NAME":
		r.Name = value
	case key == "NAMESPACE":
		r.Namespace = value
	case key == "STATUS":
		r.Status = value
	case key == "REVISION":
		r.Revision = value
	case key == "CHART":
		r.Chart = value
	case key == "VERSION":
		r.Version = value
	case key == "LAST DEPLOYED", key == "TEST SUITE", key == "APP_VERSION", key == "DESCRIPTION":
	default:
		return false
	}
	return true
}

// values cuts the user's values out.
func (m *marks) values(text []byte, lim values.Limits) (*Found, error) {
	const again = "save the whole output of helm get all RELEASE -n NAMESPACE"
	switch {
	case m.user == nil && m.computed != nil:
		return nil, failAt(m.computed.number, "%q stands here without %q before it: computed values hold every default of the chart; %s, or of helm get values without --all", computedMarker, userMarker, again)
	case m.user == nil:
		return nil, fail("has the header of a release, but no line %q; %s", userMarker, again)
	case m.early != nil:
		return nil, failAt(m.early.number, "%q stands before %q in line %d; %s, unchanged", computedMarker, userMarker, m.user.number, again)
	case m.later != nil && (m.computed == nil || m.later.start < m.computed.start):
		return nil, failAt(m.later.number, "this section begins before %q was seen; %s, unchanged", computedMarker, again)
	case m.computed == nil && m.header:
		return nil, failAt(m.user.number, "the text breaks off behind %q: no line %q follows; %s", userMarker, computedMarker, again)
	}
	f := &Found{Form: GetValues, Start: m.user.end, End: len(text), Lines: bytes.Count(text[:m.user.end], []byte("\n")), Release: m.release}
	if m.computed != nil {
		f.Form, f.End = GetAll, m.computed.start
		f.End = f.Start + len(withoutBlankLine(text[f.Start:f.End]))
	}
	f.Values = text[f.Start:f.End]
	return f, f.check(lim, "the values of the user: ")
}

// withoutBlankLine drops the one empty line that helm prints before a section.
// More may belong to a block string.
func withoutBlankLine(b []byte) []byte {
	i := len(b)
	if i > 0 && b[i-1] == '\n' {
		i--
	}
	begin := bytes.LastIndexByte(b[:i], '\n') + 1
	if len(bytes.TrimSpace(b[begin:])) == 0 {
		return b[:begin]
	}
	return b
}

// check wants a mapping that helm can read, or nothing.
func (f *Found) check(lim values.Limits, what string) error {
	lim.Bytes += f.Lines // the empty lines of Aligned
	d := values.Parse("", f.Aligned(), lim)
	if len(d.Problems) > 0 {
		p := d.Problems[0]
		msg := p.Message
		if f.Form == Plain {
			msg += "; this is neither values nor the text of helm get all, helm get values or a release Secret"
		}
		return &Error{Line: p.Span.Line, Column: p.Span.Column, Message: what + msg}
	}
	root := d.Values()
	if root == nil {
		return fail("%sno mapping of keys and values", what)
	}
	f.None = len(root.Fields) == 0
	if f.Form != Plain {
		return nil
	}
	for _, r := range d.Roots {
		if kind := r.Get("kind"); kind != nil && r.Get("apiVersion") != nil {
			return &Error{Line: kind.Value.Span.Line, Column: kind.Value.Span.Column, Message: fmt.Sprintf("is a Kubernetes manifest (%s), which holds no values; give the text of helm get all or helm get values, or a Secret of type %s", kind.Value.Text, secretType)}
		}
	}
	return nil
}

func isUTF16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
}
