// Package baseline reads and writes the file of findings that are known and to
// be mended some other day. It names them by fingerprint, so that they are
// known again after lines have moved.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// FileName is the usual name of the file.
const FileName = ".helmvet-baseline.json"

// version is the version of the format.
const version = 1

// Entry is one finding. File is empty for a finding of one release, because
// another layer of it may come to set the value.
type Entry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	Path        string `json:"path,omitempty"`
	Release     string `json:"release,omitempty"`
	Location    string `json:"location,omitempty"`
	File        string `json:"file,omitempty"`

	Span lint.Span `json:"-"` // where it is listed
}

// About names the value and where it is.
func (e *Entry) About() string {
	at := e.Path
	if at == "" {
		at = "the file"
	}
	switch {
	case e.File != "":
		return at + " in " + e.File
	case e.Release != "" && e.Location != "":
		return fmt.Sprintf("%s of %s at %s", at, e.Release, e.Location)
	case e.Release+e.Location != "":
		return at + " of " + e.Release + e.Location
	}
	return at
}

// New lists findings as a report has them: collapsed. file is that of
// lint.Fingerprints.
func New(findings []lint.Finding, file func(string) string) []Entry {
	prints := lint.Fingerprints(findings, file)
	out := make([]Entry, len(findings))
	for i := range findings {
		f := &findings[i]
		e := Entry{Fingerprint: prints[i], Rule: f.Rule, Path: f.Path.String(), Release: f.Release, Location: f.Location}
		if len(f.Also) > 0 || f.Release+f.Location == "" {
			e.Release, e.Location, e.File = "", "", f.Span.File
			if file != nil {
				e.File = file(f.Span.File)
			}
		}
		out[i] = e
	}
	return out
}

// Parse reads the file. The error names the file, the line and what to do.
func Parse(name string, data []byte) ([]Entry, *values.Document, error) {
	doc := values.Parse(name, data, values.DefaultLimits)
	root := doc.Values()
	if len(doc.Problems) > 0 || root == nil {
		line, why := 1, "it holds no object"
		if len(doc.Problems) > 0 {
			line, why = doc.Problems[0].Span.Line, doc.Problems[0].Message
		}
		return nil, nil, fmt.Errorf("%s:%d: this is no baseline: %s; `helmvet baseline` writes a new one", name, line, why)
	}
	var file struct {
		Version  int     `json:"version"`
		Findings []Entry `json:"findings"`
	}
	raw, err := json.Marshal(root.Any())
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		err = d.Decode(&file)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: this is no baseline: %w; `helmvet baseline` writes a new one", name, err)
	}
	if file.Version != version {
		return nil, nil, fmt.Errorf("%s: the baseline has version %d, and this helmvet reads version %d; run `helmvet baseline`", name, file.Version, version)
	}
	list := root.Get("findings")
	for i := range file.Findings {
		e := &file.Findings[i]
		e.Span = list.Value.Items[i].Span
		if e.Fingerprint == "" || e.Rule == "" {
			return nil, nil, fmt.Errorf("%s:%d: an entry has no fingerprint or no rule; delete it, or run `helmvet baseline`", name, e.Span.Line)
		}
	}
	return file.Findings, doc, nil
}

// Marshal writes the file: an entry a line, in order, so that changes are easy
// to read and to merge.
func Marshal(entries []Entry) ([]byte, error) {
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Release, b.Release), cmp.Compare(a.Location, b.Location),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n  \"version\": %d,\n  \"findings\": [", version)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, e := range entries {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n    ")
		if err := enc.Encode(e); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - 1) // the line end
	}
	if len(entries) > 0 {
		b.WriteString("\n  ")
	}
	b.WriteString("]\n}\n")
	return b.Bytes(), nil
}
