package propose

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// layout is a pattern for folders that look alike.
type layout struct {
	pattern string
	why     []string
	dirs    []string
}

// several is from how many folders on a pattern is clearer than a list.
const several = 4

// environments are names of folders that tell an environment, not a release.
var environments = map[string]bool{
	"dev": true, "development": true, "test": true, "testing": true, "qa": true, "uat": true, "int": true, "integration": true,
	"stage": true, "staging": true, "preprod": true, "pre-prod": true, "prod": true, "production": true, "lab": true, "sandbox": true,
}

// alike finds patterns for folders of values files: NAME/ENVIRONMENT, GROUP/NAME
// and NAME below one folder. Each folder is in one of them at most.
func alike(byDir map[string][]string) []layout {
	var out []layout
	used := map[string]bool{}
	grandparents, parents := map[string][]string{}, map[string][]string{}
	for _, dir := range slices.Sorted(maps.Keys(byDir)) {
		if dir != "." {
			parents[path.Dir(dir)] = append(parents[path.Dir(dir)], dir)
			if up := path.Dir(dir); up != "." {
				grandparents[path.Dir(up)] = append(grandparents[path.Dir(up)], dir)
			}
		}
	}
	add := func(up, folders string, dirs []string, files func(dir string) bool, why ...string) {
		var taken []string
		names := map[string]bool{}
		for dir := range byDir {
			if !used[dir] && (slices.Contains(dirs, dir) || files(dir)) {
				taken = append(taken, dir)
				for _, f := range byDir[dir] {
					if path.Ext(f) != ".yaml" {
						return // one pattern has one ending
					}
					names[strings.TrimSuffix(path.Base(f), ".yaml")] = true
				}
			}
		}
		stem := common(slices.Sorted(maps.Keys(names)))
		if !strings.HasSuffix(strings.ToLower(stem), "values") {
			return // the names have too little in common
		}
		for _, dir := range taken {
			used[dir] = true
		}
		out = append(out, layout{path.Join(up, folders, stem+"*.yaml"), why, taken})
	}
	none := func(string) bool { return false }
	for _, up := range slices.Sorted(maps.Keys(grandparents)) {
		var envs, leaves []string
		groups, seen, repeated := map[string]bool{}, map[string]bool{}, false
		for _, dir := range grandparents[up] {
			leaf := path.Base(dir)
			if environments[strings.ToLower(leaf)] {
				envs = append(envs, dir)
				continue
			}
			leaves = append(leaves, dir)
			groups[path.Dir(dir)] = true
			repeated = repeated || seen[leaf]
			seen[leaf] = true
		}
		if len(envs) >= several {
			add(up, "{release}/{environment}", envs, func(dir string) bool { return path.Dir(dir) == up && len(dirsBelow(envs, dir)) > 0 },
				"Folders of a release with one for each environment below.")
		}
		if len(leaves) >= several && len(groups) > 1 {
			group := "*"
			if repeated {
				group = "{location}"
			}
			add(up, group+"/{release}", leaves, none, "Folders that look alike, one for each release.")
		}
	}
	for _, up := range slices.Sorted(maps.Keys(parents)) {
		var leaves []string
		for _, dir := range parents[up] {
			if !used[dir] && !environments[strings.ToLower(path.Base(dir))] {
				leaves = append(leaves, dir)
			}
		}
		if len(leaves) >= several {
			add(up, "{release}", leaves, none, "Folders that look alike, one for each release.")
		}
	}
	return out
}

func dirsBelow(dirs []string, up string) []string {
	var out []string
	for _, d := range dirs {
		if path.Dir(d) == up {
			out = append(out, d)
		}
	}
	return out
}
