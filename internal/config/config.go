// Package config reads the project file .helmvet.yaml.
package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
	Exclude   []string                  `json:"exclude"`
	Files     []File                    `json:"files"`
	Releases  []Release                 `json:"releases"`
	Manifests Manifests                 `json:"manifests"`
	Context   map[string]map[string]any `json:"context"`
	Locations map[string]Location       `json:"locations"`

	Dir  string           `json:"-"`
	Doc  *values.Document `json:"-"`
	Sets []*values.Node   `json:"-"` // releases[i].set, with positions
	Cmds []*values.Node   `json:"-"` // releases[i].command, with positions
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

// Told returns where packs are told about release i: the mappings by pack of
// the release, of its location and of all releases.
func (c *Config) Told(i int) []*values.Node {
	var out []*values.Node
	root := c.Doc.Values()
	for _, at := range []lint.Path{
		lint.Keys("releases").Index(i).Key("context"),
		lint.Keys("locations", c.Releases[i].Location, "context"),
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

// Release is one `helm upgrade --install`.
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
	for i := range c.Releases {
		at := lint.Keys("releases").Index(i)
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
	res := s.Check(root, cuecheck.Options{Whole: true})
	var msgs []string
	for _, f := range lint.Sort(res.Findings) {
		msgs = append(msgs, fmt.Sprintf("%s:%d:%d: %s", f.Span.File, f.Span.Line, f.Span.Column, f.Message))
	}
	if len(msgs) > 0 {
		return errors.New(strings.Join(msgs, "\n"))
	}
	return nil
}
