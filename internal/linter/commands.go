package linter

import (
	"fmt"

	"github.com/helmvet/helmvet/internal/helmcmd"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/pipeline"
	"github.com/helmvet/helmvet/internal/regocheck"
	"github.com/helmvet/helmvet/internal/values"
)

// commands are the commands of the release as rules see them: its command line,
// then those of its files. What helmcmd tells of each is followed by job, absent
// where a command runs after those before it that have none either.
func (l *Linter) commands(rel *Release) ([]regocheck.Command, error) {
	var out []regocheck.Command
	if rel.Command != "" {
		cmds, err := helmcmd.ParseAll(rel.Command)
		if err != nil {
			return nil, fmt.Errorf("command of %s: %w", describe(rel), err)
		}
		for _, c := range cmds {
			rc := regocheck.Command{Value: c.Input(), Span: rel.CommandAt(c.Span)}
			for _, w := range c.Words {
				rc.Words = append(rc.Words, rel.CommandAt(w.Span))
			}
			out = append(out, rc)
		}
	}
	for _, name := range rel.Commands {
		data, err := l.Read(name)
		if err != nil {
			return nil, err
		}
		steps, _, err := pipeline.Read(name, data, l.Limits)
		if err != nil {
			return nil, fmt.Errorf("commands of %s: %w", describe(rel), err)
		}
		for _, s := range steps {
			in := s.Input()
			if s.Job != "" {
				in["job"] = name + " " + s.Job
			}
			out = append(out, regocheck.Command{Value: in, Span: s.At, Words: s.Words})
		}
	}
	return out, nil
}

// CommandAt places a span of the command line in the file that holds it.
func (r *Release) CommandAt(s lint.Span) lint.Span {
	if r.CommandNode == nil {
		s.File = "command"
		return s
	}
	return r.CommandNode.Within(s)
}

// plans returns the files of commands, for their ignore comments.
func (l *Linter) plans(rel *Release) ([]*values.Document, error) {
	var out []*values.Document
	for _, name := range rel.Commands {
		data, err := l.Read(name)
		if err != nil {
			return nil, err
		}
		out = append(out, values.Parse(name, data, l.Limits))
	}
	return out, nil
}
