// Package pipeline finds the command lines of a plan: in a shell script, or in
// the steps of a pipeline file of GitLab CI, GitHub Actions, Azure Pipelines,
// Tekton, CircleCI and the like.
package pipeline

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/helmcmd"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Step is one command of a plan, with places in its file.
type Step struct {
	helmcmd.Command
	At    lint.Span
	Words []lint.Span
	// Job tells which steps run one after the other: those with an equal Job, in
	// their order. The steps of a shell script have none.
	Job string
}

// scriptKeys are the keys whose text is shell, or a list of such texts, in the
// pipelines that are known.
const scriptKeys = "script before_script after_script run bash sh inlineScript inline commands cmds"

// variableKeys are the keys of mappings of environment variables.
const variableKeys = "variables env environment"

// jobKeys are the mappings whose entries run on their own.
const jobKeys = "jobs stages deployments tasks"

// Read returns the commands of a file, in their order. A file named *.yaml or
// *.yml is a pipeline, any other a shell script. The error names file and line.
func Read(name string, data []byte, lim values.Limits) ([]Step, *values.Document, error) {
	doc := values.Parse(name, data, lim)
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml":
		if len(doc.Problems) > 0 {
			p := doc.Problems[0]
			return nil, nil, fmt.Errorf("%s:%d:%d: %s", name, p.Span.Line, p.Span.Column, p.Message)
		}
		r := reader{}
		for _, root := range doc.Roots {
			r.walk(root, nil, "")
		}
		return r.steps, doc, r.err
	}
	steps, err := parse(string(data), func(s lint.Span) lint.Span {
		s.File = name
		return s
	})
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	return steps, doc, nil
}

// Text returns the commands of one string of a document.
func Text(n *values.Node) ([]Step, error) { return parse(n.Str, n.Within) }

func parse(text string, place func(lint.Span) lint.Span) ([]Step, error) {
	cmds, err := helmcmd.ParseAll(text)
	if err != nil {
		return nil, err
	}
	out := make([]Step, len(cmds))
	for i, c := range cmds {
		out[i] = Step{Command: c, At: place(c.Span)}
		for _, w := range c.Words {
			out[i].Words = append(out[i].Words, place(w.Span))
		}
	}
	return out, nil
}

// reader collects the steps of a pipeline file.
type reader struct {
	steps []Step
	err   error
}

// walk looks for shell below n. job is the innermost job that n belongs to.
func (r *reader) walk(n *values.Node, at lint.Path, job string) {
	for i, it := range n.Items {
		r.walk(it, at.Index(i), job)
	}
	for _, f := range n.Fields {
		here := at.Key(f.Key)
		switch {
		case in(scriptKeys, f.Key) && (f.Value.Kind == values.String || isTexts(f.Value)):
			r.script(f.Value, job)
			continue
		case in(variableKeys, f.Key) && f.Value.Kind == values.Map:
			r.variables(f.Value, job)
		}
		in := job
		if len(at) == 0 || in == "" || isJob(at) {
			in = here.String()
		}
		r.walk(f.Value, here, in)
	}
}

// isJob reports whether the entries of the mapping at the path are jobs.
func isJob(at lint.Path) bool { return in(jobKeys, at.Last().Key) }

func isTexts(n *values.Node) bool {
	return n.Kind == values.List && len(n.Items) > 0 && !slices.ContainsFunc(n.Items, func(it *values.Node) bool { return it.Kind != values.String })
}

func (r *reader) script(n *values.Node, job string) {
	texts := n.Items
	if n.Kind == values.String {
		texts = []*values.Node{n}
	}
	for _, t := range texts {
		steps, err := Text(t)
		if err != nil {
			if r.err == nil {
				r.err = fmt.Errorf("%s:%d:%d: %w", t.Span.File, t.Span.Line, t.Span.Column, err)
			}
			continue
		}
		for i := range steps {
			steps[i].Job = job
		}
		r.steps = append(r.steps, steps...)
	}
}

// variables turns a mapping of environment variables into assignments.
func (r *reader) variables(n *values.Node, job string) {
	s := Step{At: n.Span, Job: job}
	for _, f := range n.Fields {
		v := f.Value
		if v.Kind == values.Map || v.Kind == values.List || v.Kind == values.Null {
			continue
		}
		text := v.Str
		if v.Kind != values.String {
			text = v.Text
		}
		s.Assigns = append(s.Assigns, helmcmd.Assign{Name: f.Key, Value: helmcmd.Value{Text: text, Known: !v.Unknown(), Word: len(s.Words)}})
		s.Words = append(s.Words, v.Span)
	}
	if len(s.Words) > 0 {
		r.steps = append(r.steps, s)
	}
}

func in(list, word string) bool { return slices.Contains(strings.Fields(list), word) }
