package render

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

func init() { register(Format{Name: "github", Write: GitHub, Summary: true}) }

// GitHub writes workflow commands, which GitHub Actions shows as annotations of
// the lines, and a Markdown summary of the job.
func GitHub(w io.Writer, r *lint.Report, o Options) error {
	b := bufio.NewWriter(w)
	for i := range r.Findings {
		f := &r.Findings[i]
		text := Printable(f.Message)
		if f.Span.OfFlag() {
			text = place(f.Span) + ": " + text // no line of the repository
		}
		props := []string{"title=" + property(f.Rule)}
		if !f.Span.OfFlag() {
			props = append([]string{"file=" + property(o.file(f.Span.File))}, append(region(f.Span), props...)...)
		}
		for _, d := range details(f, &o) {
			text += "\n" + d
		}
		fmt.Fprintf(b, "::%s %s::%s\n", command(f.Severity), strings.Join(props, ","), data(text))
	}
	if err := b.Flush(); err != nil || o.Summary == nil {
		return err
	}
	var sum bytes.Buffer
	writeMarkdown(&sum, r, &o, summaryLimit)
	_, err := o.Summary.Write(sum.Bytes())
	return err
}

// summaryLimit is below the MiB that GitHub takes of one step.
const summaryLimit = 900 << 10

// region gives columns only within one line: GitHub refuses others.
func region(s lint.Span) []string {
	if s.IsZero() {
		return nil
	}
	out := []string{fmt.Sprintf("line=%d", s.Line)}
	switch {
	case s.EndLine > s.Line:
		return append(out, fmt.Sprintf("endLine=%d", s.EndLine))
	case s.EndCol > s.Column:
		return append(out, fmt.Sprintf("endLine=%d,col=%d,endColumn=%d", s.Line, s.Column, s.EndCol))
	}
	return append(out, fmt.Sprintf("endLine=%d,col=%d", s.Line, s.Column))
}

func command(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "error"
	case lint.Warning:
		return "warning"
	}
	return "notice"
}

var (
	dataEscaper     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscaper = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func data(s string) string     { return dataEscaper.Replace(s) }
func property(s string) string { return propertyEscaper.Replace(s) }
