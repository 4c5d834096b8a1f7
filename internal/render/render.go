// Package render writes a report in one of the output formats, each in a file
// of its own. It decides nothing: what is reported, and in which order, is the
// caller's business.
package render

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

// Options are what a format may need besides the report.
type Options struct {
	Version string
	Color   bool
	// FailOn is the severity from which findings make the run fail.
	FailOn lint.Severity
	// Line returns a source line with secrets masked; false when there is none.
	Line func(file string, n int) (string, bool)
	// FromRoot names a file as seen from the root of its repository.
	FromRoot func(file string) string
	// HelpURL is the address of a rule's page, "" when it has none.
	HelpURL func(rule string) string
	// Rules returns the words of all rules of the packs that ran.
	Rules func() ([]lint.Rule, error)
	// Explain asks for the words of a rule below its first finding, where people
	// read it.
	Explain bool
	// Releases are the merged values, for formats that ask for Values.
	Releases []Release
	// Summary takes a Markdown text that is shown beside the output; may be nil.
	Summary io.Writer
}

// Format is one way to write a report.
type Format struct {
	Name  string
	Write func(w io.Writer, r *lint.Report, o Options) error

	// What the format asks for beyond the report.
	Sources bool // the document behind each finding
	Around  int  // source lines before and after each finding
	Values  bool // the merged values of each release
	Summary bool // a place for a summary, where the CI system has one
}

var formats = map[string]Format{}

// register adds a format; each does so from its own file.
func register(f Format) { formats[f.Name] = f }

// Lookup returns the format of that name.
func Lookup(name string) (Format, bool) {
	f, ok := formats[name]
	return f, ok
}

// Names lists the formats, sorted.
func Names() []string { return slices.Sorted(maps.Keys(formats)) }

// file names a file as seen from the root of its repository, with slashes.
func (o *Options) file(name string) string {
	if o.FromRoot != nil {
		name = o.FromRoot(name)
	}
	return filepath.ToSlash(name)
}

func (o *Options) help(rule string) string {
	if o.HelpURL == nil {
		return ""
	}
	return o.HelpURL(rule)
}

func (o *Options) rules() ([]lint.Rule, error) {
	if o.Rules == nil {
		return nil, nil
	}
	return o.Rules()
}

func (o *Options) line(file string, n int) (string, bool) {
	if o.Line == nil {
		return "", false
	}
	return o.Line(file, n)
}

// place is how people write a span: file:line:column.
func place(s lint.Span) string {
	if s.IsZero() {
		return Printable(s.File)
	}
	return fmt.Sprintf("%s:%d:%d", Printable(s.File), s.Line, s.Column)
}

// everywhere names the releases of a finding that several share.
func everywhere(f *lint.Finding) string {
	const most = 3
	all := append([]lint.Where{{Release: f.Release, Location: f.Location}}, f.Also...)
	var names []string
	for _, w := range all[:min(len(all), most)] {
		names = append(names, about(&lint.Finding{Release: w.Release, Location: w.Location}))
	}
	text := fmt.Sprintf("%d releases: %s", len(all), strings.Join(names, ", "))
	if len(all) > most {
		text += fmt.Sprintf(" and %d more", len(all)-most)
	}
	return text
}

// about names the release of a finding, "" when there is none.
func about(f *lint.Finding) string {
	switch {
	case len(f.Also) > 0:
		return plural(len(f.Also)+1, "release")
	case f.Release != "" && f.Location != "":
		return f.Release + " at " + f.Location
	case f.Location != "":
		return f.Location
	}
	return f.Release
}

// details are the lines that explain a message: what is related, the facts and
// the document, the page of the rule.
func details(f *lint.Finding, o *Options) []string {
	var out []string
	for _, r := range f.Related {
		out = append(out, place(r.Span)+": "+Printable(r.Message))
	}
	if name := about(f); name != "" {
		out = append(out, "release "+Printable(name))
	}
	if len(f.Facts) > 0 {
		out = append(out, "facts "+strings.Join(f.Facts, ", "))
	}
	if f.Source != nil {
		out = append(out, "source "+source(f.Source))
	}
	if url := o.help(f.Rule); url != "" {
		out = append(out, "help "+url)
	}
	return out
}

func source(s *lint.Source) string {
	if s.Section == "" {
		return s.Document
	}
	return s.Document + ", " + s.Section
}

// counts says how much was found, in words.
func counts(r *lint.Report) string {
	var parts []string
	for _, s := range []lint.Severity{lint.Error, lint.Warning, lint.Info} {
		if n := r.Count(s); n > 0 {
			parts = append(parts, plural(n, s.String()))
		}
	}
	if len(parts) == 0 {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}

func judged(r *lint.Report) string {
	s := plural(r.Files, "file")
	if r.Releases > 0 {
		s += " and " + plural(r.Releases, "release")
	}
	return s
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
