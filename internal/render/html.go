package render

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

func init() {
	register(Format{Name: "html", Write: HTML, Sources: true, Around: 2, Values: true})
}

var (
	//go:embed html/report.tmpl
	htmlTemplate string
	//go:embed html/report.css
	htmlStyle string
	//go:embed html/report.js
	htmlScript string
)

// HTML writes the whole report as one page that needs nothing else: findings
// with their source lines, the merged values of each release, and the rules
// that spoke. It can be read without JavaScript, which only filters.
func HTML(w io.Writer, r *lint.Report, o Options) error {
	rules, err := o.rules()
	if err != nil {
		return err
	}
	t, err := template.New("report").Parse(htmlTemplate)
	if err != nil {
		return err
	}
	page := newPage(r, rules, &o)
	b := bufio.NewWriterSize(w, 64<<10)
	if err := t.Execute(b, page); err != nil {
		return err
	}
	return b.Flush()
}

// htmlPage is what the template shows. All strings are plain text: the template
// escapes them.
type htmlPage struct {
	Title, Judged, Version string
	Packs                  []string
	CSP                    string
	Style                  template.CSS
	Script                 template.JS
	Counts                 []htmlCount
	Suppressed             int
	Placeholders           int
	Files                  []*htmlFile
	Total                  int
	Releases               []*htmlRelease
	Rules                  []htmlRule
	RuleNames              []string // that spoke
	ReleaseNames           []string // that findings name
}

type htmlCount struct {
	Severity, Label string
	N               int
}

type htmlFile struct {
	Name     string
	Findings []*htmlFinding
}

type htmlFinding struct {
	ID                      string
	Severity, Rule, Message string
	Release                 string
	Place, Path             string
	Words                   string // the id of the words of the rule
	Value                   string // the id of the line that shows the value, "" when there is none
	Frame                   []htmlFrame
	Related                 []htmlRelated
	Facts, Source           string
	Fix                     string
	Edits                   []htmlRelated
}

type htmlFrame struct {
	N                   int
	Before, Mark, After string
}

type htmlRelated struct{ Place, Message, Line string }

type htmlRelease struct {
	ID, Name, Location, Namespace, Chart string
	Single                               bool
	Packs                                string
	Layers                               []htmlLayer
	Counts                               [3]int // errors, warnings, infos
	Whole                                []*htmlFinding
	Values                               []htmlValue
}

type htmlLayer struct {
	N      int
	Color  int
	Name   string
	Values int // how many it set
}

type htmlValue struct {
	ID       string
	Text     string
	Color    int
	Place    string
	Layer    int
	Shadows  []htmlShadow
	Findings []*htmlFinding
	Worst    string
}

type htmlShadow struct {
	Layer             int
	Place, Text, Name string
}

type htmlRule struct {
	ID, Title, Description, Remediation, Severity, Facts, Source, URL string
	Anchor                                                            string
	N                                                                 int
}

// colors is how many colors there are for layers; report.css has them.
const colors = 8

func colorOf(layer int) int {
	if layer == 0 {
		return 0
	}
	return (layer-1)%colors + 1
}

func newPage(r *lint.Report, rules []lint.Rule, o *Options) *htmlPage {
	p := &htmlPage{
		Title: "helmvet: " + counts(r), Judged: judged(r), Version: o.Version, Packs: r.Packs,
		Style: template.CSS(htmlStyle), Script: template.JS(htmlScript), //nolint:gosec // both are ours
		CSP: fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'",
			digest(htmlStyle), digest(htmlScript)),
		Suppressed: r.Suppressed, Placeholders: r.Placeholders, Total: len(r.Findings),
	}
	for _, s := range []lint.Severity{lint.Error, lint.Warning, lint.Info} {
		n := r.Count(s)
		p.Counts = append(p.Counts, htmlCount{s.String(), strings.TrimPrefix(plural(n, s.String()), fmt.Sprint(n, " ")), n})
	}
	byRule := map[string]int{}
	shown := make([]*htmlFinding, len(r.Findings))
	for i := range r.Findings {
		f := &r.Findings[i]
		h := toHTML(f, i, o)
		shown[i] = h
		if n := len(p.Files); n == 0 || p.Files[n-1].Name != Printable(f.Span.File) {
			p.Files = append(p.Files, &htmlFile{Name: Printable(f.Span.File)})
		}
		file := p.Files[len(p.Files)-1]
		file.Findings = append(file.Findings, h)
		byRule[f.Rule]++
		if h.Release != "" && !slices.Contains(p.ReleaseNames, h.Release) {
			p.ReleaseNames = append(p.ReleaseNames, h.Release)
		}
	}
	slices.Sort(p.ReleaseNames)
	p.Rules = spoken(rules, byRule, o)
	for _, r := range p.Rules {
		p.RuleNames = append(p.RuleNames, r.ID)
	}
	for i := range o.Releases {
		p.Releases = append(p.Releases, releasePage(&o.Releases[i], i, r.Findings, shown))
	}
	return p
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func toHTML(f *lint.Finding, i int, o *Options) *htmlFinding {
	h := &htmlFinding{
		ID: fmt.Sprintf("f%d", i+1), Severity: f.Severity.String(), Rule: f.Rule, Message: Printable(f.Message),
		Release: Printable(about(f)), Place: place(f.Span), Path: Printable(f.Path.String()),
		Words: anchor(f.Rule), Frame: htmlFrames(f.Span, o), Facts: strings.Join(f.Facts, ", "),
	}
	if f.Source != nil {
		h.Source = source(f.Source)
	}
	for _, r := range f.Related {
		h.Related = append(h.Related, htmlRelated{place(r.Span), Printable(r.Message), sourceLine(r.Span, o)})
	}
	if f.Fix != nil {
		h.Fix = Printable(f.Fix.Description)
		for _, e := range f.Fix.Edits {
			h.Edits = append(h.Edits, htmlEdit(e))
		}
	}
	return h
}

