package packtest

import (
	"regexp"
	"strings"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/linter"
	"sigs.k8s.io/yaml"
)

var (
	fragmentContext = lazyregexp.New(`(?m)^# context: (.*)$`)
	fragmentFile    = lazyregexp.New(`(?m)^# file (\S+).*\n`)
)

// manifests turns a fragment of Kubernetes objects into files and what to
// lint. Parts that follow a line `# file NAME` are files of their own; those in
// the folder old are the side before the change. `# context: {...}` tells the
// pack something, `# complete` that there is nothing else.
func (f Fragment) manifests(t fails) (map[string]string, linter.Run) {
	files := map[string]string{}
	run := linter.Run{ManifestsComplete: regexp.MustCompile(`(?m)^# complete`).MatchString(f.Text)}
	add := func(name, text string) {
		files[name] = text
		if strings.HasPrefix(name, "old/") {
			run.PreviousManifests = append(run.PreviousManifests, name)
		} else {
			run.Manifests = append(run.Manifests, name)
		}
	}
	marks := fragmentFile.FindAllStringSubmatchIndex(f.Text, -1)
	if len(marks) == 0 {
		add("manifest.yaml", f.Text)
	}
	for i, m := range marks {
		end := len(f.Text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		add(f.Text[m[2]:m[3]], f.Text[m[1]:end])
	}
	if m := fragmentContext.FindStringSubmatch(f.Text); m != nil {
		var ctx map[string]any
		if err := yaml.Unmarshal([]byte(m[1]), &ctx); err != nil {
			t.fatal(err)
		}
		run.Context = f.told(ctx)
	}
	return files, run
}
