// Package vet lints Helm values from Go: what `helmvet lint` says, without a
// process. It reads no configuration file and nothing of the environment; all
// that it judges is given to it.
//
// A Linter compiles its packs when they are first needed, and may be used by
// several goroutines at once. Two linters share nothing that either can change.
package vet

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
)

// Options change what a Linter judges by. The zero value takes the packs that
// are built in, and merges values as the newest Helm 3 does.
type Options struct {
	Packs       []string          // folders of packs beside those that are built in
	HelmVersion string            // such as 3.14 or 4
	Env         map[string]string // what $VAR and ${VAR} in values stand for; nil: they are left alone
}

// Linter judges values. It is made by New.
type Linter struct {
	packs   []*pack.Pack
	profile values.Profile
	env     values.Env
	base    *linter.Linter
}

// New returns a linter. The error names the file and line of a pack that cannot
// be used.
func New(o Options) (*Linter, error) {
	profile, err := values.ParseProfile(o.HelmVersion)
	if err != nil {
		return nil, fmt.Errorf("HelmVersion: %w", err)
	}
	l := &Linter{packs: slices.Clone(pack.Builtins()), profile: profile}
	for _, dir := range o.Packs {
		p, err := pack.Load(dir)
		if err != nil {
			return nil, err
		}
		l.packs = append(l.packs, p)
	}
	if err := pack.Satisfied(l.packs, ""); err != nil {
		return nil, err
	}
	if o.Env != nil {
		l.env = values.Env{}
		for k, v := range o.Env {
			if err := l.env.Set(k + "=" + v); err != nil {
				return nil, fmt.Errorf("Env: %w", err)
			}
		}
	}
	l.base = linter.New(l.packs, nil)
	l.base.Profile, l.base.Env = l.profile, l.env
	return l, nil
}

// File is a file in memory, by the name that findings give it.
type File struct {
	Name string
	Data []byte
}

// Release is what one `helm upgrade --install` takes.
type Release struct {
	Name, Namespace string
	Chart           string // its name
	ChartVersion    string
	Values          []File   // lowest first, as -f
	Set             []string // as --set
	Packs           []string // judge by these; otherwise what the values and the chart tell
	// Context is what packs are told beside the values, by the name of the pack.
	Context map[string]any
	// Complete says that the values are all there are, so that what is missing may
	// be judged.
	Complete bool
}

// Severity is how grave a finding is.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Position is a place in a file. Lines and columns count from 1; the end is
// exclusive.
type Position struct {
	File               string
	Line, Column       int
	EndLine, EndColumn int
}

// Finding is one problem.
type Finding struct {
	Position
	Rule     string // PACK/NAME
	Severity Severity
	Message  string
	Path     string // of the value, as --set takes it
	Release  string
	Facts    []string // the documented facts that it rests on
	Related  []Related
}

// Related is a second place that explains a finding.
type Related struct {
	Position
	Message string
}

// Lint judges releases together, and Kubernetes objects that lie beside them.
// Findings come by file and line. An error means that judging itself failed; that
// values are no YAML is a finding.
func (l *Linter) Lint(ctx context.Context, releases []Release, manifests ...File) ([]Finding, error) {
	files := map[string][]byte{}
	add := func(f File) error {
		if f.Name == "" || f.Name == "-" {
			return errors.New("a file has no name; give it one, for findings to point to")
		}
		if had, ok := files[f.Name]; ok && string(had) != string(f.Data) {
			return fmt.Errorf("two files are named %s; rename one of them", f.Name)
		}
		files[f.Name] = f.Data
		return nil
	}
	run := linter.Run{FleetDeclared: len(releases) > 1}
	for _, r := range releases {
		rel := linter.Release{
			Name: r.Name, Namespace: r.Namespace, ChartName: r.Chart, ChartVersion: r.ChartVersion,
			Packs: r.Packs, Context: r.Context, Complete: r.Complete,
		}
		rel.Values.Values = r.Set
		for _, f := range r.Values {
			if err := add(f); err != nil {
				return nil, err
			}
			rel.Values.ValueFiles = append(rel.Values.ValueFiles, f.Name)
		}
		rel.Single = len(r.Values) == 1 && len(r.Set) == 0 && r.Name == "" && !r.Complete
		run.Releases = append(run.Releases, rel)
	}
	for _, f := range manifests {
		if err := add(f); err != nil {
			return nil, err
		}
		run.Manifests = append(run.Manifests, f.Name)
	}
	out, err := l.base.With(func(name string) ([]byte, error) {
		if data, ok := files[name]; ok {
			return data, nil
		}
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}).Lint(ctx, run)
	if err != nil {
		return nil, err
	}
	found := make([]Finding, 0, len(out.Report.Findings))
	for _, f := range out.Report.Findings {
		found = append(found, findingOf(f))
	}
	return found, nil
}

// LintFile judges one values file by itself.
func (l *Linter) LintFile(ctx context.Context, name string, data []byte) ([]Finding, error) {
	return l.Lint(ctx, []Release{{Values: []File{{name, data}}}})
}

// Packs lists the names of the packs that the linter chooses from, beside those
// that judge every file.
func (l *Linter) Packs() []string {
	names := make([]string, len(l.packs))
	for i, p := range l.packs {
		names[i] = p.Name
	}
	return names
}

// Worst returns the gravest severity of some findings, "" when there are none.
func Worst(fs []Finding) Severity {
	grave := []Severity{"", Info, Warning, Error}
	if len(fs) == 0 {
		return ""
	}
	return slices.MaxFunc(fs, func(a, b Finding) int {
		return cmp.Compare(slices.Index(grave, a.Severity), slices.Index(grave, b.Severity))
	}).Severity
}

func findingOf(f lint.Finding) Finding {
	out := Finding{
		Position: positionOf(f.Span), Rule: f.Rule, Severity: Severity(f.Severity.String()), Message: f.Message,
		Path: f.Path.String(), Release: f.Release, Facts: slices.Clone(f.Facts),
	}
	for _, r := range f.Related {
		out.Related = append(out.Related, Related{positionOf(r.Span), r.Message})
	}
	return out
}

func positionOf(s lint.Span) Position {
	return Position{s.File, s.Line, s.Column, s.EndLine, s.EndCol}
}
