package render

import (
	"bufio"
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

// The lines of fixes are asked for, because reviewdog counts bytes.
func init() { register(Format{Name: "rdjsonl", Write: RDJSONL, Around: 1}) }

// RDJSONL writes one line of JSON for each finding, as reviewdog reads it, with
// fixes as suggestions.
func RDJSONL(w io.Writer, r *lint.Report, o Options) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for i := range r.Findings {
		f := &r.Findings[i]
		d := rdDiagnostic{
			Message: Printable(f.Message), Severity: rdSeverity(f.Severity),
			Source:   rdSource{"helmvet", home},
			Code:     rdCode{f.Rule, o.help(f.Rule)},
			Location: rdPlace(f.Span, &o),
		}
		if name := about(f); name != "" {
			d.Message = name + ": " + d.Message
		}
		for _, rel := range f.Related {
			d.Related = append(d.Related, rdRelated{Printable(rel.Message), rdPlace(rel.Span, &o)})
		}
		d.Suggestions = rdSuggest(f, &o)
		if err := enc.Encode(d); err != nil {
			return err
		}
	}
	return b.Flush()
}

// home is where helmvet lives.
const home = "https://github.com/helmvet/helmvet"

type rdDiagnostic struct {
	Message     string         `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Source      rdSource       `json:"source"`
	Code        rdCode         `json:"code"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	Related     []rdRelated    `json:"related_locations,omitempty"`
}

type rdLocation struct {
	Path  string   `json:"path"`
	Range *rdRange `json:"range,omitempty"`
}

type rdRange struct {
	Start rdPosition  `json:"start"`
	End   *rdPosition `json:"end,omitempty"`
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column,omitempty"`
}

type rdSource struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url,omitempty"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

type rdRelated struct {
	Message  string     `json:"message"`
	Location rdLocation `json:"location"`
}

func rdSeverity(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "ERROR"
	case lint.Warning:
		return "WARNING"
	}
	return "INFO"
}

func rdPlace(s lint.Span, o *Options) rdLocation {
	l := rdLocation{Path: s.File}
	if s.IsZero() || s.OfFlag() {
		return l
	}
	l.Range = &rdRange{Start: rdPosition{s.Line, 0}}
	from, ok := bytesBefore(s.File, s.Line, s.Column, o)
	if !ok {
		return l // the line as a whole
	}
	l.Range.Start.Column = from
	if to, ok := bytesBefore(s.File, s.EndLine, s.EndCol, o); ok {
		l.Range.End = &rdPosition{s.EndLine, to}
	}
	return l
}

// rdSuggest offers a fix within one line: reviewdog takes each suggestion for a
// whole one, so several edits become one, with what stands between them.
func rdSuggest(f *lint.Finding, o *Options) []rdSuggestion {
	if f.Fix == nil || len(f.Fix.Edits) == 0 {
		return nil
	}
	edits := slices.SortedFunc(slices.Values(f.Fix.Edits), func(a, b lint.Edit) int { return cmp.Compare(a.Span.Column, b.Span.Column) })
	all := edits[0].Span
	line, ok := o.line(all.File, all.Line)
	if !ok || all.File != f.Span.File {
		return nil
	}
	runes := []rune(line)
	var text strings.Builder
	at := all.Column - 1
	for _, e := range edits {
		s := e.Span
		if s.File != all.File || s.Line != all.Line || s.EndLine != all.Line || s.Column-1 < at || s.EndCol-1 > len(runes) {
			return nil
		}
		text.WriteString(string(runes[at:s.Column-1]) + e.Text)
		at = s.EndCol - 1
		all.EndCol = s.EndCol
	}
	l := rdPlace(all, o)
	if l.Range == nil || l.Range.End == nil {
		return nil
	}
	return []rdSuggestion{{*l.Range, text.String()}}
}

// bytesBefore turns a column of characters into one of bytes. It fails when the
// line is not at hand.
func bytesBefore(file string, line, column int, o *Options) (int, bool) {
	text, ok := o.line(file, line)
	if !ok {
		return 0, false
	}
	n := 1
	for i := range text {
		if n == column {
			return i + 1, true
		}
		n++
	}
	return len(text) + 1 + max(column-n, 0), true
}
