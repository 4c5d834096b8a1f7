// Package config reads the project file .helmvet.yaml.
package config

//go:generate go run ./gen

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/helmvet/helmvet/internal/cuecheck"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/helmvet/helmvet/schema"
)

// FileName is the name that Find looks for.
const FileName = ".helmvet.yaml"

// Config is the project file. Paths in it are relative to Dir.
type Config struct {
	Packs     []string                  `json:"packs"`
	Env       Env                       `json:"env"`
	Rules     map[string]Rule           `json:"rules"`
	Ignore    []Ignore                  `json:"ignore"`
	Baseline  string                    `json:"baseline"`
	Exclude   []string                  `json:"exclude"`
	Files     []File                    `json:"files"`
	Releases  Releases                  `json:"releases"`
	Manifests Manifests                 `json:"manifests"`
	Context   map[string]map[string]any `json:"context"`
	Locations map[string]Location       `json:"locations"`

	Dir  string           `json:"-"`
	Doc  *values.Document `json:"-"`
	Sets []*values.Node   `json:"-"` // releases[i].set, with positions
	Cmds []*values.Node   `json:"-"` // releases[i].command, with positions

	single bool // releases is one place instead of a list
}

// ReleasePath is the path of the i-th entry of Releases.
func (c *Config) ReleasePath(i int) lint.Path {
	at := lint.Keys("releases")
	if c.single {
		return at
	}
	return at.Index(i)
}

// Rule is what holds for a rule, or for all rules of a pack.
type Rule struct {
	Severity  string `json:"severity"`
	Ignorable *bool  `json:"ignorable"`
}

// UnmarshalJSON takes the short form, a bare severity, too.
func (r *Rule) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &r.Severity)
	}
	type plain Rule
	return json.Unmarshal(data, (*plain)(r))
}

// Ignore is what is known and accepted.
type Ignore struct {
	Rule     string   `json:"rule"`
	Reason   string   `json:"reason"`
	Files    []string `json:"files"`
	Values   []string `json:"values"`
	Releases []string `json:"releases"`
	Until    string   `json:"until"`
}

// Location is what holds at one location only.
type Location struct {
	Context map[string]map[string]any `json:"context"`
}

// Told returns where packs are told about a release of entry i at a location:
// the mappings by pack of the entry, of the location and of all releases.
func (c *Config) Told(i int, location string) []*values.Node {
	var out []*values.Node
	root := c.Doc.Values()
	for _, at := range []lint.Path{
		c.ReleasePath(i).Key("context"),
		lint.Keys("locations", location, "context"),
		lint.Keys("context"),
	} {
		if n := root.Lookup(at); n != nil {
			out = append(out, n)
		}
	}
	return out
}

// Env says where placeholders get their values.
type Env struct {
	Files []string          `json:"files"`
	Vars  map[string]string `json:"vars"`
}

// File names the pack of the files that a glob matches.
type File struct {
	Glob string `json:"glob"`
	Pack string `json:"pack"`
}

// Releases are releases and places where releases are found.
type Releases []Release

// UnmarshalJSON takes the short form, a single place, too.
func (rs *Releases) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '{' {
		*rs = make(Releases, 1)
		return json.Unmarshal(data, &(*rs)[0])
	}
	return json.Unmarshal(data, (*[]Release)(rs))
}

// Release is one `helm upgrade --install`, or a place where releases are found.
type Release struct {
	Name      string                    `json:"name"`
	Namespace string                    `json:"namespace"`
	Location  string                    `json:"location"`
	Chart     Chart                     `json:"chart"`
	Values    []string                  `json:"values"`
	Command   string                    `json:"command"`
	Commands  []string                  `json:"commands"` // scripts and pipeline files
	Packs     []string                  `json:"packs"`
	Context   map[string]map[string]any `json:"context"`

	Place
}

// Place is where releases are found; exactly one of its fields is set, besides
// Platform, which belongs to Pattern.
type Place struct {
	Pattern  string `json:"pattern"`
	Platform Names  `json:"platform"`
	Helmfile string `json:"helmfile"`
	Argo     string `json:"argocd"`
	Flux     string `json:"flux"`
	K0rdent  string `json:"k0rdent"`
}

// Given reports whether the entry is a place.
func (p *Place) Given() bool {
	return p.Pattern+p.Helmfile+p.Argo+p.Flux+p.K0rdent != ""
}

// Names are one name or a list of names.
type Names []string

// UnmarshalJSON takes a single name for a list of it.
func (n *Names) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*n = make(Names, 1)
		return json.Unmarshal(data, &(*n)[0])
	}
	return json.Unmarshal(data, (*[]string)(n))
}

