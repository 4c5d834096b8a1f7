package render

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

func init() { register(Format{Name: "junit", Write: JUnit}) }

// JUnit writes a test report: one suite for each file, one case for each
// finding. Findings below FailOn are cases that pass and say so. The name of a
// case does not hold lines or messages, so that CI systems know it again.
func JUnit(w io.Writer, r *lint.Report, o Options) error {
	var doc junitSuites
	doc.Name = "helmvet"
	seen := map[string]int{}
	for i := range r.Findings {
		f := &r.Findings[i]
		if n := len(doc.Suites); n == 0 || doc.Suites[n-1].Name != f.Span.File {
			doc.Suites = append(doc.Suites, junitSuite{Name: f.Span.File})
		}
		suite := &doc.Suites[len(doc.Suites)-1]
		c := junitCase{Name: caseName(f, seen), Class: f.Span.File, File: f.Span.File, Line: f.Span.Line}
		text := fmt.Sprintf("%s: %s: %s\n%s", place(f.Span), f.Severity, Printable(f.Message), strings.Join(details(f, &o), "\n"))
		if f.Severity >= o.FailOn {
			c.Failure = &junitFailure{Message: Printable(f.Message), Type: f.Severity.String(), Text: text}
			suite.Failures++
		} else {
			c.Out = text
		}
		suite.Tests++
		suite.Cases = append(suite.Cases, c)
	}
	if len(doc.Suites) == 0 {
		doc.Suites = []junitSuite{{Name: "helmvet", Tests: 1, Cases: []junitCase{{Name: "no findings", Class: "helmvet", Out: judged(r) + ": no findings"}}}}
	}
	for _, s := range doc.Suites {
		doc.Tests += s.Tests
		doc.Failures += s.Failures
	}
	return writeXML(w, doc)
}

// caseName names a finding by rule, path and release; those that agree are
// numbered.
func caseName(f *lint.Finding, seen map[string]int) string {
	name := f.Rule
	if p := f.Path.String(); p != "" {
		name += " " + p
	}
	if a := about(f); a != "" {
		name += " (" + a + ")"
	}
	key := f.Span.File + "\n" + name
	seen[key]++
	if n := seen[key]; n > 1 {
		name += fmt.Sprintf(" #%d", n)
	}
	return name
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitFailure `xml:"failure"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}
