package render

import (
	"encoding/json"
	"io"

	"github.com/helmvet/helmvet/internal/lint"
)

func init() { register(Format{Name: "json", Write: JSON, Sources: true}) }

// JSON writes the report as one document; its shape is a contract, see
// docs/output.md.
func JSON(w io.Writer, r *lint.Report, o Options) error {
	doc := jsonReport{
		SchemaVersion: 1,
		Tool:          jsonTool{Name: "helmvet", Version: o.Version},
		Packs:         r.Packs,
		Findings:      make([]jsonFinding, 0, len(r.Findings)),
		Summary: jsonSummary{
			Files: r.Files, Releases: r.Releases,
			Errors: r.Count(lint.Error), Warnings: r.Count(lint.Warning), Infos: r.Count(lint.Info),
			Suppressed: r.Suppressed, Placeholders: r.Placeholders,
		},
	}
	if doc.Packs == nil {
		doc.Packs = []string{}
	}
	prints := lint.Fingerprints(r.Findings, o.file)
	for i := range r.Findings {
		f := toJSON(&r.Findings[i])
		f.Fingerprint = prints[i]
		doc.Findings = append(doc.Findings, f)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

type jsonReport struct {
	SchemaVersion int           `json:"schemaVersion"`
	Tool          jsonTool      `json:"tool"`
	Packs         []string      `json:"packs"`
	Findings      []jsonFinding `json:"findings"`
	Summary       jsonSummary   `json:"summary"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonPlace struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`
}

type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	jsonPlace
	Path     string        `json:"path"`
	Release  string        `json:"release,omitempty"`
	Location string        `json:"location,omitempty"`
	Also     []jsonWhere   `json:"alsoIn,omitempty"`
	Related  []jsonRelated `json:"related,omitempty"`
	Facts    []string      `json:"facts,omitempty"`
	Source   *lint.Source  `json:"source,omitempty"`
	Help     string        `json:"help"`
	Fix      *jsonFix      `json:"fix,omitempty"`
	// Fingerprint names the finding across runs; see lint.Fingerprints.
	Fingerprint string `json:"fingerprint"`
}

// jsonWhere is another release that has the same finding at the same place.
type jsonWhere struct {
	Release  string `json:"release,omitempty"`
	Location string `json:"location,omitempty"`
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Path    string `json:"path"`
	Message string `json:"message"`
}

type jsonFix struct {
	Description string     `json:"description"`
	Safe        bool       `json:"safe"`
	Edits       []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	jsonPlace
	Text string `json:"text"`
}

type jsonSummary struct {
	Files        int `json:"files"`
	Releases     int `json:"releases"`
	Errors       int `json:"errors"`
	Warnings     int `json:"warnings"`
	Infos        int `json:"infos"`
	Suppressed   int `json:"suppressed"`
	Placeholders int `json:"placeholders"`
}

func toJSON(f *lint.Finding) jsonFinding {
	j := jsonFinding{
		Rule: f.Rule, Severity: f.Severity.String(), Message: f.Message,
		jsonPlace: toPlace(f.Span), Path: f.Path.String(),
		Release: f.Release, Location: f.Location,
		Facts: f.Facts, Source: f.Source, Help: HelpPage(f.Rule),
	}
	for _, w := range f.Also {
		j.Also = append(j.Also, jsonWhere(w))
	}
	for _, r := range f.Related {
		j.Related = append(j.Related, jsonRelated{r.Span.File, r.Span.Line, r.Span.Column, r.Path.String(), r.Message})
	}
	if f.Fix != nil {
		fix := jsonFix{Description: f.Fix.Description, Safe: !f.Fix.Unsafe, Edits: []jsonEdit{}}
		for _, e := range f.Fix.Edits {
			fix.Edits = append(fix.Edits, jsonEdit{toPlace(e.Span), e.Text})
		}
		j.Fix = &fix
	}
	return j
}

func toPlace(s lint.Span) jsonPlace {
	return jsonPlace{s.File, s.Line, s.Column, s.EndLine, s.EndCol}
}

// HelpPage is where the documentation of a rule lies in the repository.
func HelpPage(rule string) string { return "docs/rules/" + rule + ".md" }