// Chart is the chart of a release.
type Chart struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Path    string `json:"path"`
}

// Manifests are Kubernetes objects that lie beside the values.
type Manifests struct {
	Files    []string `json:"files"`
	Complete bool     `json:"complete"`
}

// UnmarshalJSON takes the short form, a bare list of globs, too.
func (m *Manifests) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '[' {
		return json.Unmarshal(data, &m.Files)
	}
	type plain Manifests
	return json.Unmarshal(data, (*plain)(m))
}

// Find looks for the project file in dir and above. It returns "" when there
// is none.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		name := filepath.Join(dir, FileName)
		switch _, err := os.Stat(name); {
		case err == nil:
			return name, nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", nil
		}
		dir = up
	}
}

// Parse reads the project file's text. The error lists every mistake with file
// and line.
func Parse(name string, data []byte) (*Config, error) {
	doc := values.Parse(name, data, values.DefaultLimits)
	if len(doc.Problems) > 0 {
		p := doc.Problems[0]
		return nil, fmt.Errorf("%s:%d:%d: %s", name, p.Span.Line, p.Span.Column, p.Message)
	}
	root := doc.Values()
	if root == nil {
		return nil, fmt.Errorf("%s: configuration is not a mapping; start with a key such as `releases:`", name)
	}
	if err := check(root); err != nil {
		return nil, err
	}
	c := &Config{Dir: filepath.Dir(name), Doc: doc}
	raw, err := json.Marshal(root.Any())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := json.Unmarshal(raw, c); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if f := root.Get("releases"); f != nil {
		c.single = f.Value.Kind == values.Map
	}
	for i := range c.Releases {
		at := c.ReleasePath(i)
		c.Sets = append(c.Sets, root.Lookup(at.Key("set")))
		c.Cmds = append(c.Cmds, root.Lookup(at.Key("command")))
	}
	return c, nil
}

func check(root *values.Node) error {
	s, err := cuecheck.Compile("config", schema.FS("config"))
	if err != nil {
		return err
	}
	found := entries(root)
	for _, f := range s.Check(root, cuecheck.Options{Whole: true}).Findings {
		if !slices.ContainsFunc(found, func(e lint.Finding) bool { return f.Path.HasPrefix(e.Path) }) {
			found = append(found, f)
		}
	}
	var msgs []string
	for _, f := range lint.Sort(found) {
		msgs = append(msgs, fmt.Sprintf("%s:%d:%d: %s", f.Span.File, f.Span.Line, f.Span.Column, f.Message))
	}
	if len(msgs) > 0 {
		return errors.New(strings.Join(msgs, "\n"))
	}
	return nil
}

// forms are the keys that tell what an entry of `releases` is.
var forms = []string{"name", "pattern", "helmfile", "argocd", "flux", "k0rdent"}

// entries finds entries of `releases` that do not tell what they are, or tell
// it twice. The schema would measure them by a form that was not meant.
func entries(root *values.Node) []lint.Finding {
	f := root.Get("releases")
	if f == nil {
		return nil
	}
	at := lint.Keys("releases")
	if f.Value.Kind == values.Map {
		if name := f.Value.Get("name"); name != nil && len(told(f.Value)) == 1 {
			return []lint.Finding{{Path: at, Span: name.KeySpan, Message: "releases is a mapping, but releases with a name are a list; write `- name: ...`"}}
		}
		return entry(f.Value, at)
	}
	var out []lint.Finding
	for i, it := range f.Value.Items {
		out = append(out, entry(it, at.Index(i))...)
	}
	return out
}

func entry(n *values.Node, at lint.Path) []lint.Finding {
	if n.Kind != values.Map {
		return nil
	}
	switch is := told(n); len(is) {
	case 0:
		for _, f := range n.Fields {
			for _, form := range forms {
				if levenshtein.Distance(f.Key, form, nil) <= 2 {
					return []lint.Finding{{Path: at, Span: f.KeySpan, Message: fmt.Sprintf("unknown key %q in %s; did you mean %q?", f.Key, at, form)}}
				}
			}
		}
		return []lint.Finding{{Path: at, Span: n.Span, Message: fmt.Sprintf("%s names no release; give it one of %s", at, strings.Join(forms, ", "))}}
	case 1:
		return nil
	default:
		return []lint.Finding{{Path: at, Span: is[1].KeySpan, Message: fmt.Sprintf("%s has both %s and %s; write an entry for each", at, is[0].Key, is[1].Key)}}
	}
}

// told lists the fields that tell what an entry is.
func told(n *values.Node) []*values.Field {
	var out []*values.Field
	for _, f := range n.Fields {
		if slices.Contains(forms, f.Key) {
			out = append(out, f)
		}
	}
	return out
}
