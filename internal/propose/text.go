package propose

import (
	"path"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/values"
)

// text is the project file.
func (s *survey) text() string {
	var b strings.Builder
	line := func(l ...string) {
		b.WriteString(strings.TrimRight(strings.Join(l, ""), " ") + "\n")
	}
	line("# yaml-language-server: $schema=", SchemaURL)
	line("#")
	line("# What `helmvet lint` judges in this repository, as `helmvet init` found it.")
	line("# Correct it where it is wrong; paths are relative to this file.")
	if len(s.packs) > 0 {
		line()
		line("# Packs of your own.")
		line("packs: ", quoteAll(s.packs))
	}
	s.env(line)
	if len(s.entries) > 0 {
		line()
		line("releases:")
	}
	for i, e := range s.entries {
		if i == 0 || !slices.Equal(e.why, s.entries[i-1].why) {
			for _, w := range e.why {
				line("  # ", w)
			}
		}
		lead := "  - "
		for _, l := range e.lines {
			line(lead, l)
			lead = "    "
		}
	}
	if globs := s.objectGlobs(); len(globs) > 0 {
		line()
		line("# Kubernetes objects beside the values, such as Secrets that values refer to.")
		line("# With `complete: true`, what none of them declares is reported as missing.")
		line("manifests:")
		line("  files:")
		for _, g := range globs {
			line("    - ", quote(g))
		}
		line("  complete: false")
	}
	line()
	line("# Some rules ask what values cannot say, such as the platform or whether this is")
	line("# production: `helmvet lint --verbose` names the questions, `context:` answers them.")
	return b.String()
}

// env tells where placeholders get their values: a file of K=V lines, if one
// has variables that the values wait for. Several that have the same ones are
// alternatives, which the user has to choose from.
func (s *survey) env(line func(...string)) {
	wanted := s.placeholders()
	if len(wanted) == 0 {
		return
	}
	var files []string
	given := map[string]int{}
	alternatives := false
	for _, name := range s.files {
		base := path.Base(name)
		if !strings.HasSuffix(base, ".env") {
			continue
		}
		data, err := s.tree.Read(name)
		if err != nil {
			continue
		}
		env, err := values.ParseEnvFile(name, data)
		if err != nil {
			continue
		}
		used := false
		for k := range env {
			if wanted[k] {
				used = true
				given[k]++
				alternatives = alternatives || given[k] > 1
			}
		}
		if used {
			files = append(files, s.rel(name))
		}
	}
	switch {
	case len(files) == 0:
		line()
		line("# Values wait for variables such as $", firstOf(wanted), ". Name the file of K=V lines that")
		line("# fills them in, and what depends on them is judged, too.")
		line("# env: {files: [prod.env]}")
	case alternatives:
		line()
		line("# Several files fill in the variables that values wait for; choose one.")
		line("# env: {files: ", quoteAll(files[:1]), "}   # or ", strings.Join(files[1:], ", "))
	default:
		line()
		line("# Fills in the variables that values wait for.")
		line("env: {files: ", quoteAll(files), "}")
	}
}

func firstOf(set map[string]bool) string {
	names := []string{}
	for n := range set {
		names = append(names, n)
	}
	return slices.Min(names)
}

// placeholders are the variables that values files wait for.
func (s *survey) placeholders() map[string]bool {
	out := map[string]bool{}
	for _, name := range s.yaml {
		if !valuesName.MatchString(path.Base(name)) && !s.taken[name] {
			continue
		}
		data, err := s.tree.Read(name)
		if err != nil || !strings.Contains(string(data), "$") {
			continue
		}
		for _, p := range values.Parse("", data, values.DefaultLimits).Placeholders() {
			if !p.Template {
				out[p.Name] = true
			}
		}
	}
	return out
}

// objectGlobs are patterns for the manifests that declare no releases: folders
// that hold nothing else, and single files.
func (s *survey) objectGlobs() []string {
	ours := map[string]bool{}
	for _, f := range append(slices.Clone(s.objects), s.declaring...) {
		ours[f] = true
	}
	pure := map[string]bool{} // folders whose YAML files are all manifests
	for _, f := range s.yaml {
		for dir := path.Dir(f); ; dir = path.Dir(dir) {
			was, seen := pure[dir]
			pure[dir] = ours[f] && (was || !seen)
			if dir == "." {
				break
			}
		}
	}
	var out []string
	for _, f := range s.objects {
		dir, at := path.Dir(f), ""
		for ; dir != "." && dir != s.root && pure[dir]; dir = path.Dir(dir) {
			at = dir
		}
		g := s.rel(f)
		if at != "" && path.Ext(f) == ".yaml" {
			g = path.Join(s.rel(at), "**/*.yaml")
		}
		if !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}
