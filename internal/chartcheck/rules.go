package chartcheck

import (
	"embed"
	"io/fs"
	"sync"

	"github.com/helmvet/helmvet/internal/codedrules"
	"github.com/helmvet/helmvet/internal/lint"
)

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

var rules = sync.OnceValue(func() []lint.Rule { return codedrules.WithExamples(words(), Examples()) })

// Rules returns the rules of the pack with their words and examples. The slice
// belongs to the caller, what it points to does not.
func Rules() []lint.Rule { return append([]lint.Rule(nil), rules()...) }

func helm(section string) *lint.Source {
	return &lint.Source{Document: "Helm documentation", Section: section}
}

func words() []lint.Rule {
	const (
		valuesFiles  = "Chart Template Guide: Values Files"
		subcharts    = "Chart Template Guide: Subcharts and Global Values"
		dependencies = "Topics: Charts, Chart Dependencies"
		schemas      = "Topics: Charts, Schema Files"
		using        = "Introduction: Using Helm, The Format and Limitations of --set"
	)
	return []lint.Rule{
		{
			ID: "chart/schema", Title: "Values must fit the chart's values.schema.json", Severity: "error", Source: helm(schemas),
			Description: "Helm refuses a release whose values break the JSON Schema of the chart or of an enabled subchart. helmvet asks the library that the chosen version of Helm asks, so the verdict is the same; but it points to the layer and line that set the value, names every mistake at once, and always in the same order. A schema that Helm cannot read at all is reported, too.",
			Remediation: "Write what the schema wants.",
		},
		{
			ID: "chart/schema-reference", Title: "A schema must not refer to what lies elsewhere", Severity: "info", Source: helm(schemas),
			Description: "A $ref to a web address makes Helm fetch it at every install; one to a file beside the schema is looked for at the root of the machine's file system and not found. helmvet fetches nothing: what lies elsewhere is taken to allow everything.",
			Remediation: "Copy the referred schema below $defs and refer to it with #/$defs/NAME.",
		},
		{
			ID: "chart/unknown-key", Title: "The chart must know the keys that are set", Severity: "warning", Source: helm(valuesFiles),
			Description: "Helm ignores values that nothing reads. A key is known when the default values have it, be it in a comment, when the schema names it, or when a template reads it, through variables, includes, ranges and library charts. Where templates hand a whole mapping on, only a key that looks like a mistyped default is told, as an info.",
			Remediation: "Correct the spelling, move the key to where it belongs, or delete it.",
		},
		{
			ID: "chart/unread-value", Title: "The value has no effect in this release", Severity: "info", Source: helm("Chart Template Guide: Flow Control"),
			Description: "Templates read the value only under a condition that does not hold with these values, or the subchart that it is for is disabled, or no template reads it although the default values list it.",
			Remediation: "Set what switches it on, or leave the value out.",
		},
		{
			ID: "chart/repeated-default", Title: "Values equal the chart's defaults", Severity: "info", Source: helm(valuesFiles),
			Description: "A value that repeats the default changes nothing now, and pins it when a later version of the chart has a better one.",
			Remediation: "Leave out what the default says anyway.",
		},
		{
			ID: "chart/empty-map", Title: "{} does not clear a mapping", Severity: "warning", Source: helm(valuesFiles),
			Description: "Mappings merge key by key, so an empty one leaves all default keys in place.",
			Remediation: "Write null to delete the mapping, or null for each key that shall go.",
		},
		{
			ID: "chart/null-meaning", Title: "A null means different things to different versions of Helm", Severity: "warning", Source: helm("Chart Template Guide: Values Files, Deleting a default key"),
			Description: "Whether a null removes a default of a subchart, stays as null or brings the default back has changed several times: with 3.13, 3.17, 3.20.0, 3.20.1, 4.1.3 and 4.2. It is a warning where some version keeps the default, and an info where the versions only differ between no value and null.",
			Remediation: "Set a value that says what is meant, such as \"\", false or [].",
		},
		{
			ID: "chart/subchart-null", Title: "null for a subchart does not switch it off", Severity: "warning", Source: helm(dependencies),
			Description: "With null in the place of a subchart's values, Helm drops what the parent chart sets for the subchart, and renders it with its own defaults.",
			Remediation: "Set the value that the dependency's condition names to false.",
		},
		{
			ID: "chart/subchart-values", Title: "The values of a subchart must be a mapping", Severity: "error", Source: helm(subcharts),
			Description: "Helm refuses a release where anything but a mapping stands under the name or alias of a subchart; helm lint does not notice.",
			Remediation: "Write the subchart's values below its name.",
		},
		{
			ID: "chart/global", Title: "A global value does not reach whom it seems to", Severity: "warning", Source: helm(subcharts),
			Description: "The globals of the parent chart win over those that are set for one subchart. And a null for a global deletes it for the parent alone: the subcharts still get the default.",
			Remediation: "Set the value below global at the top.",
		},
		{
			ID: "chart/import-values", Title: "A value that a chart imports must be set where it is imported to", Severity: "warning", Source: helm("Topics: Charts, Importing Child Values via dependencies"),
			Description: "With import-values, a chart takes over values of a subchart. Helm does that with the default values, before it looks at the user's: what is set for the subchart does not arrive in the parent chart.",
			Remediation: "Set the value in the place that it is imported to, too.",
		},
		{
			ID: "chart/condition", Title: "A condition must be true or false", Severity: "warning", Source: helm(dependencies),
			Description: "Helm passes over a condition or tag whose value is no boolean, such as the text \"false\": the subchart stays enabled.",
			Remediation: "Write true or false without quotes; with --set, not --set-string.",
		},
		{
			ID: "chart/set-type", Title: "--set makes another type than it looks like", Severity: "warning", Source: helm(using),
			Description: "--set turns true, false, null and whole numbers into their types and leaves everything else a text: 1.5 becomes \"1.5\". And {} is a list with one empty text.",
			Remediation: "Use --set-json, which takes JSON.",
		},
		{
			ID: "chart/set-list-index", Title: "--set with an index does not reach the chart's default list", Severity: "warning", Source: helm(using),
			Description: "An index changes an item of a list in the user's own files. The default values come in later, so a default list is replaced by a list that holds nothing but that item, with nulls before it.",
			Remediation: "Give the whole list in a values file.",
		},
		{
			ID: "chart/set-second-key", Title: "--set makes a second key beside a boolean one", Severity: "warning", Source: helm(using),
			Description: "In a file, an unquoted y, n, on, off, yes or no is a boolean, and as a key becomes \"true\" or \"false\". --set takes keys as they are, so the two do not meet.",
			Remediation: "Quote the key in the file.",
		},
		{
			ID: "chart/large-number", Title: "A large number is printed as 1e+06", Severity: "warning", Source: helm("Chart Template Guide: Values Files"),
			Description: "Helm keeps the numbers of values files as floats, and a template that prints one as it is writes whole numbers from a million on in exponential form. It is a warning where the number stands inside a text, and an info where it stands alone, because Kubernetes reads 1e+06 as the number.",
			Remediation: "Quote the number; in a template, use int64.",
		},
		{
			ID: "chart/broken-template", Title: "Templates must parse", Severity: "error", Source: helm("Chart Template Guide: Debugging Templates"),
			Description: "Helm parses all templates before it renders one, and refuses the chart when one is broken.",
			Remediation: "Mend the template.",
		},
		{
			ID: "chart/missing-dependency", Title: "Subcharts must be there", Severity: "warning", Source: helm(dependencies),
			Description: "Chart.yaml lists a dependency that is not in charts/. Helm refuses to install such a chart, and helmvet cannot judge the values for it.",
			Remediation: "Run `helm dependency build`.",
		},
		{
			ID: "chart/closed-root", Title: "A closed schema must allow global", Severity: "warning", Source: helm(schemas),
			Description: "Told to authors of charts. Helm adds a key global to the values of every subchart before it asks the subchart's schema. A schema that allows no further keys at its root refuses that, and with it each chart that depends on this one.",
			Remediation: "Add global to the properties of the schema.",
		},
		{
			ID: "chart/condition-path", Title: "The path of a condition must be one that can be set", Severity: "warning", Source: helm(dependencies),
			Description: "Told to authors of charts. A condition decides nothing when its path holds a blank, when the subchart's name has a dot, or when a schema does not allow the key.",
			Remediation: "Correct the condition, or add the key to the schema.",
		},
		{
			ID: "chart/format-not-asserted", Title: "Format is only checked under draft 7 and older", Severity: "info", Source: helm(schemas),
			Description: "Told to authors of charts. Since Helm 3.18.5 a schema without $schema, or with one that names no draft, is read as 2020-12, where format does not refuse anything.",
			Remediation: "Name http://json-schema.org/draft-07/schema# in $schema, or use pattern.",
		},
		{
			ID: "chart/undocumented-value", Title: "Values that templates read should be in values.yaml", Severity: "info", Source: helm("Best Practices: Values, Document values.yaml"),
			Description: "Told to authors of charts. A template reads a value that neither values.yaml, be it in a comment, nor the schema names.",
			Remediation: "Add it to values.yaml, in a comment if it has no default.",
		},
		{
			ID: "chart/unused-value", Title: "Default values should be read by a template", Severity: "info", Source: helm("Best Practices: Values"),
			Description: "Told to authors of charts. A value of values.yaml that no template reads misleads those who set it.",
			Remediation: "Delete it, or mend the template that should read it.",
		},
	}
}
