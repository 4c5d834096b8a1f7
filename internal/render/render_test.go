package render_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/render"
)

// awkward is a report with what files and names may hold.
func awkward() *lint.Report {
	return &lint.Report{
		Files: 2, Releases: 1, Packs: []string{"core"},
		Findings: []lint.Finding{
			{
				Rule: "acme/odd", Severity: lint.Error, Message: "a % b, c: d](1) | `x` <b>\n::error::x\x1b[31m\u202e", Path: lint.Keys("a.b", "c"),
				Span:    lint.Span{File: "dir/a,b:c%|`.yaml", Line: 2, Column: 4, EndLine: 5, EndCol: 1},
				Related: []lint.Related{{Path: lint.Keys("x"), Span: lint.Span{File: "--set", Line: 1, Column: 3, EndLine: 1, EndCol: 4}, Message: "see [this](2)"}},
			},
			{Rule: "acme/nowhere", Severity: lint.Info, Message: "no place", Span: lint.Span{File: "-"}},
		},
	}
}

func write(t *testing.T, format string, r *lint.Report, o render.Options) string {
	t.Helper()
	f, ok := render.Lookup(format)
	if !ok {
		t.Fatalf("there is no format %q", format)
	}
	var b bytes.Buffer
	if err := f.Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestControlCharacters wants no format for people, or for what shows it to
// people as it is, to pass on what changes a terminal or the direction of text.
func TestControlCharacters(t *testing.T) {
	for _, format := range render.Names() {
		if format == "json" {
			continue // for programs, exactly
		}
		if out := write(t, format, awkward(), render.Options{FailOn: lint.Error}); strings.ContainsAny(out, "\x1b\u202e") {
			t.Errorf("%s passes control characters on: %q", format, out)
		}
	}
}

func TestGitHubEscapes(t *testing.T) {
	lines := strings.Split(write(t, "github", awkward(), render.Options{}), "\n")
	if want := "::error file=dir/a%2Cb%3Ac%25|`.yaml,line=2,endLine=5,title=acme/odd::a %25 b, c: d"; !strings.HasPrefix(lines[0], want) {
		t.Errorf("got  %s\nwant %s...", lines[0], want)
	}
	if want := "::notice file=-,title=acme/nowhere::no place"; len(lines) != 3 || lines[1] != want {
		t.Errorf("got %q, want 2 commands, the second %s", lines, want)
	}
}

// TestSummaryLimit wants a summary that GitHub takes, however much was found.
func TestSummaryLimit(t *testing.T) {
	r := &lint.Report{}
	for i := range 20000 {
		r.Findings = append(r.Findings, lint.Finding{Rule: "core/x", Severity: lint.Error, Message: strings.Repeat("long ", 20), Span: lint.Span{File: "f", Line: i + 1, Column: 1}})
	}
	var sum bytes.Buffer
	write(t, "github", r, render.Options{Summary: &sum})
	if sum.Len() > 1<<20 {
		t.Errorf("the summary has %d bytes", sum.Len())
	}
	m := regexp.MustCompile(`(\d+) findings more; see the log`).FindStringSubmatch(sum.String())
	if m == nil {
		t.Fatal("the summary does not say that it is cut")
	}
	if rows := strings.Count(sum.String(), "\n| ") - 1; fmt.Sprint(20000-rows) != m[1] {
		t.Errorf("%s are said to be left out of 20000, but %d are shown", m[1], rows)
	}
}

// TestMarkdownCells wants each finding to stay in its cell.
func TestMarkdownCells(t *testing.T) {
	bar := regexp.MustCompile(`(^|[^\\])\|`)
	for line := range strings.Lines(write(t, "markdown", awkward(), render.Options{})) {
		if strings.HasPrefix(line, "| ") && len(bar.FindAllString(line, -1)) != 5 {
			t.Errorf("not four cells: %s", line)
		}
	}
}

// TestReviewdogCountsBytes wants columns of bytes, and one suggestion of several
// edits.
func TestReviewdogCountsBytes(t *testing.T) {
	at := func(from, to int) lint.Span {
		return lint.Span{File: "f", Line: 1, Column: from, EndLine: 1, EndCol: to}
	}
	r := &lint.Report{Findings: []lint.Finding{{
		Rule: "core/x", Severity: lint.Error, Message: "m", Span: at(5, 9),
		Fix: &lint.Fix{Edits: []lint.Edit{{Span: at(9, 9), Text: `"`}, {Span: at(5, 5), Text: `"`}}},
	}}}
	out := write(t, "rdjsonl", r, render.Options{Line: func(string, int) (string, bool) { return "é: [trüe]", true }})
	for _, want := range []string{
		`"range":{"start":{"line":1,"column":6},"end":{"line":1,"column":11}}`,
		`"suggestions":[{"range":{"start":{"line":1,"column":6},"end":{"line":1,"column":11}},"text":"\"trüe\""}]`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("got %s\nwant %s", out, want)
		}
	}
}

// TestContrast holds the colors of the page against WCAG 2: 4.5 to 1 for text.
func TestContrast(t *testing.T) {
	css, err := os.ReadFile("html/report.css")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile(`:root \{([^}]*)\}`).FindAllStringSubmatch(string(css), -1)
	if len(blocks) != 2 {
		t.Fatalf("%d color schemes, want a light and a dark one", len(blocks))
	}
	for i, scheme := range []string{"light", "dark"} {
		colors := map[string][3]float64{}
		for _, m := range regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]+)`).FindAllStringSubmatch(blocks[i][1], -1) {
			colors[m[1]] = parse(t, m[2])
		}
		grounds := map[string][3]float64{"bg": colors["bg"], "soft": colors["soft"]}
		for n := range 8 {
			c, bg := colors[fmt.Sprintf("c%d", n+1)], colors["bg"]
			var mixed [3]float64
			for k := range mixed {
				mixed[k] = .09*c[k] + .91*bg[k]
			}
			grounds[fmt.Sprintf("layer %d", n+1)] = mixed
		}
		for on, ground := range grounds {
			for _, text := range []string{"fg", "dim", "link", "error", "warning", "info"} {
				if _, ok := colors[text]; !ok {
					t.Fatalf("%s has no color %s", scheme, text)
				}
				if got := contrast(colors[text], ground); got < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f", scheme, text, on, got)
				}
			}
		}
		if got := contrast(colors["mark-fg"], colors["mark"]); got < 4.5 {
			t.Errorf("%s: marked text has a contrast of %.2f", scheme, got)
		}
	}
}

func parse(t *testing.T, hex string) [3]float64 {
	t.Helper()
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	var out [3]float64
	for i := range out {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = float64(n) / 255
	}
	return out
}

func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(c [3]float64) float64 {
	for i, v := range c {
		if v <= .04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+.055)/1.055, 2.4)
		}
	}
	return .2126*c[0] + .7152*c[1] + .0722*c[2]
}
