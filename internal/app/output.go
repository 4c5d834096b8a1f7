package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/render"
	"github.com/helmvet/helmvet/internal/scratch"
	"golang.org/x/term"
)

// output is one report to write.
type output struct {
	render.Format
	file string    // "" for a stream
	to   io.Writer // the stream; nil for standard output
	auto bool      // nobody asked for it
}

type outputs []output

// parseOutputs reads the values of --output. Without any, findings go to
// standard output as text, and inside GitHub Actions to standard error as
// annotations.
func parseOutputs(s Streams, specs []string) (outputs, error) {
	if len(specs) == 0 {
		text, _ := render.Lookup("text")
		out := outputs{{Format: text}}
		if github, _ := render.Lookup("github"); annotates(s) {
			out = append(out, output{Format: github, to: s.Err, auto: true})
		}
		return out, nil
	}
	var out outputs
	var stdout []string
	for _, spec := range specs {
		name, file, toFile := strings.Cut(spec, "=")
		format, ok := render.Lookup(name)
		if !ok {
			return nil, fmt.Errorf("--output %q is not one of %s", name, strings.Join(render.Names(), ", "))
		}
		if toFile && file == "" {
			return nil, fmt.Errorf("--output %q names no file; write %s=FILE", spec, name)
		}
		if !toFile {
			stdout = append(stdout, name)
		}
		if i := slices.IndexFunc(out, func(o output) bool { return toFile && o.file != "" && filepath.Clean(o.file) == filepath.Clean(file) }); i >= 0 {
			return nil, fmt.Errorf("--output %q and %q write to the same file", out[i].Name+"="+out[i].file, spec)
		}
		out = append(out, output{Format: format, file: file})
	}
	// Workflow commands are taken out of the log, so they may follow a text.
	if len(stdout) > 2 || len(stdout) == 2 && !(slices.Contains(stdout, "text") && slices.Contains(stdout, "github")) {
		return nil, errors.New("--output: only one format can go to standard output, or text and github together; write the others as FORMAT=FILE")
	}
	slices.SortStableFunc(out, func(a, b output) int { return rank(a) - rank(b) })
	return out, nil
}

// rank puts annotations behind the text that they follow.
func rank(o output) int {
	if o.Name == "github" && o.file == "" {
		return 1
	}
	return 0
}

// annotates reports whether the run is a step of GitHub Actions that reads
// standard error: the runner passes a pipe, and takes commands from it.
func annotates(s Streams) bool {
	if os.Getenv("GITHUB_ACTIONS") != "true" {
		return false
	}
	f, ok := s.Err.(*os.File)
	if !ok {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeNamedPipe != 0
}

// ask tells the run what the formats need beyond the findings.
func (all outputs) ask(run *linter.Run) *pages {
	var p *pages
	for _, o := range all {
		run.Sources = run.Sources || o.Sources
		run.Around = max(run.Around, o.Around)
		if o.Values && p == nil {
			p = newPages()
			run.Merged = p.add
		}
	}
	return p
}

// files are the reports that go into files.
func (all outputs) files() outputs {
	return slices.DeleteFunc(slices.Clone(all), func(o output) bool { return o.file == "" })
}

// write writes all reports.
func (all outputs) write(s Streams, st *setup, run *linter.Run, out *linter.Outcome, p *pages, explain bool, color string, failOn lint.Severity) error {
	opts := render.Options{
		Explain: explain, Version: version(), FailOn: failOn, Line: out.Lines.Line, FromRoot: newRepository(".").name,
		HelpURL: helpURL, Rules: func() ([]lint.Rule, error) { return rulesOf(st.linter.Packs, out.Report.Packs) },
	}
	if p != nil {
		opts.Releases = p.list(run.Releases)
	}
	for _, o := range all {
		if err := o.write(s, opts, &out.Report, color); err != nil {
			return err
		}
	}
	return nil
}

func (o output) write(s Streams, opts render.Options, r *lint.Report, color string) error {
	opts.Color = color == "always"
	if o.Summary && !o.auto {
		if name := os.Getenv("GITHUB_STEP_SUMMARY"); name != "" {
			f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
			if err != nil {
				return defect(fmt.Errorf("cannot write the summary: %w", err))
			}
			defer f.Close()
			opts.Summary = f
		}
	}
	if o.file == "" {
		w := o.to
		if w == nil {
			w = s.Out
		}
		if color == "auto" {
			opts.Color = isTerminal(w) && os.Getenv("NO_COLOR") == ""
		}
		return writeError(o.Write(w, r, opts))
	}
	var b bytes.Buffer
	if err := o.Write(&b, r, opts); err != nil {
		return defect(err)
	}
	if err := scratch.Write(o.file, b.Bytes()); err != nil {
		return defect(fmt.Errorf("cannot write %s: %w", o.file, cause(err)))
	}
	return nil
}

func isTerminal(w io.Writer) bool {
	if o, ok := w.(*watched); ok {
		w = o.Writer
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// helpURL is the page of a rule of a built-in pack.
func helpURL(rule string) string {
	name, _, _ := strings.Cut(rule, "/")
	if !pack.IsCoded(name) && !slices.Contains(pack.BuiltinNames, name) {
		return ""
	}
	rev := "main"
	if v := version(); strings.HasPrefix(v, "v") && !strings.ContainsAny(v, "-+") {
		rev = v
	}
	return "https://github.com/helmvet/helmvet/blob/" + rev + "/" + render.HelpPage(rule)
}

// rulesOf returns the words of all rules of the named packs, sorted by id.
func rulesOf(packs []*pack.Pack, names []string) ([]lint.Rule, error) {
	rules := slices.DeleteFunc(pack.CodedRules(), func(r lint.Rule) bool {
		name, _, _ := strings.Cut(r.ID, "/")
		return !slices.Contains(names, name)
	})
	for _, p := range packs {
		if !slices.Contains(names, p.Name) {
			continue
		}
		ids, err := p.RuleIDs()
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			r, _, err := p.Rule(id)
			if err != nil {
				return nil, err
			}
			rules = append(rules, r)
		}
	}
	slices.SortFunc(rules, func(a, b lint.Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules, nil
}
