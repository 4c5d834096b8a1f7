package upgrade

import (
	"embed"
	"io/fs"
	"slices"
	"sync"

	"github.com/helmvet/helmvet/internal/codedrules"
	"github.com/helmvet/helmvet/internal/lint"
)

// Pack is the pack that the rules belong to.
const Pack = "chart"

// RepeatedDefault is a rule that lint has, too; an upgrade speaks where it is news
// that a value equals the default.
const RepeatedDefault = Pack + "/repeated-default"

//go:embed examples
var examples embed.FS

// Examples returns the examples of the rules, one NAME.txtar for each rule.
func Examples() fs.FS {
	sub, err := fs.Sub(examples, "examples")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

var rules = sync.OnceValue(func() []lint.Rule {
	out := codedrules.WithExamples(words(), Examples())
	for i := range out {
		out[i].Upgrade = true
	}
	return out
})

// Rules returns the rules of `helmvet upgrade` with their words and examples.
// The slice belongs to the caller, what it points to does not.
func Rules() []lint.Rule { return slices.Clone(rules()) }

func words() []lint.Rule {
	helm := func(section string) *lint.Source {
		return &lint.Source{Document: "Helm documentation", Section: section}
	}
	helmvet := &lint.Source{Document: "helmvet", Section: "Upgrade"}
	values := helm("Charts: Templates and Values")
	schemas := helm("Charts: Schema Files")
	return []lint.Rule{
		{
			ID: "chart/removed-key", Title: "A key that the new chart no longer has", Severity: "error", Source: values,
			Description: "Helm takes any key without a word, so a value that the new version of the chart has dropped goes on standing in the file and does nothing. A key counts as removed when the changelog says so, or when the old chart knows it and neither default values, comments, schema nor templates of the new one do; what lies below it is removed with it. Keys of mappings that take any key, such as annotations, are never reported. A null or an empty mapping under the key is a warning.",
			Remediation: "Delete the key, after looking up what the setting is replaced by; `helmvet upgrade --fix` deletes it with the comments directly above it.",
		},
		{
			ID: "chart/renamed-key", Title: "A key that has another name in the new chart", Severity: "error", Source: values,
			Description: "The changelog says that the key was renamed, or the new chart has one key, and only one, in the same mapping with the same content. The old key does nothing any more, and the new one has its default.",
			Remediation: "Rename the key; `helmvet upgrade --fix` does it.",
		},
		{
			ID: "chart/moved-key", Title: "A key that stands elsewhere in the new chart", Severity: "error", Source: values,
			Description: "The changelog says that the key was moved, or the new chart has the same mapping, or the same key with the same unusual default, in another place, and in only one. The value at the old place does nothing any more.",
			Remediation: "Move the value; `helmvet upgrade --fix` does it and keeps its comments.",
		},
		{
			ID: "chart/deprecated-key", Title: "A key that the new chart calls deprecated", Severity: "warning", Source: values,
			Description: "The changelog, the schema or the comment at the key in values.yaml says that the key is deprecated. It still works and will not for long.",
			Remediation: "Use what takes its place. Where the changelog names it and the new chart has it, `helmvet upgrade --fix` moves the value.",
		},
		{
			ID: "chart/changed-key", Title: "A key whose meaning has changed", Severity: "warning", Source: values,
			Description: "The changelog lists the key among those that changed, and the values set it. The value may have to take another shape.",
			Remediation: "Read the entry of the changelog and adapt the value.",
		},
		{
			ID: "chart/retyped-key", Title: "A value of a kind that the new chart no longer takes", Severity: "error", Source: values,
			Description: "The old default was of one kind, such as a boolean, the new one is of another, such as a mapping, and the values still set the old kind. Helm drops or keeps the value as it happens, and templates fail or ignore it. Between numbers and strings it is a warning, because most templates print them alike.",
			Remediation: "Write the value as the new default is written.",
		},
		{
			ID: "chart/new-required-key", Title: "A key that the new chart requires", Severity: "error", Source: schemas,
			Description: "The schema of the new chart, or of one of its enabled subcharts, requires a key that neither the values nor the defaults set, and the old schema did not. Helm refuses the upgrade.",
			Remediation: "Set the key.",
		},
		{
			ID: "chart/tightened-schema", Title: "A value that the new schema refuses", Severity: "error", Source: schemas,
			Description: "The values pass the schema of the old chart and not that of the new one, or the old chart had none. Helm refuses the upgrade.",
			Remediation: "Write a value that the schema takes.",
		},
		{
			ID: "chart/changed-default", Title: "A default that changes under a key the values never set", Severity: "info", Source: helmvet,
			Description: "What the values do not set comes from the chart, so the upgrade changes it without a change in any file of yours. The finding stands at the new default.",
			Remediation: "Read the list once. Set the old value where the new one is not wanted.",
		},
		{
			ID: "chart/changelog-unread", Title: "A part of the changelog that names no key", Severity: "info", Source: helmvet,
			Description: "The changelog announces keys that were removed, renamed, moved or deprecated, and no key in backquotes follows, so nothing was compared with the values.",
			Remediation: "Read that part and compare it with the values.",
		},
	}
}
