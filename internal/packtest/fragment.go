// Package packtest tests a pack as its author wrote it: the good and bad
// examples of its rules, its Rego tests, what of it they cover, and whether it
// notices mistakes that are made on purpose. Packs of users and those that are
// built in are tested by the same code.
package packtest

import (
	"bufio"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
	"sigs.k8s.io/yaml"
)

// Fragment is a piece of input as examples write it: values of one file, files of
// one release, or a mapping that tells more than values can. Its scope says
// which; docs/architecture.md lists the forms.
type Fragment struct {
	Scope string
	Text  string
	Packs []string // that judge it; detected when empty
	Told  []string // the packs that hear what it tells; Packs when empty
	Chart string   // the chart that releases are of, where the fragment names none
}

// contextKeys are what a fragment may tell a pack beside its values.
var contextKeys = []string{"platform", "profile", "thirdParty", "operation", "order", "versions", "singleNamespace", "allowUUIDs"}

// fails stops the reading of a fragment; Build returns the error.
type fails struct{}

func (fails) fatal(err error) { panic(malformed{err}) }

func (fails) fatalf(format string, args ...any) { panic(malformed{fmt.Errorf(format, args...)}) }

type malformed struct{ error }

// Build turns the fragment into files in memory and what to lint. The error
// says what is wrong with its form.
func (f Fragment) Build() (files map[string]string, run linter.Run, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case malformed:
			err = r.error
		default:
			panic(r)
		}
	}()
	files, run = f.run(fails{})
	return files, run, nil
}

func (f Fragment) run(t fails) (map[string]string, linter.Run) {
	if f.Scope == "plan" || strings.Contains(f.Text, "# file "+chartDefaults) {
		return f.plan(t)
	}
	switch f.Scope {
	case "suite":
		return f.suite(t)
	case "manifests", "upgrade-manifests":
		return f.manifests(t)
	}
	files := map[string]string{}
	rel := linter.Release{Packs: f.Packs, Single: true, Complete: regexp.MustCompile(`(?m)^# whole`).MatchString(f.Text)}
	ctx := map[string]any{}
	if m := regexp.MustCompile(`(?m)^# platform (\w+)`).FindStringSubmatch(f.Text); m != nil {
		ctx["platform"] = m[1]
	}
	run := linter.Run{}
	switch f.Scope {
	case "", "file", "merged-values":
		for i, part := range splitFiles(f.Text) {
			name := part.name
			if name == "" {
				name = fmt.Sprintf("values-%d.yaml", i+1)
			}
			files[name] = part.text
			rel.Values.ValueFiles = append(rel.Values.ValueFiles, name)
		}
		rel.Single = len(rel.Values.ValueFiles) == 1
	case "multi-release", "multi-location", "upgrade":
		return f.fleet(t)
	default:
		var m map[string]any
		if err := yaml.Unmarshal([]byte(f.Text), &m); err != nil {
			t.fatalf("fragment is not a mapping: %v\n%s", err, f.Text)
		}
		ctx = contextOf(m)
		if r, ok := m["release"].(map[string]any); ok {
			rel.Name, _ = r["name"].(string)
			rel.Namespace, _ = r["namespace"].(string)
			rel.ChartName, _ = r["chart"].(string)
			rel.ChartVersion = text(r["chartVersion"])
			rel.Command, _ = r["command"].(string)
		}
		if f.Scope == "cluster-objects" && rel.Namespace == "" {
			rel.Namespace = "voice"
		}
		vals, _ := m["values"].(map[string]any)
		if m["release"] == nil && m["values"] == nil && m["objects"] == nil && len(ctx) == 0 {
			vals = m // bare values in a scope that could tell more
		}
		raw, err := yaml.Marshal(vals)
		if err != nil {
			t.fatal(err)
		}
		files["values.yaml"] = string(raw)
		rel.Values.ValueFiles = []string{"values.yaml"}
		if objs, ok := m["objects"].([]any); ok {
			for i, o := range objs {
				raw, err := yaml.Marshal(o)
				if err != nil {
					t.fatal(err)
				}
				name := fmt.Sprintf("object-%d.yaml", i)
				files[name] = string(raw)
				run.Manifests = append(run.Manifests, name)
			}
			run.ManifestsComplete = true
		}
	}
	rel.Context = f.told(ctx)
	run.Releases = []linter.Release{rel}
	return files, run
}

// told tells the packs, or all that are built in when none is named, the same.
func (f Fragment) told(ctx map[string]any) map[string]any {
	if len(ctx) == 0 {
		return nil
	}
	out := map[string]any{}
	names := f.Told
	if len(names) == 0 {
		names = f.Packs
	}
	for _, name := range names {
		out[name] = ctx
	}
	if len(names) == 0 {
		for _, p := range pack.Builtins() {
			out[p.Name] = ctx
		}
	}
	return out
}

// contextOf collects what a mapping tells beside its values: all of `context`,
// and the keys that fragments may write beside it.
func contextOf(m map[string]any) map[string]any {
	ctx := maps.Clone(mapping(m["context"]))
	if ctx == nil {
		ctx = map[string]any{}
	}
	for _, k := range contextKeys {
		if v, ok := m[k]; ok {
			ctx[k] = v
		}
	}
	return ctx
}

