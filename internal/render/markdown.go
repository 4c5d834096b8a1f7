package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

func init() { register(Format{Name: "markdown", Write: Markdown, Sources: true}) }

// Markdown writes a report for merge requests, job summaries and wikis.
func Markdown(w io.Writer, r *lint.Report, o Options) error {
	var b bytes.Buffer
	writeMarkdown(&b, r, &o, 0)
	_, err := w.Write(b.Bytes())
	return err
}

// writeMarkdown stops before limit bytes, when there is one, and says how many
// findings it left out.
func writeMarkdown(b *bytes.Buffer, r *lint.Report, o *Options, limit int) {
	fmt.Fprintf(b, "## helmvet: %s\n\n%s judged by %s", counts(r), judged(r), strings.Join(r.Packs, ", "))
	if r.Suppressed > 0 {
		fmt.Fprintf(b, "; %s suppressed", plural(r.Suppressed, "finding"))
	}
	b.WriteString(".\n")
	file := "\n"
	for i := range r.Findings {
		f := &r.Findings[i]
		start := b.Len()
		if f.Span.File != file {
			file = f.Span.File
			fmt.Fprintf(b, "\n### %s\n\n| line | severity | rule | message |\n|---:|---|---|---|\n", code(file))
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", markdownLine(f.Span), f.Severity, markdownRule(f.Rule, o), markdownMessage(f))
		if limit > 0 && b.Len() > limit {
			b.Truncate(start)
			fmt.Fprintf(b, "\n%s more; see the log of the job.\n", plural(len(r.Findings)-i, "finding"))
			return
		}
	}
}

func markdownLine(s lint.Span) string {
	if s.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d:%d", s.Line, s.Column)
}

func markdownRule(rule string, o *Options) string {
	if url := o.help(rule); url != "" {
		return "[" + code(rule) + "](" + url + ")"
	}
	return code(rule)
}

func markdownMessage(f *lint.Finding) string {
	text := inMarkdown(f.Message)
	if name := about(f); name != "" {
		text += "<br>release " + inMarkdown(name)
	}
	for _, r := range f.Related {
		text += "<br>" + code(place(r.Span)) + ": " + inMarkdown(r.Message)
	}
	if f.Source != nil {
		text += "<br>*" + inMarkdown(source(f.Source)) + "*"
	}
	return text
}

// markdownEscaper takes away the meaning that characters have to Markdown, in
// cells of tables, too.
var markdownEscaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "~", `\~`, "#", `\#`, "@", "&#64;",
	"\r", "", "\n", "<br>",
)

func inMarkdown(s string) string { return markdownEscaper.Replace(Printable(s)) }

// code sets text as code, whatever quotes it holds.
func code(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(Printable(s), "|", `\|`), "\n", " ")
	if !strings.Contains(s, "`") {
		return "`" + s + "`"
	}
	return "`` " + strings.ReplaceAll(s, "``", "` `") + " ``"
}
