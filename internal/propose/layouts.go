package propose

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/lazyregexp"
)

var chartFolder = lazyregexp.New(`\A[0-9]{2}_chart_.+\z`)

// numbered finds vendors' folders NN_chart_X with NN_release_Y below.
func (s *survey) numbered() error {
	parents := map[string][]string{} // folders that hold chart folders, by their parent
	stem := map[string]int{}
	for _, name := range s.files {
		parts := strings.Split(s.rel(name), "/")
		i := slices.IndexFunc(parts[:len(parts)-1], chartFolder.MatchString)
		if i < 0 {
			continue
		}
		s.taken[name] = true
		if base := path.Base(name); valuesName.MatchString(base) {
			stem[strings.TrimSuffix(base, path.Ext(base))]++
			up, service := "", ""
			if i > 0 {
				up, service = path.Join(parts[:i-1]...), parts[i-1]
			}
			if !slices.Contains(parents[up], service) {
				parents[up] = append(parents[up], service)
			}
		}
	}
	file := common(slices.Sorted(maps.Keys(stem))) + "*.yaml"
	for _, up := range slices.Sorted(maps.Keys(parents)) {
		pattern := path.Join(up, "{service}", "{chart}", "{release}", file)
		if slices.Contains(parents[up], "") {
			pattern = path.Join("{chart}", "{release}", file)
		}
		found, err := s.pattern(pattern)
		if err != nil {
			return err
		}
		s.layout(pattern, found,
			"Folders NN_chart_NAME with NN_release_NAME below: each release has the values",
			"files of its chart's folder, then its own. chart.ver tells the chart's version.")
	}
	return nil
}

// common is what all names begin with, less a sign at its end.
func common(names []string) string {
	if len(names) == 0 {
		return ""
	}
	first, last := names[0], names[len(names)-1]
	n := 0
	for n < len(first) && n < len(last) && first[n] == last[n] {
		n++
	}
	return strings.TrimRight(first[:n], "_-.")
}

// pattern finds the releases of a folder layout.
func (s *survey) pattern(pattern string) ([]discover.Release, error) {
	layout, err := discover.ParseLayout(pattern)
	if err != nil {
		return nil, nil // names that a pattern cannot say, such as a brace
	}
	found, _, err := layout.Releases(s.tree, discover.LayoutOptions{})
	return found, err
}

// layout adds an entry for a folder layout that has releases.
func (s *survey) layout(pattern string, found []discover.Release, why ...string) {
	if len(found) == 0 {
		return
	}
	s.take(found)
	platforms := map[string]bool{}
	for i := range found {
		for _, p := range found[i].Platforms {
			platforms[p] = true
		}
		found[i].Notes = nil // the platforms, which are told below
	}
	e := entry{why: append(why, summary(found)...), lines: []string{"pattern: " + quote(pattern)}, releases: len(found)}
	if len(platforms) > 0 {
		names := slices.Sorted(maps.Keys(platforms))
		e.why = append(e.why,
			fmt.Sprintf("The files for %s are alternatives: none is taken", strings.Join(names, ", ")),
			"until a platform is chosen, and until then nothing is said about what is missing.")
		e.lines = append(e.lines, "# platform: "+names[0])
	}
	s.entries = append(s.entries, e)
}

// helmfiles finds helmfile.yaml files that no other one names.
func (s *survey) helmfiles() error {
	var names []string
	for _, name := range s.files {
		base := path.Base(name)
		if base == "helmfile.yaml" || base == "helmfile.yaml.gotmpl" || path.Base(path.Dir(name)) == "helmfile.d" && strings.HasSuffix(base, ".yaml") {
			names = append(names, name)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			continue
		}
		found, notes, err := discover.Helmfiles(s.tree, name)
		if err != nil {
			return err
		}
		for _, r := range found {
			seen[r.Span.File] = true
		}
		s.taken[name] = true
		if len(found) == 0 {
			continue
		}
		s.take(found)
		why := append([]string{"What helmfile installs, as far as it can be read without running its templates."}, summary(found)...)
		if len(notes) > 0 {
			why = append(why, fmt.Sprintf("%s left out; `helmvet lint --verbose` says why.", count(len(notes), "part")))
		}
		s.entries = append(s.entries, entry{why: why, lines: []string{"helmfile: " + quote(s.rel(name))}, releases: len(found)})
	}
	return nil
}

// manifests finds objects of Argo CD, Flux and k0rdent. Those that install no
// chart are objects like others.
func (s *survey) manifests() error {
	installs := map[string]bool{}
	defer func() {
		for _, name := range s.declaring {
			if !installs[name] {
				s.objects = append(s.objects, name)
			}
		}
		slices.Sort(s.objects)
	}()
	for _, tool := range []struct {
		tool discover.Tool
		why  string
	}{
		{discover.Argo, "Application and ApplicationSet objects of Argo CD, with the values in and beside them."},
		{discover.Flux, "HelmRelease objects of Flux, with the ConfigMaps and Secrets that they take values from."},
		{discover.K0rdent, "Services that ClusterDeployment and MultiClusterService objects of k0rdent install."},
	} {
		var files []string
		var all []discover.Release
		for _, name := range s.declaring {
			found, _, err := discover.Manifests(s.tree, []string{name}, tool.tool)
			if err != nil {
				return err
			}
			if len(found) > 0 {
				installs[name] = true
				files = append(files, name)
				all = append(all, found...)
			}
		}
		if len(files) == 0 {
			continue
		}
		s.take(all)
		s.entries = append(s.entries, entry{
			why: append([]string{tool.why}, summary(all)...), releases: len(all),
			lines: []string{string(tool.tool) + ": " + quote(s.glob(files))},
		})
	}
	return nil
}

// glob is a pattern for all the files.
func (s *survey) glob(files []string) string {
	if len(files) == 1 {
		return s.rel(files[0])
	}
	dir := path.Dir(s.rel(files[0]))
	flat := true
	ext := map[string]bool{}
	for _, f := range files {
		f = s.rel(f)
		ext[path.Ext(f)] = true
		for dir != "." && !strings.HasPrefix(f, dir+"/") {
			dir = path.Dir(dir)
		}
	}
	for _, f := range files {
		flat = flat && path.Dir(s.rel(f)) == dir
	}
	base := "*.yaml"
	switch {
	case len(ext) > 1:
		base = "*.{yaml,yml}"
	case ext[".yml"]:
		base = "*.yml"
	}
	if flat {
		return path.Join(dir, base)
	}
	return path.Join(dir, "**", base)
}