// anchor is the id of a rule in the page. A slash would be escaped in links.
func anchor(rule string) string { return "rule-" + strings.ReplaceAll(rule, "/", ".") }

func htmlEdit(e lint.Edit) htmlRelated {
	h := htmlRelated{Place: place(e.Span), Message: "write", Line: Printable(strings.TrimRight(e.Text, "\n"))}
	switch {
	case e.Text == "":
		h.Message = "delete what stands here"
	case e.Span.Line == e.Span.EndLine && e.Span.Column == e.Span.EndCol:
		h.Message = "insert"
	}
	return h
}

func sourceLine(s lint.Span, o *Options) string {
	line, _ := o.line(s.File, s.Line)
	return Printable(strings.TrimSpace(line))
}

// htmlFrames are the source lines around the place of a finding, as far as they
// are at hand. A span of several lines is marked up to the end of its first.
func htmlFrames(s lint.Span, o *Options) []htmlFrame {
	if s.IsZero() {
		return nil
	}
	var out []htmlFrame
	for n := s.Line - 2; n <= s.Line+2; n++ {
		text, ok := o.line(s.File, n)
		switch {
		case ok && n == s.Line:
			out = append(out, marked(s, text))
		case ok:
			out = append(out, htmlFrame{N: n, Before: Printable(text)})
		case n == s.Line:
			return nil
		}
	}
	for len(out) > 0 && out[len(out)-1].Before == "" && out[len(out)-1].N > s.Line {
		out = out[:len(out)-1] // such as what follows the last line end
	}
	return out
}

func marked(s lint.Span, text string) htmlFrame {
	runes := []rune(text)
	from, to := min(s.Column-1, len(runes)), len([]rune(strings.TrimRight(text, " \t")))
	if s.EndLine == s.Line {
		to = s.EndCol - 1
	}
	to = min(max(to, from+1), len(runes))
	return htmlFrame{s.Line, Printable(string(runes[:from])), Printable(string(runes[from:to])), Printable(string(runes[to:]))}
}

func spoken(rules []lint.Rule, byRule map[string]int, o *Options) []htmlRule {
	var out []htmlRule
	for i := range rules {
		r := &rules[i]
		n := byRule[r.ID]
		if n == 0 {
			continue
		}
		h := htmlRule{
			ID: r.ID, Title: r.Title, Description: r.Description, Remediation: r.Remediation, Severity: r.Severity,
			Facts: strings.Join(r.Facts, ", "), URL: o.help(r.ID), Anchor: anchor(r.ID), N: n,
		}
		if r.Source != nil {
			h.Source = source(r.Source)
		}
		out = append(out, h)
	}
	return out
}

// releasePage lays the findings over the values that they speak about.
func releasePage(rel *Release, i int, findings []lint.Finding, shown []*htmlFinding) *htmlRelease {
	h := &htmlRelease{
		ID: fmt.Sprintf("r%d", i+1), Name: Printable(rel.Name), Location: Printable(rel.Location), Namespace: Printable(rel.Namespace),
		Chart: Printable(rel.Chart), Packs: strings.Join(rel.Packs, ", "), Single: rel.Single,
	}
	for n, name := range rel.Layers {
		h.Layers = append(h.Layers, htmlLayer{N: n + 1, Color: colorOf(n + 1), Name: Printable(name)})
	}
	at := map[string]int{} // lines by the path of their value
	for n := range rel.Lines {
		l := &rel.Lines[n]
		v := htmlValue{Text: Printable(l.Text), Color: colorOf(l.Layer), Layer: l.Layer}
		if l.Layer > 0 && !l.Span.IsZero() {
			v.Place = place(l.Span)
			h.Layers[l.Layer-1].Values++
		}
		if l.Path != "" {
			at[l.Path] = n
		}
		for _, s := range l.Shadows {
			sh := htmlShadow{Layer: s.Layer, Place: place(s.Span), Text: Printable(s.Text)}
			if s.Layer > 0 {
				sh.Name = h.Layers[s.Layer-1].Name
			}
			v.Shadows = append(v.Shadows, sh)
		}
		h.Values = append(h.Values, v)
	}
	for n := range findings {
		f := &findings[n]
		if !rel.concerned(f) {
			continue
		}
		h.Counts[lint.Error-f.Severity]++
		line, ok := -1, false
		for p := f.Path; len(p) > 0 && !ok; p = p.Parent() {
			line, ok = at[p.String()]
		}
		if !ok {
			h.Whole = append(h.Whole, shown[n])
			continue
		}
		v := &h.Values[line]
		v.ID = fmt.Sprintf("%s-%d", h.ID, line+1)
		v.Findings = append(v.Findings, shown[n])
		if v.Worst == "" || f.Severity > severity(v.Worst) {
			v.Worst = f.Severity.String()
		}
		if shown[n].Value == "" {
			shown[n].Value = v.ID
		}
	}
	return h
}

func severity(name string) lint.Severity {
	s, err := lint.ParseSeverity(name)
	if err != nil {
		return lint.Off
	}
	return s
}

// concerned reports whether a finding is about the values of the release.
func (rel *Release) concerned(f *lint.Finding) bool {
	if !slices.Contains(rel.Files, f.Span.File) {
		return false
	}
	return f.Release == "" && f.Location == "" || f.Release == rel.Name && f.Location == rel.Location ||
		slices.Contains(f.Also, lint.Where{Release: rel.Name, Location: rel.Location})
}
