package render

import (
	"encoding/json"
	"io"

	"github.com/helmvet/helmvet/internal/lint"
)

func init() { register(Format{Name: "gitlab", Write: GitLab}) }

// GitLab writes a Code Quality report: what GitLab reads of the Code Climate
// format.
func GitLab(w io.Writer, r *lint.Report, o Options) error {
	prints := lint.Fingerprints(r.Findings, o.file)
	out := make([]gitlabIssue, 0, len(r.Findings))
	for i := range r.Findings {
		f := &r.Findings[i]
		issue := gitlabIssue{
			Description: Printable(f.Message), CheckName: f.Rule, Fingerprint: prints[i], Severity: gitlabSeverity(f.Severity),
			Location: gitlabLocation{Path: o.file(f.Span.File), Lines: gitlabLines{max(f.Span.Line, 1)}},
		}
		if name := about(f); name != "" {
			issue.Description = name + ": " + Printable(f.Message)
		}
		out = append(out, issue)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

func gitlabSeverity(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "critical"
	case lint.Warning:
		return "minor"
	}
	return "info"
}
