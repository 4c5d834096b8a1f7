// Package chart reads Helm charts, from folders and from archives: what
// Chart.yaml says, the default values with their positions, schemas, templates
// and subcharts. It renders nothing and fetches nothing.
package chart

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/Masterminds/semver/v3"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// File is one file of a chart.
type File struct {
	Path string // inside the chart, with slashes: templates/service.yaml
	Name string // as findings name it
	Data []byte
}

// Chart is a chart as it lies on disk; no values have been merged and no
// subchart has been disabled.
type Chart struct {
	Location string // the folder or archive; inside an archive ARCHIVE:FOLDER
	Metadata Metadata
	// Manifest is Chart.yaml.
	Manifest *values.Document
	// Values is values.yaml, nil when the chart has none.
	Values *values.Document
	// Schema is values.schema.json, nil when the chart has none.
	Schema *File
	// Templates are all files below templates/, sorted by path.
	Templates []File
	// Texts are other files with template expressions that read values.
	Texts []File
	// Readme and Changelog are nil when the chart has none.
	Readme, Changelog *File
	// Charts are the charts below charts/, sorted by folder or archive, whether
	// or not Chart.yaml lists them.
	Charts []*Chart

	mu    sync.Mutex
	trees map[values.Profile]tree
}

// Metadata is what Chart.yaml says.
type Metadata struct {
	APIVersion, Name, Version, AppVersion, KubeVersion, Type string

	Deprecated   bool
	Annotations  map[string]string
	Dependencies []Dependency
}

// Dependency is one entry of `dependencies`.
type Dependency struct {
	Name, Version, Repository, Condition, Alias string

	Tags         []string
	ImportValues []Import
	// Node is the entry, in Chart.yaml or requirements.yaml.
	Node *values.Node
}

// Import is one entry of `import-values`: the mapping Child of the dependency
// becomes the mapping Parent of the chart, "." being all of its values. Short
// is the form that only names an export.
type Import struct {
	Child, Parent string
	Short         bool
}

// Key is the key that the dependency's values stand under.
func (d *Dependency) Key() string { return cmp.Or(d.Alias, d.Name) }

// Conditions are the paths of the condition, in the order of their precedence.
func (d *Dependency) Conditions() []string {
	return slices.DeleteFunc(strings.Split(strings.TrimSpace(d.Condition), ","), func(s string) bool { return s == "" })
}

// Span is the place of an entry of the dependency, or of the dependency.
func (d *Dependency) Span(key string) lint.Span {
	if f := d.Node.Get(key); f != nil && !f.Value.Span.IsZero() {
		return f.Value.Span
	}
	return d.Node.Span
}

// Find returns the vendored chart that serves the dependency, or nil.
func (c *Chart) Find(d *Dependency) *Chart {
	for _, sub := range c.Charts {
		if sub.Metadata.Name == d.Name && compatible(d.Version, sub.Metadata.Version) {
			return sub
		}
	}
	return nil
}

// Library reports whether the chart only holds templates for others.
func (c *Chart) Library() bool { return c.Metadata.Type == "library" }

// compatible reports whether the version satisfies the constraint, as Helm
// reads both.
func compatible(constraint, version string) bool {
	v, err := semver.NewVersion(version)
	if err != nil {
		return false
	}
	c, err := semver.NewConstraint(constraint)
	return err == nil && c.Check(v)
}

// FromFiles makes a chart of its files, which were read before. location names
// it in errors and findings. It fails when Helm would not take Chart.yaml.
func FromFiles(location string, files []File) (*Chart, error) {
	return (&loader{left: maxChart}).chart(location, files, 0)
}

// Limits of what is read: Helm's own for charts.
const (
	maxChart = 100 << 20
	maxFile  = 5 << 20
	maxDepth = 16 // of charts in charts
	maxFiles = 20_000
)

// loader reads one chart with all its subcharts.
type loader struct {
	left  int64 // how many bytes may still be read
	files int
}

func (l *loader) chart(location string, files []File, depth int) (*Chart, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%s: charts are nested deeper than %d levels; is the archive broken?", location, maxDepth)
	}
	c := &Chart{Location: location}
	slices.SortStableFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	below := map[string][]File{}
	var requirements *File
	for i := range files {
		f := &files[i]
		switch {
		case f.Path == "Chart.yaml":
			c.Manifest = values.Parse(f.Name, f.Data, values.DefaultLimits)
		case f.Path == "requirements.yaml":
			requirements = f
		case f.Path == "values.yaml":
			c.Values = values.Parse(f.Name, f.Data, values.DefaultLimits)
		case f.Path == "values.schema.json":
			c.Schema = f
		case strings.HasPrefix(f.Path, "templates/"):
			c.Templates = append(c.Templates, *f)
		case strings.HasPrefix(f.Path, "charts/"):
			rest := strings.TrimPrefix(f.Path, "charts/")
			name, _, _ := strings.Cut(rest, "/")
			if path.Ext(name) != ".prov" && strings.IndexAny(name, "_.") != 0 {
				below[name] = append(below[name], File{Path: rest, Name: f.Name, Data: f.Data})
			}
		case strings.EqualFold(f.Path, "README.md"):
			c.Readme = f
		case strings.EqualFold(f.Path, "CHANGELOG.md"):
			c.Changelog = f
		case templated(f.Data):
			c.Texts = append(c.Texts, *f)
		}
	}
	if c.Manifest == nil {
		return nil, fmt.Errorf("%s: is no chart, because it has no Chart.yaml; name the folder that holds Chart.yaml, or a chart packed by `helm package`", location)
	}
	if err := c.readMetadata(requirements); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(below)) {
		sub, err := l.subchart(location, name, below[name], depth+1)
		if err != nil {
			return nil, err
		}
		c.Charts = append(c.Charts, sub)
	}
	return c, nil
}

