// Package discover finds releases where people keep them: in helmfile.yaml, in
// objects of Argo CD, Flux and k0rdent, and in folders that follow a pattern.
// It reads what is written in the repository, fetches nothing and runs no
// templates; what it cannot read it says.
package discover

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Tool is what installs the releases that were found.
type Tool string

// The tools whose files are read.
const (
	Helmfile Tool = "helmfile"
	Argo     Tool = "argocd"
	Flux     Tool = "flux"
	K0rdent  Tool = "k0rdent"
	Folders  Tool = "pattern"
)

// Release is one `helm upgrade --install` as some file declares it.
type Release struct {
	Tool      Tool
	Name      string
	Namespace string
	Location  string // the cluster or environment; "" when it is not told
	Chart     Chart
	Layers    []values.Source // in the order in which the tool applies them
	// Secrets are the paths of values that come from Secrets. They must never be
	// printed.
	Secrets []lint.Path
	Span    lint.Span // where it is declared
	// Platforms are the alternatives that files of a folder layout are for.
	Platforms []string
	// Notes name the layers that were not read. With any, what is missing from
	// the values may stand there.
	Notes []Note
	// Many tells that it stands for releases whose number is not known.
	Many bool
	// Patch tells that it is a HelmRelease without chart, which kustomize merges
	// with another: an overlay, no release of its own.
	Patch bool

	object string // the name of the object, which may differ from the release's
}

// Incomplete reports whether layers are missing, so that nothing may be said
// about what the values lack.
func (r *Release) Incomplete() bool { return len(r.Notes) > 0 }

// Chart is the chart of a release, as far as it is told.
type Chart struct {
	Name    string
	Version string // an exact version; "" for a range
	Path    string // the folder or archive when it is part of the repository
}

// Note says what was not read, where it is declared, and why.
type Note struct {
	Span lint.Span
	Text string
}

// String returns the note as output shows it.
func (n Note) String() string {
	if n.Span.IsZero() {
		return n.Span.File + ": " + n.Text
	}
	return fmt.Sprintf("%s:%d: %s", n.Span.File, n.Span.Line, n.Text)
}

func (r *Release) note(at lint.Span, format string, args ...any) {
	r.Notes = append(r.Notes, Note{at, fmt.Sprintf(format, args...)})
}

// sortReleases orders releases by where they are declared.
func sortReleases(rs []Release) {
	slices.SortStableFunc(rs, func(a, b Release) int {
		return cmp.Or(cmp.Compare(a.Span.File, b.Span.File), cmp.Compare(a.Span.Line, b.Span.Line))
	})
}

// exactVersion returns a version that names one chart, and "" for a range,
// which names many.
func exactVersion(v string) string {
	if v == "" || strings.ContainsAny(v, "*^~<>=|, ") || strings.HasSuffix(v, ".x") || !strings.ContainsAny(v[:1], "v0123456789") {
		return ""
	}
	return v
}
