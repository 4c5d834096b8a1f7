package render

import (
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

func init() { register(Format{Name: "sarif", Write: SARIF, Sources: true}) }

// SARIF writes a log of the Static Analysis Results Interchange Format 2.1.0,
// with what GitHub code scanning reads of it. The structs below are the part
// of the format that is used: the module github.com/owenrumney/go-sarif writes
// every optional array and default, so that reports more than double, and its
// validator costs each start of helmvet 900 allocations.
func SARIF(w io.Writer, r *lint.Report, o Options) error {
	rules, err := o.rules()
	if err != nil {
		return err
	}
	run := sarifRun{
		Automation: sarifAutomation{"helmvet/"},
		ColumnKind: "unicodeCodePoints",
		BaseIDs:    map[string]sarifBase{srcRoot: {sarifText{Text: "the root of the repository"}}},
		Results:    make([]sarifResult, 0, len(r.Findings)),
	}
	run.Tool.Driver = sarifDriver{
		Name: "helmvet", Version: o.Version, InformationURI: home,
		Rules: make([]sarifRule, 0, len(rules)),
	}
	index := map[string]int{}
	for i := range rules {
		index[rules[i].ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, toSARIFRule(&rules[i], &o))
	}
	prints := lint.Fingerprints(r.Findings, o.file)
	for i := range r.Findings {
		f := &r.Findings[i]
		at, ok := index[f.Rule]
		if !ok {
			at = len(run.Tool.Driver.Rules)
			index[f.Rule] = at
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, toSARIFRule(&lint.Rule{ID: f.Rule, Title: f.Rule, Severity: f.Severity.String()}, &o))
		}
		run.Results = append(run.Results, toSARIFResult(f, at, prints[i], &o))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	srcRoot     = "%SRCROOT%"
)

func toSARIFRule(r *lint.Rule, o *Options) sarifRule {
	pack, name, _ := strings.Cut(r.ID, "/")
	out := sarifRule{
		ID: r.ID, Name: name, HelpURI: o.help(r.ID),
		Short: sarifText{Text: short(r.Title)}, Full: sarifText{Text: r.Description},
		Configuration: sarifConfiguration{sarifLevel(r.Severity)},
		Properties: sarifRuleProperties{
			Tags: append([]string{pack}, r.Facts...), Precision: "high", Severity: sarifProblem(r.Severity),
		},
	}
	if out.Full.Text == "" {
		out.Full = out.Short
	}
	out.Properties.Tags = out.Properties.Tags[:min(len(out.Properties.Tags), maxTags)]
	parts := []string{out.Full.Text}
	if r.Remediation != "" {
		parts = append(parts, r.Remediation)
	}
	if r.Source != nil {
		parts = append(parts, "Source: "+source(r.Source)+".")
	}
	out.Help.Text = strings.Join(parts, "\n\n")
	if out.HelpURI != "" {
		out.Help.Markdown = out.Help.Text + "\n\n[" + r.ID + "](" + out.HelpURI + ")"
	}
	return out
}

// What GitHub takes of a rule.
const (
	maxTags  = 20
	maxShort = 1024
)

func short(s string) string {
	if r := []rune(s); len(r) > maxShort {
		return string(r[:maxShort-1]) + "…"
	}
	return s
}

func toSARIFResult(f *lint.Finding, rule int, print string, o *Options) sarifResult {
	out := sarifResult{
		RuleID: f.Rule, RuleIndex: rule, Level: sarifLevel(f.Severity.String()),
		Locations: []sarifLocation{sarifAt(f.Span, f.Path, o)},
		// GitHub reads the first, and adds one made of lines where it is missing.
		PartialFingerprints: map[string]string{"primaryLocationLineHash": print + ":1", "helmvet/v1": print},
		Properties:          sarifProperties{f.Path.String(), f.Release, f.Location, f.Facts},
	}
	text := f.Message
	if f.Span.OfFlag() {
		text = place(f.Span) + ": " + text
	}
	if name := about(f); name != "" {
		text = name + ": " + text
	}
	out.Message.Text = sarifPlain(text)
	for i, r := range f.Related {
		l := sarifAt(r.Span, r.Path, o)
		l.ID = i + 1
		l.Message = &sarifText{Text: sarifPlain(r.Message)}
		out.Related = append(out.Related, l)
		// Related places are shown only where the message links to them.
		out.Message.Text += "\n" + sarifLink(r.Message, l.ID)
	}
	if f.Fix != nil {
		out.Fixes = []sarifFix{toSARIFFix(f.Fix, o)}
	}
	return out
}

func sarifAt(s lint.Span, p lint.Path, o *Options) sarifLocation {
	l := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifactOf(s.File, o)}}
	if !s.IsZero() {
		l.Physical.Region = sarifRegionOf(s)
	}
	if len(p) > 0 {
		l.Logical = []sarifLogical{{FullyQualifiedName: p.String(), Kind: "property"}}
	}
	return l
}

