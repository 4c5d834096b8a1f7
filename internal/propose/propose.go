// Package propose writes a first .helmvet.yaml for a repository: what it finds
// there, and why it was taken.
package propose

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/values"
)

// SchemaURL is where editors find the JSON Schema of the file.
const SchemaURL = "https://raw.githubusercontent.com/helmvet/helmvet/main/schema/json/helmvet-config.schema.json"

// ErrNothing says that a repository holds nothing to lint.
var ErrNothing = errors.New("found no values files, charts, helmfile, Argo CD, Flux or k0rdent objects and no numbered chart folders")

// Proposal is a project file with what it covers.
type Proposal struct {
	Text     string
	Releases int // how many releases it lists or finds
	Objects  int // how many files of Kubernetes objects lie beside them
}

// Covers says what the file covers, in words.
func (p *Proposal) Covers() string {
	var parts []string
	if p.Releases > 0 {
		parts = append(parts, count(p.Releases, "release"))
	}
	if p.Objects > 0 {
		parts = append(parts, count(p.Objects, "file")+" of Kubernetes objects")
	}
	return strings.Join(parts, " and ")
}

// For looks through the tree, from its base down, and proposes a project file.
// Packs are the folders of a user's own packs. It fails with ErrNothing when
// there is nothing to lint.
func For(t *discover.Tree, packs []string) (*Proposal, error) {
	files, err := t.Files()
	if err != nil {
		return nil, err
	}
	s := &survey{tree: t, packs: packs, taken: map[string]bool{}, root: path.Clean(path.Join(t.Base, "."))}
	for _, name := range files {
		if s.root == "." || strings.HasPrefix(name, s.root+"/") {
			s.files = append(s.files, name)
		}
	}
	s.sort()
	for _, find := range []func() error{s.numbered, s.helmfiles, s.manifests, s.charts, s.values} {
		if err := find(); err != nil {
			return nil, err
		}
	}
	if len(s.entries) == 0 && len(s.objects) == 0 {
		return nil, ErrNothing
	}
	p := &Proposal{Text: s.text(), Objects: len(s.objects)}
	for _, e := range s.entries {
		p.Releases += e.releases
	}
	return p, nil
}

// survey is what was found so far.
type survey struct {
	tree  *discover.Tree
	root  string // the folder of the project file in the tree
	packs []string
	files []string

	yaml      []string        // files that are YAML, less those of charts' templates
	chartDirs []string        // folders with a Chart.yaml
	declaring []string        // manifests that declare releases
	objects   []string        // other manifests
	taken     map[string]bool // values files that some release has already
	entries   []entry
}

// entry is one entry of `releases` with the reason for it.
type entry struct {
	why      []string
	lines    []string
	releases int
}

// rel is a name as the project file says it.
func (s *survey) rel(name string) string {
	if s.root == "." {
		return name
	}
	if name == s.root {
		return "."
	}
	return strings.TrimPrefix(name, s.root+"/")
}

var (
	valuesName  = lazyregexp.New(`(?i)values[^/]*\.ya?ml$`)
	declaration = lazyregexp.New(`(?m)^[ ]*"?kind"?[ ]*:[ ]*"?(Application|ApplicationSet|HelmRelease|ClusterDeployment|MultiClusterService)"?[ \r]*$`)
	anyKind     = lazyregexp.New(`(?m)^"?kind"?[ ]*:[ ]*"?(\w+)`)
	apiVersion  = lazyregexp.New(`(?m)^"?apiVersion"?[ ]*:`)
)

// sort tells the files apart by name and by a first look inside.
func (s *survey) sort() {
	for _, name := range s.files {
		if path.Base(name) == "Chart.yaml" {
			s.chartDirs = append(s.chartDirs, path.Dir(name))
		}
	}
	for _, name := range s.files {
		if ext := path.Ext(name); ext != ".yaml" && ext != ".yml" || s.inTemplates(name) {
			continue
		}
		data, err := s.tree.Read(name)
		if err != nil {
			continue // too large, or not readable: no manifest and no values
		}
		s.yaml = append(s.yaml, name)
		switch {
		case !isObject(data):
		case declaration.Match(data):
			s.declaring = append(s.declaring, name)
		case !strings.Contains(string(data), "{{"):
			s.objects = append(s.objects, name)
		}
	}
}

// isObject reports whether a file holds Kubernetes objects that rules may look
// at. Definitions of resources and files of kustomize are none.
func isObject(data []byte) bool {
	if !apiVersion.Match(data) {
		return false
	}
	for _, m := range anyKind.FindAllSubmatch(data, -1) {
		if k := string(m[1]); k != "CustomResourceDefinition" && k != "Kustomization" && k != "Component" {
			return true
		}
	}
	return false
}

// inTemplates reports whether a file belongs to what a chart renders or vendors.
func (s *survey) inTemplates(name string) bool {
	for _, dir := range s.chartDirs {
		for _, sub := range []string{"templates", "charts", "crds"} {
			if strings.HasPrefix(name, path.Join(dir, sub)+"/") {
				return true
			}
		}
	}
	return false
}

// take notes what the found releases use, so that it is not proposed again.
func (s *survey) take(rs []discover.Release) {
	for _, r := range rs {
		for _, l := range r.Layers {
			if l.File != "" {
				s.taken[l.File] = true
			}
		}
		if r.Chart.Path != "" {
			s.taken[r.Chart.Path] = true
			s.taken[path.Join(r.Chart.Path, "values.yaml")] = true
		}
	}
}

// summary names a few releases and what could not be read.
func summary(rs []discover.Release) []string {
	var names []string
	unread := 0
	for _, r := range rs {
		if !slices.Contains(names, r.Name) {
			names = append(names, r.Name)
		}
		unread += len(r.Notes)
	}
	list := strings.Join(names, ", ")
	if len(names) > 4 {
		list = fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
	}
	out := []string{fmt.Sprintf("%s: %s", count(len(rs), "release"), list)}
	if unread > 0 {
		out = append(out, fmt.Sprintf("%s cannot be read here; `helmvet lint --verbose` says why.", count(unread, "layer")))
	}
	return out
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// quote writes a string as YAML would have it.
func quote(s string) string {
	if plain.MatchString(s) {
		if d := values.Parse("", []byte("v: "+s), values.DefaultLimits).Values(); d != nil && d.Get("v") != nil && d.Get("v").Value.Kind == values.String && d.Get("v").Value.Str == s {
			return s
		}
	}
	return fmt.Sprintf("%q", s)
}

var plain = lazyregexp.New(`\A[A-Za-z0-9_./][A-Za-z0-9_./+ -]*\z`)

func quoteAll(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = quote(s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}
