// Package packnew writes the first files of a pack: what its author fills in, a
// schema that is read off a chart, and a first rule that works.
package packnew

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/format"
	"github.com/Masterminds/semver/v3"
	"github.com/helmvet/helmvet/internal/chart"
	"github.com/helmvet/helmvet/internal/lazyregexp"
)

var packName = lazyregexp.New(`^[a-z0-9][a-z0-9-]*$`)

// Files returns the files of a new pack, by path. c is the chart whose values
// it judges; nil leaves the schema to the author. The error says what is wrong
// with the name or with the chart.
func Files(name string, c *chart.Chart) (map[string]string, error) {
	if !packName.MatchString(name) || name == "lib" || name == "core" {
		return nil, fmt.Errorf("%q is no name for a pack; use lower-case letters, digits and hyphens, as in acme-shop", name)
	}
	f := scaffold{name: name, title: "Values of " + name, chart: name}
	body := "\t// One line for each key: its name, a ? when it may be absent, its type.\n" +
		"\timage?: {\n\t\trepository?: string & !=\"\"\n\t\t// Quote it: 1.10 without quotes is 1.1.\n\t\ttag?: string @number()\n\t}\n\treplicaCount?: int & >=0\n\t...\n"
	if c != nil {
		f.title, f.chart, f.version = "Values of the chart "+c.Metadata.Name, c.Metadata.Name, c.Metadata.Version
		var err error
		if body, err = infer(c); err != nil {
			return nil, err
		}
	}
	values, err := format.Source([]byte(f.packageLine() + "\n// #Values is what the values may hold. It is closed: a key that is not listed is reported.\n#Values: {\n" + body + "}\n"))
	if err != nil {
		return nil, errors.New("the chart's values make no schema: " + err.Error())
	}
	return map[string]string{
		"pack.cue":                  f.packCue(),
		"values.cue":                string(values),
		"rules.cue":                 f.rulesCue(),
		"facts.yaml":                factsYAML,
		"examples/wrong-type.txtar": f.wrongType(c),
		"moving-tag/rule.rego":      f.rule(),
		"moving-tag/rule_test.rego": f.ruleTest(),
		"moving-tag/examples.txtar": strings.ReplaceAll(ruleExamples, "NAME", name),
		"README.md":                 f.readme(),
	}, nil
}

// Paths lists the files in a fixed order.
func Paths[V any](files map[string]V) []string { return slices.Sorted(maps.Keys(files)) }

type scaffold struct{ name, title, chart, version string }

func (f *scaffold) packageLine() string {
	return "package " + strings.ReplaceAll(strings.TrimLeft(f.name, "0123456789-"), "-", "_") + "\n"
}

func (f *scaffold) packCue() string {
	requires := ""
	if v, err := semver.NewVersion(f.version); err == nil {
		requires = fmt.Sprintf("\t// What the pack was written for.\n\trequires: charts: %q: \"^%d\"\n", f.chart, v.Major())
	}
	return f.packageLine() + fmt.Sprintf(`
pack: {
	name:        %q
	title:       %q
	description: "What goes wrong with these values, and how to tell."
	version:     "0.1.0"
	// Releases of these charts are judged by this pack.
	charts: [%q]
	// Where the chart's name is not known, any of these paths tells the pack. Name only what no other chart has.
	markers: []
%s}
`, f.name, f.title, f.chart, requires)
}

func (f *scaffold) rulesCue() string {
	return f.packageLine() + `
// The words of rules that fields of values.cue name with @rule("` + f.name + `/NAME").
rules: {}
`
}

const factsYAML = `# What documents say, one entry a statement. A rule that cites the id is tested by the examples named after it.
# - id: DOC-001
#   title: "What the document says"
#   scope: file
#   source: {document: "Its title", section: "Where"}
[]
`

func (f *scaffold) wrongType(c *chart.Chart) string {
	good, bad := "replicaCount: 2\n", "replicaCount: \"2\""
	if c != nil {
		if g, b, ok := typeExample(c); ok {
			good, bad = g, b
		}
	}
	return "-- good/typed.yaml --\n" + good + "-- bad/mistyped.yaml --\n" + bad + " # want " + f.name + "/wrong-type\n"
}

// ref is the package that all of the pack's Rego lies in.
func (f *scaffold) ref() string {
	if strings.Contains(f.name, "-") || f.name[0] <= '9' {
		return fmt.Sprintf("policies[%q]", f.name)
	}
	return "policies." + f.name
}

func (f *scaffold) rule() string {
	return strings.ReplaceAll(`# METADATA
# title: Pin the tag of each image
# description: >-
#   A tag such as latest names another image tomorrow. Pods of one release then run different code, and a rollback
#   brings back the tag, not the image.
# custom:
#   severity: error
#   remediation: Write the version that was tested.
#   facts: []
#   source: {document: Our platform guide}
package policies.NAME["moving-tag"]

moving := {"latest", "main", "stable"}

findings contains {
	"path": path,
	"message": sprintf("tag %q moves; write the version that was tested", [tag]),
} if {
	some path, tag
	walk(input.values, [path, tag])
	path[count(path) - 1] == "tag"
	tag in moving
}
`, "policies.NAME", f.ref())
}

func (f *scaffold) ruleTest() string {
	return strings.ReplaceAll(`package policies.NAME["moving-tag_test"]

import data.policies.NAME["moving-tag"] as rule

found(tag) := findings if {
	findings := rule.findings with input as {"values": {"image": {"tag": tag}}}
}

test_pinned if count(found("1.2.3")) == 0

test_moving if {
	[finding] := [f | some f in found("latest")]
	finding.path == ["image", "tag"]
}
`, "policies.NAME", f.ref())
}

const ruleExamples = `-- good/pinned.yaml --
image:
  tag: "1.2.3"
-- bad/latest.yaml --
image:
  tag: latest # want NAME/moving-tag
`

func (f *scaffold) readme() string {
	return strings.ReplaceAll(`# NAME

A pack of helmvet: rules about values, as data (values.cue) and as logic (Rego).

| file | holds |
|---|---|
| pack.cue | name, version, and how its values are known |
| values.cue | every key, its type, what it may be |
| rules.cue | the words of rules that values.cue names |
| facts.yaml | what documents say |
| RULE/rule.rego | a rule that looks at several keys |
| RULE/rule_test.rego, RULE/examples.txtar | its tests |

    helmvet pack lint NAME                      is it well made
    helmvet pack test NAME --cover --mutate     does it find what it should
    helmvet pack docs NAME                      pages for its users
    helmvet lint --pack NAME values.yaml        once .helmvet.yaml says packs: [NAME]
`, "NAME", f.name)
}
