package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/fatih/color"
	"github.com/helmvet/helmvet/internal/lint"
	"golang.org/x/text/width"
)

func init() { register(Format{Name: "text", Write: Text}) }

// Text writes findings for people: a line that terminals and editors can
// click, the source line, and a mark below the span.
func Text(w io.Writer, r *lint.Report, o Options) error {
	p := newPalette(o.Color)
	b := bufio.NewWriter(w)
	var words map[string]lint.Rule
	if o.Explain {
		rules, err := o.rules()
		if err != nil {
			return err
		}
		words = make(map[string]lint.Rule, len(rules))
		for _, rule := range rules {
			words[rule.ID] = rule
		}
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		fmt.Fprintf(b, "%s %s %s %s\n",
			p.place.Sprint(place(f.Span)+":"), p.severity(f.Severity).Sprint(f.Severity.String()+":"),
			p.message.Sprint(Printable(f.Message)), p.rule.Sprint("["+f.Rule+"]"))
		frame(b, p, f.Span, f.Severity, o)
		if len(f.Also) > 0 {
			fmt.Fprintf(b, "      %s in %s\n", p.rule.Sprint("="), Printable(everywhere(f)))
		}
		for _, rel := range f.Related {
			fmt.Fprintf(b, "      %s %s %s\n", p.rule.Sprint("="), p.place.Sprint(place(rel.Span)+":"), Printable(rel.Message))
		}
		if rule, ok := words[f.Rule]; ok {
			explain(b, p, f, &rule)
			delete(words, f.Rule) // once is enough
		}
	}
	return b.Flush()
}

// explain tells why the rule speaks, what to do, and which document says so.
func explain(b *bufio.Writer, p palette, f *lint.Finding, rule *lint.Rule) {
	tell := func(what, text string) {
		if text = strings.Join(strings.Fields(Printable(text)), " "); text == "" {
			return
		}
		margin := "      " + p.rule.Sprint("=") + " "
		for i, line := range wrap(text, explainWidth-len(what)-2) {
			if i == 0 {
				fmt.Fprintf(b, "%s%s %s\n", margin, p.place.Sprint(what+":"), line)
				continue
			}
			fmt.Fprintf(b, "%s%s  %s\n", margin, strings.Repeat(" ", len(what)), line)
		}
	}
	tell("rule", rule.Title)
	tell("why", rule.Description)
	tell("do", rule.Remediation)
	src := f.Source
	if src == nil {
		src = rule.Source
	}
	if src != nil {
		tell("source", source(src))
	}
	tell("facts", strings.Join(f.Facts, ", "))
}

const explainWidth = 100

// wrap parts a text of words into lines.
func wrap(text string, width int) []string {
	var out []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > width {
			out, line = append(out, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(out, line)
}

// frame shows the source line with the span underlined. A span of several
// lines is marked up to the end of its first.
func frame(b *bufio.Writer, p palette, s lint.Span, sev lint.Severity, o Options) {
	if o.Line == nil || s.IsZero() {
		return
	}
	line, ok := o.Line(s.File, s.Line)
	if !ok {
		return
	}
	runes := []rune(line)
	start := min(s.Column-1, len(runes))
	end := len([]rune(strings.TrimRight(line, " \t")))
	if s.EndLine == s.Line {
		end = s.EndCol - 1
	}
	end = max(min(end, len(runes)), start+1)
	runes, start, end, cut := clip(runes, start, end)
	fmt.Fprintf(b, "%5d %s %s%s\n", s.Line, p.rule.Sprint("|"), cut, Printable(string(runes)))
	var pad strings.Builder
	pad.WriteString(strings.Repeat(" ", len([]rune(cut))))
	for _, r := range runes[:start] {
		pad.WriteString(blank(r))
	}
	n := 0
	for _, r := range runes[start:min(end, len(runes))] {
		n += columns(r)
	}
	fmt.Fprintf(b, "      %s %s%s\n", p.rule.Sprint("|"), pad.String(), p.severity(sev).Sprint("^"+strings.Repeat("~", max(n-1, 0))))
}

const maxLine = 160 // longer lines are cut around the span

func clip(runes []rune, start, end int) ([]rune, int, int, string) {
	if len(runes) <= maxLine {
		return runes, start, end, ""
	}
	from := max(0, start-maxLine/4)
	to := min(len(runes), from+maxLine)
	cut := ""
	if from > 0 {
		cut = "…"
	}
	out := append([]rune{}, runes[from:to]...)
	if to < len(runes) {
		out = append(out, '…')
	}
	return out, start - from, min(end, to) - from, cut
}

func blank(r rune) string {
	if r == '\t' {
		return "\t"
	}
	return strings.Repeat(" ", columns(r))
}

// columns is how many cells a terminal gives the character.
func columns(r rune) int {
	if unicode.Is(unicode.Mn, r) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Printable keeps control characters of files, names and arguments from
// reaching the terminal.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return '\ufffd'
		}
		return r
	}, s)
}

type palette struct {
	place, message, rule *color.Color
	sev                  map[lint.Severity]*color.Color
}

func newPalette(on bool) palette {
	mk := func(attrs ...color.Attribute) *color.Color {
		c := color.New(attrs...)
		if on {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return palette{
		place:   mk(color.Bold),
		message: mk(color.Reset),
		rule:    mk(color.Faint),
		sev: map[lint.Severity]*color.Color{
			lint.Error:   mk(color.FgRed, color.Bold),
			lint.Warning: mk(color.FgYellow, color.Bold),
			lint.Info:    mk(color.FgCyan, color.Bold),
		},
	}
}

func (p palette) severity(s lint.Severity) *color.Color {
	if c, ok := p.sev[s]; ok {
		return c
	}
	return p.message
}
