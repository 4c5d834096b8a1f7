package propose

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/values"
)

// charts finds charts of the repository: each is judged with its own
// values.yaml, unless a release installs it, and for each values file beside it
// that no release uses.
func (s *survey) charts() error {
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
	return nil
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

// values finds the values files that are left: folders that look alike as one
// pattern, the others folder by folder.
func (s *survey) values() error {
	byDir := s.left()
	for _, l := range alike(byDir) {
		found, err := s.pattern(l.pattern)
		if err != nil {
			return err
		}
		if len(found) < several || s.overlaps(found) {
			continue
		}
		s.layout(l.pattern, found, l.why...)
		for _, dir := range l.dirs {
			for _, f := range byDir[dir] {
				s.taken[f] = true
			}
		}
	}
	byDir = s.left()
	for _, dir := range slices.Sorted(maps.Keys(byDir)) {
		s.folder(dir, byDir[dir])
	}
	return nil
}

// overlaps reports whether releases have layers that others have already, such
// as the values of charts that lie among folders of releases.
func (s *survey) overlaps(found []discover.Release) bool {
	return slices.ContainsFunc(found, func(r discover.Release) bool {
		return slices.ContainsFunc(r.Layers, func(l values.Source) bool { return s.taken[l.File] })
	})
}

// left are the values files that no release has yet, by folder.
func (s *survey) left() map[string][]string {
	out := map[string][]string{}
	for _, f := range s.yaml {
		if !s.taken[f] && valuesName.MatchString(path.Base(f)) && isValues(s, f) {
			dir := path.Dir(s.rel(f))
			out[dir] = append(out[dir], f)
		}
	}
	return out
}

func (s *survey) folder(dir string, files []string) {
	base := ""
	for _, f := range files {
		if variant(f) == "" {
			base = f
			break
		}
	}
	name, location := path.Base(dir), ""
	if environments[strings.ToLower(name)] {
		name, location = path.Base(path.Dir(dir)), name
	}
	if name == "." || strings.HasPrefix(name, "env") {
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
			why:      []string{"A values file. Give the release its real name, namespace and chart, and list its other layers, if it has any."},
			lines:    at(location, "name: "+quote(dns(name)), "values: "+quoteAll([]string{s.rel(base)})),
			releases: 1,
		})
		return
	}
	for _, f := range rest {
		e := entry{
			why:      []string{"A values file. Give the release its real name, namespace and chart, and list its other layers, if it has any."},
			lines:    at(location, "name: "+quote(dns(variant(f))), "values: "+quoteAll([]string{s.rel(f)})),
			releases: 1,
		}
		if base != "" {
			e.why = []string{fmt.Sprintf("Values over those of %s, as their names suggest.", path.Base(base))}
			e.lines = []string{"name: " + quote(dns(name)), "location: " + quote(variant(f)), "values: " + quoteAll([]string{s.rel(base), s.rel(f)})}
		}
		s.entries = append(s.entries, e)
	}
}

// at puts a location, if there is one, behind the name.
func at(location, name string, more ...string) []string {
	if location == "" {
		return append([]string{name}, more...)
	}
	return append([]string{name, "location: " + quote(location)}, more...)
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