// subchart makes one chart of charts/, a folder or an archive.
func (l *loader) subchart(location, name string, files []File, depth int) (*Chart, error) {
	if path.Ext(name) == ".tgz" && len(files) == 1 && files[0].Path == name {
		return l.archive(files[0].Name, files[0].Data, depth)
	}
	var inside []File
	for _, f := range files {
		if _, rest, ok := strings.Cut(f.Path, "/"); ok {
			inside = append(inside, File{Path: rest, Name: f.Name, Data: f.Data})
		}
	}
	if len(inside) == 0 {
		return nil, fmt.Errorf("%s: only charts may lie in charts/, and Helm refuses others; move the file, or begin its name with _ or .", files[0].Name)
	}
	return l.chart(location+"/charts/"+name, inside, depth)
}

// readMetadata reads Chart.yaml, and requirements.yaml of charts for Helm 2.
func (c *Chart) readMetadata(requirements *File) error {
	root, err := readYAML(c.Manifest)
	if err != nil {
		return err
	}
	m := &c.Metadata
	for key, to := range map[string]*string{
		"apiVersion": &m.APIVersion, "name": &m.Name, "version": &m.Version, "appVersion": &m.AppVersion,
		"kubeVersion": &m.KubeVersion, "type": &m.Type,
	} {
		*to = text(root, key)
	}
	m.APIVersion = cmp.Or(m.APIVersion, "v1")
	file := c.Manifest.Name
	switch {
	case m.Name == "":
		return fmt.Errorf("%s: has no name; write the chart's name, as `name: app`", file)
	case strings.ContainsAny(m.Name, "/\\") || m.Name == "." || m.Name == "..":
		return at(root, "name", "%q is no name of a chart; write letters, digits and dashes", m.Name)
	case m.Version == "":
		return fmt.Errorf("%s: has no version; write the chart's version, as `version: 1.0.0`", file)
	case m.Type != "" && m.Type != "application" && m.Type != "library":
		return at(root, "type", "type %q is neither application nor library", m.Type)
	}
	if _, err := semver.NewVersion(m.Version); err != nil {
		return at(root, "version", "version %q is no semantic version; write one such as 1.0.0", m.Version)
	}
	if f := root.Get("deprecated"); f != nil {
		m.Deprecated = f.Value.Bool
	}
	if f := root.Get("annotations"); f != nil {
		m.Annotations = map[string]string{}
		for _, a := range f.Value.Fields {
			m.Annotations[a.Key] = a.Value.Str
		}
	}
	if m.Dependencies, err = dependencies(root); err != nil || requirements == nil {
		return err
	}
	old, err := readYAML(values.Parse(requirements.Name, requirements.Data, values.DefaultLimits))
	if err != nil {
		return err
	}
	if old.Get("dependencies") != nil {
		m.Dependencies, err = dependencies(old)
	}
	return err
}

func readYAML(d *values.Document) (*values.Node, error) {
	root, problems := d.ValuesFor(values.Helm3)
	if len(problems) > 0 {
		p := problems[0]
		return nil, fmt.Errorf("%s:%d:%d: %s", p.Span.File, p.Span.Line, p.Span.Column, p.Message)
	}
	return root, nil
}

func at(root *values.Node, key, format string, args ...any) error {
	return placed(root.Get(key).Value.Span, format, args...)
}

func placed(s lint.Span, format string, args ...any) error {
	return fmt.Errorf("%s:%d:%d: %s", s.File, s.Line, s.Column, fmt.Sprintf(format, args...))
}

// text is a string of a mapping; a number counts as it is written.
func text(n *values.Node, key string) string {
	f := n.Get(key)
	if f == nil || f.Value.Kind == values.Map || f.Value.Kind == values.List {
		return ""
	}
	if f.Value.Kind == values.String {
		return f.Value.Str
	}
	return f.Value.Text
}

func dependencies(root *values.Node) ([]Dependency, error) {
	f := root.Get("dependencies")
	if f == nil || f.Value.Kind != values.List {
		return nil, nil
	}
	out := []Dependency{} // nil tells that there is no list
	seen := map[string]bool{}
	for _, it := range f.Value.Items {
		if it.Kind != values.Map {
			return nil, placed(it.Span, "dependency is %s; write a mapping with name, version and repository", it.Kind)
		}
		d := Dependency{
			Name: text(it, "name"), Version: text(it, "version"), Repository: text(it, "repository"),
			Condition: text(it, "condition"), Alias: text(it, "alias"), Node: it,
		}
		if seen[d.Key()] {
			return nil, placed(d.Span("name"), "two dependencies are called %q; give one of them another alias", d.Key())
		}
		seen[d.Key()] = true
		if tags := it.Get("tags"); tags != nil {
			for _, t := range tags.Value.Items {
				d.Tags = append(d.Tags, cmp.Or(t.Str, t.Text))
			}
		}
		if imports := it.Get("import-values"); imports != nil {
			for _, i := range imports.Value.Items {
				switch i.Kind {
				case values.Map:
					d.ImportValues = append(d.ImportValues, Import{Child: text(i, "child"), Parent: text(i, "parent")})
				case values.String:
					d.ImportValues = append(d.ImportValues, Import{Child: "exports." + i.Str, Parent: ".", Short: true})
				}
			}
		}
		out = append(out, d)
	}
	return out, nil
}
