package app

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/render"
	"github.com/helmvet/helmvet/internal/runbook"
)

// runbook prints the steps that the packs document for this very change. What
// has to be mended first stands above them.
func (u *change) runbook(ctx context.Context, s Streams, out *linter.Outcome) error {
	var b bytes.Buffer
	run := u.new.run
	written := map[string]bool{}
	for i := range run.Releases {
		rel := &run.Releases[i]
		about, err := u.new.st.linter.Upgraded(ctx, run, rel)
		if err != nil {
			return err
		}
		for _, a := range about {
			book, err := runbook.Load(a.Pack.PolicyFS)
			if err != nil {
				return fmt.Errorf("pack %s: %w", a.Pack.Name, err)
			}
			if book == nil {
				continue
			}
			told, _ := rel.Context[a.Pack.Name].(map[string]any)
			text := string(book.Markdown(runbook.Known{
				Words: u.words(rel, &a), Context: told, Kinds: a.Kinds, Complete: run.ManifestsComplete, Policies: a.Conditions,
			}))
			if written[text] {
				continue
			}
			written[text] = true
			if b.Len() > 0 {
				b.WriteString("\n")
			}
			title, steps, _ := strings.Cut(text, "\n")
			b.WriteString(title + "\n" + first(rel, out) + steps)
		}
	}
	if b.Len() == 0 {
		return fmt.Errorf("no pack that judges these values has a runbook; --pack names one")
	}
	for line := range strings.Lines(b.String()) {
		if _, err := fmt.Fprintln(s.Out, render.Printable(strings.TrimSuffix(line, "\n"))); err != nil {
			return writeError(err)
		}
	}
	return nil
}

// first lists what would break.
func first(rel *linter.Release, out *linter.Outcome) string {
	var b strings.Builder
	for _, f := range out.Report.Findings {
		if f.Severity == lint.Error && (f.Release == "" || f.Release == rel.Name && f.Location == rel.Location) {
			fmt.Fprintf(&b, "- [ ] %s:%d: %s (`%s`)\n", f.Span.File, f.Span.Line, f.Message, f.Rule)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nMend before anything else:\n\n" + b.String()
}

// words are what commands of a runbook are filled in with.
func (u *change) words(rel *linter.Release, a *linter.Upgraded) map[string]string {
	words := map[string]string{"release": rel.Name, "namespace": rel.Namespace, "to": rel.ChartVersion, "tag": text(a.Now, "images", "tenant", "tag")}
	if rel.Previous != nil {
		words["from"], words["oldtag"] = rel.Previous.ChartVersion, text(a.Was, "images", "tenant", "tag")
	}
	words["values"] = u.files(rel)
	if rel.Previous != nil {
		words["oldvalues"] = u.files(rel.Previous)
	}
	return words
}

// files are the values files of a release as helm takes them after -f.
func (u *change) files(rel *linter.Release) string {
	var files []string
	for _, src := range rel.Sources {
		if src.File != "" && src.File != stdinName {
			files = append(files, u.name(src.File))
		}
	}
	for _, file := range rel.Values.ValueFiles {
		files = append(files, u.name(file))
	}
	return strings.Join(files, " -f ")
}

// text is a string somewhere in values.
func text(v any, keys ...string) string {
	for _, k := range keys {
		m, _ := v.(map[string]any)
		v = m[k]
	}
	s, _ := v.(string)
	return s
}
