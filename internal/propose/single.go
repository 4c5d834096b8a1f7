package propose

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/values"
)

// charts finds charts of the repository: each is judged with its own
// values.yaml, unless a release installs it, and for each values file beside it
// that no release uses.
func (s *survey) charts() {
	for _, dir := range s.chartDirs {
		if s.vendored(dir) {
			continue
		}
		data, err := s.tree.Read(path.Join(dir, "Chart.yaml"))
		if err != nil {
			continue
		}
		root := values.Parse("", data, values.DefaultLimits).Values()
		name := ""
		if f := root.Get("name"); f != nil {
			name = f.Value.Str
		}
		if f := root.Get("type"); name == "" || f != nil && f.Value.Str == "library" {
			continue
		}
		chart := fmt.Sprintf("chart: {name: %s, path: %s}", quote(name), quote(s.rel(dir)))
		e := entry{
			why:      []string{"A chart of this repository, with its own values.yaml."},
			lines:    []string{"name: " + quote(name), chart},
			releases: 1,
		}
		if !s.taken[dir] {
			s.taken[path.Join(dir, "values.yaml")] = true
			s.entries = append(s.entries, e)
		}
		for _, f := range s.yaml {
			below := path.Dir(f) == dir || path.Dir(f) == path.Join(dir, "ci")
			if !below || s.taken[f] || !valuesName.MatchString(path.Base(f)) || !isValues(s, f) {
				continue
			}
			s.taken[f] = true
			s.entries = append(s.entries, entry{
				why:      []string{"A chart of this repository, with values that lie beside it."},
				lines:    []string{"name: " + quote(name), "location: " + quote(variant(f)), chart, "values: " + quoteAll([]string{s.rel(f)})},
				releases: 1,
			})
		}
	}
}

// vendored reports whether a chart lies in another one.
func (s *survey) vendored(dir string) bool {
	return slices.ContainsFunc(s.chartDirs, func(d string) bool { return d != dir && strings.HasPrefix(dir, path.Join(d, "charts")+"/") })
}

// isValues reports whether a file can be a layer: one mapping, no object.
func isValues(s *survey, name string) bool {
	if slices.Contains(s.objects, name) || slices.Contains(s.declaring, name) {
		return false
	}
	data, err := s.tree.Read(name)
	if err != nil {
		return false
	}
	d := values.Parse("", data, values.DefaultLimits)
	return d.Values() != nil || len(d.Problems) > 0
}

// variant is the part of a values file's name that tells it from others:
// "prod" of values-prod.yaml and of prod-values.yaml.
func variant(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	lower := strings.ToLower(base)
	i := strings.LastIndex(lower, "values")
	if i < 0 {
		return base
	}
	before, after := strings.Trim(base[:i], "_-."), strings.Trim(base[i+len("values"):], "_-.")
	if after != "" {
		return after
	}
	if before == "override" {
		return ""
	}
	return before
}

// values finds the values files that are left, folder by folder: one without a
// variant in its name is the base of the others.
func (s *survey) values() {
	byDir := map[string][]string{}
	var dirs []string
	for _, f := range s.yaml {
		if s.taken[f] || !valuesName.MatchString(path.Base(f)) || !isValues(s, f) {
			continue
		}
		if byDir[path.Dir(f)] == nil {
			dirs = append(dirs, path.Dir(f))
		}
		byDir[path.Dir(f)] = append(byDir[path.Dir(f)], f)
	}
	slices.Sort(dirs)
	for _, dir := range dirs {
		s.folder(dir, byDir[dir])
	}
}

func (s *survey) folder(dir string, files []string) {
	base := ""
	for _, f := range files {
		if variant(f) == "" {
			base = f
			break
		}
	}
	name := path.Base(s.rel(dir))
	if name == "." {
		name = "release"
	}
	var rest []string
	for _, f := range files {
		if f != base {
			rest = append(rest, f)
		}
	}
	if base != "" && len(rest) == 0 {
		s.entries = append(s.entries, entry{
			why:      []string{"A values file. Give the release its real name, and the namespace and chart."},
			lines:    []string{"name: " + quote(dns(name)), "values: " + quoteAll([]string{s.rel(base)})},
			releases: 1,
		})
		return
	}
	for _, f := range rest {
		e := entry{
			why:      []string{"A values file. Give the release its real name, and the namespace and chart."},
			lines:    []string{"name: " + quote(dns(variant(f))), "values: " + quoteAll([]string{s.rel(f)})},
			releases: 1,
		}
		if base != "" {
			e.why = []string{fmt.Sprintf("Values over those of %s, as their names suggest.", path.Base(base))}
			e.lines = []string{"name: " + quote(dns(name)), "location: " + quote(variant(f)), "values: " + quoteAll([]string{s.rel(base), s.rel(f)})}
		}
		s.entries = append(s.entries, e)
	}
}

// dns makes a name that Helm takes for a release.
func dns(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' {
			b.WriteRune(r)
		} else {
			b.WriteByte('-')
		}
	}
	if out := strings.Trim(b.String(), "-"); out != "" {
		return out
	}
	return "release"
}