func sarifArtifactOf(file string, o *Options) sarifArtifact {
	name := o.file(file)
	if filepath.IsAbs(name) {
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: name}).String()}
	}
	return sarifArtifact{URI: (&url.URL{Path: name}).String(), BaseID: srcRoot}
}

func sarifRegionOf(s lint.Span) *sarifRegion {
	r := sarifRegion{s.Line, max(s.Column, 1), max(s.EndLine, s.Line), s.EndCol}
	if r.EndLine == r.StartLine {
		r.EndColumn = max(r.EndColumn, r.StartColumn)
	}
	r.EndColumn = max(r.EndColumn, 1)
	return &r
}

func toSARIFFix(f *lint.Fix, o *Options) sarifFix {
	out := sarifFix{Description: sarifText{Text: sarifPlain(f.Description)}}
	for _, e := range f.Edits {
		at := sarifArtifactOf(e.Span.File, o)
		i := slices.IndexFunc(out.Changes, func(c sarifChange) bool { return c.Artifact == at })
		if i < 0 {
			i = len(out.Changes)
			out.Changes = append(out.Changes, sarifChange{Artifact: at})
		}
		c := &out.Changes[i]
		c.Replacements = append(c.Replacements, sarifReplacement{sarifRegionOf(e.Span), sarifContent{e.Text}})
	}
	return out
}

func sarifLevel(severity string) string {
	switch severity {
	case "error", "warning":
		return severity
	case "info":
		return "note"
	}
	return "none"
}

// sarifProblem is what GitHub calls the severity of a rule.
func sarifProblem(severity string) string {
	if severity == "error" || severity == "warning" {
		return severity
	}
	return "recommendation"
}

// sarifPlain keeps a message from looking like a link to a location.
func sarifPlain(s string) string { return strings.ReplaceAll(Printable(s), "](", `\](`) }

var sarifBrackets = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)

func sarifLink(text string, id int) string {
	return "[" + sarifBrackets.Replace(Printable(text)) + "](" + strconv.Itoa(id) + ")"
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	Automation sarifAutomation      `json:"automationDetails"`
	ColumnKind string               `json:"columnKind"`
	BaseIDs    map[string]sarifBase `json:"originalUriBaseIds"`
	Results    []sarifResult        `json:"results"`
}

type sarifAutomation struct {
	ID string `json:"id"`
}

type sarifBase struct {
	Description sarifText `json:"description"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifRule struct {
	ID            string              `json:"id"`
	Name          string              `json:"name"`
	Short         sarifText           `json:"shortDescription"`
	Full          sarifText           `json:"fullDescription"`
	Help          sarifText           `json:"help"`
	HelpURI       string              `json:"helpUri,omitempty"`
	Configuration sarifConfiguration  `json:"defaultConfiguration"`
	Properties    sarifRuleProperties `json:"properties"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifRuleProperties struct {
	Tags      []string `json:"tags"`
	Precision string   `json:"precision"`
	Severity  string   `json:"problem.severity"`
}

type sarifResult struct {
	RuleID              string            `json:"ruleId"`
	RuleIndex           int               `json:"ruleIndex"`
	Level               string            `json:"level"`
	Message             sarifText         `json:"message"`
	Locations           []sarifLocation   `json:"locations"`
	Related             []sarifLocation   `json:"relatedLocations,omitempty"`
	PartialFingerprints map[string]string `json:"partialFingerprints"`
	Fixes               []sarifFix        `json:"fixes,omitempty"`
	Properties          sarifProperties   `json:"properties"`
}

type sarifProperties struct {
	Path     string   `json:"path"`
	Release  string   `json:"release,omitempty"`
	Location string   `json:"location,omitempty"`
	Facts    []string `json:"facts,omitempty"`
}

type sarifLocation struct {
	ID       int            `json:"id,omitempty"`
	Message  *sarifText     `json:"message,omitempty"`
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI    string `json:"uri"`
	BaseID string `json:"uriBaseId,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifLogical struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind"`
}

type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  *sarifRegion `json:"deletedRegion"`
	Inserted sarifContent `json:"insertedContent"`
}

type sarifContent struct {
	Text string `json:"text"`
}