func mapping(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// fleet turns a fragment about several releases, or about a release before and
// after an upgrade, into a run. Their values stand inside the fragment, so that
// findings point at its lines.
func (f Fragment) fleet(t fails) (map[string]string, linter.Run) {
	const name = "fragment.yaml"
	files := map[string]string{name: f.Text}
	doc := values.Parse(name, []byte(f.Text), values.DefaultLimits)
	root := doc.Values()
	if root == nil || root.Kind != values.Map {
		t.fatalf("fragment is not a mapping\n%s", f.Text)
	}
	var m map[string]any
	if err := yaml.Unmarshal([]byte(f.Text), &m); err != nil {
		t.fatal(err)
	}
	ctx := contextOf(m)
	run := linter.Run{FleetDeclared: true}
	// objects writes a list of manifests into files of a folder.
	objects := func(folder string, v any) {
		list, _ := v.([]any)
		for i, o := range list {
			raw, err := yaml.Marshal(o)
			if err != nil {
				t.fatal(err)
			}
			file := fmt.Sprintf("%sobject-%d.yaml", folder, i)
			files[file] = string(raw)
			run.Manifests = append(run.Manifests, file)
		}
	}
	objects("", m["objects"])
	run.ManifestsComplete = m["objects"] != nil
	// one reads a release: what tells about it, and the node that holds its values.
	one := func(about map[string]any, at lint.Path) linter.Release {
		rel := linter.Release{
			Name: text(about["name"]), Namespace: text(about["namespace"]), Location: text(about["location"]),
			ChartName: text(about["chart"]), ChartVersion: text(about["chartVersion"]), Complete: f.Scope != "upgrade",
		}
		if rel.ChartName == "" {
			rel.Packs = f.Packs
		}
		if len(f.Packs) == 0 && rel.ChartName == "" {
			rel.ChartName = f.Chart
		}
		if file := text(about["values_file"]); file != "" { // of one tenant, whatever it holds beside its id
			files[file] = "tenantid: 5f0c7a52-7d5e-4c1b-9d35-0e8a2b6c0300\n"
			rel.Values.ValueFiles = []string{file}
		}
		rel.Sources = []values.Source{{Doc: doc, Root: root.Lookup(at.Key("values"))}}
		return rel
	}
	switch f.Scope {
	case "upgrade":
		about := mapping(m["release"])
		if about == nil {
			about = map[string]any{"name": "t0100"}
		}
		names := []any{about}
		list, _ := m["releases"].([]any)
		if len(list) > 0 && mapping(list[0]) != nil {
			names = list // of the releases that are upgraded together
		} else if len(list) > 0 {
			ctx["versions"] = list
		}
		for _, n := range names {
			side := func(key string) linter.Release {
				merged := maps.Clone(mapping(n))
				maps.Copy(merged, mapping(m[key]))
				return one(merged, lint.Keys(key))
			}
			before, after := side("old"), side("new")
			after.Previous = &before
			run.Releases = append(run.Releases, after)
		}
	case "multi-location":
		type turn struct{ order, location string }
		var turns []turn
		list, _ := m["locations"].([]any)
		for i, v := range list {
			about := map[string]any{"name": "t0100", "namespace": "voice"}
			maps.Copy(about, mapping(mapping(v)["release"]))
			about["location"] = mapping(v)["location"]
			if order := mapping(v)["order"]; order != nil {
				turns = append(turns, turn{text(order), text(about["location"])})
			}
			rel := one(about, lint.Keys("locations").Index(i))
			objects(rel.Location+"/", mapping(v)["objects"]) // manifests of a location lie in a folder of its name
			run.Releases = append(run.Releases, rel)
		}
		slices.SortFunc(turns, func(a, b turn) int { return strings.Compare(a.order, b.order) })
		var order []any
		for _, t := range turns {
			order = append(order, t.location)
		}
		if len(order) > 0 {
			ctx["order"] = order
		}
	default:
		list, _ := m["releases"].([]any)
		for i, v := range list {
			run.Releases = append(run.Releases, one(mapping(mapping(v)["release"]), lint.Keys("releases").Index(i)))
		}
		if len(list) == 0 { // what it tells is about all releases
			run.Releases = append(run.Releases, one(map[string]any{"name": "t0100"}, lint.Keys("none")))
		}
	}
	run.Context = f.told(ctx)
	for i := range run.Releases {
		run.Releases[i].Context = run.Context
	}
	return files, run
}

func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

type filePart struct{ name, text string }

// splitFiles takes a fragment of several files apart: lines of three dashes,
// each followed by `# file NAME`.
func splitFiles(s string) []filePart {
	if !strings.Contains(s, "# file ") {
		return []filePart{{text: s}}
	}
	var parts []filePart
	cur := filePart{}
	sc := bufio.NewScanner(strings.NewReader(s))
	flush := func() {
		if cur.name != "" {
			parts = append(parts, cur)
		}
	}
	for sc.Scan() {
		line := sc.Text()
		if rest, ok := strings.CutPrefix(line, "# file "); ok {
			flush()
			name, _, _ := strings.Cut(strings.TrimSpace(rest), ",")
			cur = filePart{name: name}
			continue
		}
		if line == "---" {
			continue
		}
		cur.text += line + "\n"
	}
	flush()
	return parts
}
