package render

import (
	"encoding/xml"
	"io"

	"github.com/helmvet/helmvet/internal/lint"
)

func init() { register(Format{Name: "checkstyle", Write: Checkstyle}) }

// Checkstyle writes the XML of Checkstyle, which most CI systems can read.
func Checkstyle(w io.Writer, r *lint.Report, _ Options) error {
	doc := checkstyle{Version: "10.0"}
	for i := range r.Findings {
		f := &r.Findings[i]
		if n := len(doc.Files); n == 0 || doc.Files[n-1].Name != f.Span.File {
			doc.Files = append(doc.Files, checkstyleFile{Name: f.Span.File})
		}
		file := &doc.Files[len(doc.Files)-1]
		file.Errors = append(file.Errors, checkstyleError{f.Span.Line, f.Span.Column, f.Severity.String(), Printable(f.Message), f.Rule})
	}
	return writeXML(w, doc)
}

type checkstyle struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr,omitempty"`
	Column   int    `xml:"column,attr,omitempty"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// writeXML writes a document with its declaration. Characters that XML has no
// way to say become U+FFFD.
func writeXML(w io.Writer, doc any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
