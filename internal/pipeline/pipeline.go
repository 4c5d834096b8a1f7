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
			r.walk(root, nil, scope{})
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

// scope is what holds for a part of a pipeline.
type scope struct {
	job       string         // the innermost job
	namespace *helmcmd.Value // HELM_NAMESPACE, where the pipeline sets it
}

// walk looks for shell below n.
func (r *reader) walk(n *values.Node, at lint.Path, s scope) {
	for i, it := range n.Items {
		r.walk(it, at.Index(i), s)
	}
	for _, f := range n.Fields { // variables hold for what stands before them, too
		if in(variableKeys, f.Key) {
			inner := s
			if len(at) == 0 || s.job == "" {
				inner.job = at.Key(f.Key).String()
			}
			s.namespace = r.variables(f.Value, inner)
		}
	}
	for _, f := range n.Fields {
		here := at.Key(f.Key)
		if in(scriptKeys, f.Key) && hasText(f.Value) {
			r.script(f.Value, s)
			continue
		}
		inner := s
		if len(at) == 0 || s.job == "" || isJob(at) {
			inner.job = here.String()
		}
		r.walk(f.Value, here, inner)
	}
}

// isJob reports whether the entries of the mapping at the path are jobs.
func isJob(at lint.Path) bool { return in(jobKeys, at.Last().Key) }

// hasText tells a script, or a list of lines that may hold references to other
// lists, from keys of the same name that mean something else.
func hasText(n *values.Node) bool {
	return n.Kind == values.String || slices.ContainsFunc(n.Items, func(it *values.Node) bool { return it.Kind == values.String })
}

func (r *reader) script(n *values.Node, s scope) {
	texts := n.Items
	if n.Kind == values.String {
		texts = []*values.Node{n}
	}
	for _, t := range texts {
		if t.Kind != values.String {
			continue
		}
		steps, err := parse(t.Str, t.Within)
		if err != nil {
			if r.err == nil {
				r.err = fmt.Errorf("%s:%d:%d: %w", t.Span.File, t.Span.Line, t.Span.Column, err)
			}
			continue
		}
		for i := range steps {
			c := &steps[i]
			if c.Job = s.job; c.Tool == "helm" && c.Namespace == nil {
				c.Namespace = s.namespace
			}
		}
		r.steps = append(r.steps, steps...)
	}
}

// variables turns environment variables into assignments: a mapping, or a list
// of names and values. It returns what HELM_NAMESPACE is then.
func (r *reader) variables(n *values.Node, s scope) *helmcmd.Value {
	step := Step{At: n.Span, Job: s.job}
	set := func(name string, v *values.Node) {
		if v.Kind == values.Map || v.Kind == values.List || v.Kind == values.Null {
			return
		}
		text := v.Str
		if v.Kind != values.String {
			text = v.Text
		}
		value := helmcmd.Value{Text: text, Known: !v.Unknown(), Word: len(step.Words)}
		step.Assigns = append(step.Assigns, helmcmd.Assign{Name: name, Value: value})
		step.Words = append(step.Words, v.Span)
		if name == "HELM_NAMESPACE" && text != "" {
			value.Word = -1
			s.namespace = &value
		}
	}
	for _, f := range n.Fields {
		set(f.Key, f.Value)
	}
	for _, it := range n.Items {
		if name, value := it.Get("name"), it.Get("value"); name != nil && value != nil {
			set(name.Value.Str, value.Value)
		}
	}
	if len(step.Words) > 0 {
		r.steps = append(r.steps, step)
	}
	return s.namespace
}

func in(list, word string) bool { return slices.Contains(strings.Fields(list), word) }
