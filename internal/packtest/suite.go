package packtest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/linter"
	"sigs.k8s.io/yaml"
)

var (
	chartLine    = lazyregexp.New(`(?m)^# chart (\S+)`)
	completeLine = lazyregexp.New(`(?m)^# complete$`)
	contextLine  = lazyregexp.New(`(?m)^# context (\{.*\})$`)
	otherLine    = lazyregexp.New(`(?m)^# release (\{.*\})$`)
	beforeLine   = lazyregexp.New(`(?m)^# previous (\{.*\})$`)
	taggedLine   = lazyregexp.New(`(?m)^# (\S+) has deploymentTag (\S+)$`)
)

// suite turns a fragment about releases that go together into files in memory and what to lint.
// Its documents are told apart by what they hold: a plan, commands, the login
// of a registry, Kubernetes objects, or else the values of one release.
//
//	# chart NAME        the chart of those values
//	# context {...}     what the configuration tells
//	# complete          the objects are all that there is
//	# release {...}     one more release of the fleet, as in plan.releases
//	# previous {...}    the values before an upgrade
//
// A release of a plan may hold its values itself.
func (f Fragment) suite(t fails) (map[string]string, linter.Run) {
	s := suiteFragment{t: t, packs: f.Packs, files: map[string]string{}, ctx: map[string]any{}}
	if m := contextLine.FindStringSubmatch(f.Text); m != nil {
		s.read(m[1], &s.ctx)
	}
	own := linter.Release{Packs: s.packs}
	if m := chartLine.FindStringSubmatch(f.Text); m != nil {
		own.ChartName = m[1]
	}
	if m := beforeLine.FindStringSubmatch(f.Text); m != nil {
		before := own
		s.file("previous.yaml", m[1]+"\n", &before.Values.ValueFiles)
		own.Previous = &before
	}
	var planned []map[string]any
	for _, m := range taggedLine.FindAllStringSubmatch(f.Text, -1) {
		planned = append(planned, map[string]any{"chart": m[1], "values": map[string]any{"deploymentGlobals": map[string]any{"deploymentTag": m[2]}}})
	}
	for _, m := range otherLine.FindAllStringSubmatch(f.Text, -1) {
		var r map[string]any
		s.read(m[1], &r)
		planned = append(planned, r)
	}
	single := len(planned) == 0
	for i, doc := range documents(f.Text) {
		var m map[string]any
		s.read(doc, &m)
		plan, isPlan := m["plan"].(map[string]any)
		cmds, isCmds := m["commands"].([]any)
		auths, isLogin := m["auths"]
		switch {
		case isPlan:
			single = false
			for _, r := range list(plan["releases"]) {
				planned = append(planned, mapping(r))
			}
			delete(plan, "releases")
			maps.Copy(s.ctx, plan)
		case isCmds:
			own.Command = s.commands(cmds)
		case isLogin:
			s.login(auths)
		case m["kind"] != nil:
			s.file(fmt.Sprintf("object-%d.yaml", i), doc, &s.run.Manifests)
		default:
			s.file("values.yaml", doc, &own.Values.ValueFiles)
		}
	}
	own.Single = single && own.Command == "" && s.ctx["commands"] == nil
	if len(own.Values.ValueFiles) == 0 {
		s.file("values.yaml", "{}\n", &own.Values.ValueFiles)
	}
	if s.files["values.yaml"] != "{}\n" || len(planned) == 0 {
		own.Context = s.context(nil)
		s.run.Releases = append(s.run.Releases, own)
	}
	for i, r := range planned {
		s.release(i, r)
	}
	s.run.Context = s.context(nil)
	s.run.FleetDeclared = !single
	s.run.ManifestsComplete = completeLine.MatchString(f.Text)
	return s.files, s.run
}

// suiteFragment is what a fragment becomes.
type suiteFragment struct {
	t     fails
	packs []string
	files map[string]string
	ctx   map[string]any
	run   linter.Run
}

func (s *suiteFragment) read(text string, into any) {
	if err := yaml.Unmarshal([]byte(text), into); err != nil {
		s.t.fatalf("%v\n%s", err, text)
	}
}

func (s *suiteFragment) file(name, text string, to *[]string) {
	s.files[name] = text
	*to = append(*to, name)
}

// commands returns what helm runs; command lines of other tools are told by the
// configuration.
func (s *suiteFragment) commands(cmds []any) string {
	var helm []string
	var others []any
	for _, c := range cmds {
		if line := fmt.Sprint(c); strings.HasPrefix(line, "helm ") {
			helm = append(helm, line)
		} else {
			others = append(others, line)
		}
	}
	if len(others) > 0 {
		s.ctx["commands"] = others
	}
	return strings.Join(helm, "\n")
}

// login is the Secret that holds a docker config.
func (s *suiteFragment) login(auths any) {
	raw, err := json.Marshal(map[string]any{"auths": auths})
	if err != nil {
		s.t.fatal(err)
	}
	s.file("login.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: pullsecret}\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: "+
		base64.StdEncoding.EncodeToString(raw)+"\n", &s.run.Manifests)
}

func (s *suiteFragment) release(i int, plan map[string]any) {
	rel := linter.Release{Packs: s.packs, Complete: true}
	own := map[string]any{}
	values := any(map[string]any{})
	for key, v := range plan {
		switch key {
		case "chart":
			rel.ChartName = text(v)
		case "version":
			rel.ChartVersion = text(v)
		case "release":
			rel.Name = text(v)
		case "namespace":
			rel.Namespace = text(v)
		case "values":
			if names, ok := v.([]any); ok {
				own["files"] = names
			} else {
				values = v
			}
		default:
			own[key] = v
		}
	}
	raw, err := yaml.Marshal(values)
	if err != nil {
		s.t.fatal(err)
	}
	s.file(fmt.Sprintf("release-%d.yaml", i), string(raw), &rel.Values.ValueFiles)
	rel.Context = s.context(own)
	s.run.Releases = append(s.run.Releases, rel)
}

// context is what a release is told: all that the plan tells, and its own.
func (s *suiteFragment) context(own map[string]any) map[string]any {
	all := maps.Clone(s.ctx)
	maps.Copy(all, own)
	return Fragment{Packs: s.packs}.told(all)
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

var documentLine = lazyregexp.New(`(?m)^---\n`)

// documents are the YAML documents of a text.
func documents(text string) []string {
	return slices.DeleteFunc(documentLine.Split(text, -1), func(d string) bool {
		for line := range strings.Lines(d) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				return false
			}
		}
		return true
	})
}
