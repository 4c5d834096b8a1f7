package core

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

// YAMLSyntax is the rule that reports what Helm cannot read as values.
const YAMLSyntax = "core/yaml-syntax"

// Rules returns the rules of the pack with their words and examples. The slice
// belongs to the caller, what it points to does not.
func Rules() []lint.Rule { return append([]lint.Rule(nil), rules()...) }

var (
	yaml11 = func(section string) *lint.Source { return &lint.Source{Document: "YAML 1.1", Section: section} }
	yaml12 = func(section string) *lint.Source { return &lint.Source{Document: "YAML 1.2.2", Section: section} }
	helm   = func(section string) *lint.Source {
		return &lint.Source{Document: "Helm documentation", Section: section}
	}
	kubernetes = func(section string) *lint.Source {
		return &lint.Source{Document: "Kubernetes documentation", Section: section}
	}
	helmvet = func(section string) *lint.Source { return &lint.Source{Document: "helmvet", Section: section} }
)

func words() []lint.Rule {
	return []lint.Rule{
		{
			ID: YAMLSyntax, Title: "The file must be YAML that Helm can read", Severity: "error", Source: yaml12("Chapters 5 to 9"),
			Description: "Helm stops at the first syntax error, and its message often names a line far from the mistake. helmvet looks for the mistake itself: a key without its colon, a comment that was wrapped, an open quotation mark or bracket, a tab, a value that has to be quoted, marks of an unfinished merge. A cause is named only if the file reads further once it is mended. The rule also reports what is YAML but no Helm values, such as .nan, a null key or an anchor that contains itself.",
			Remediation: "Mend the line that is named; --fix does it where only one thing can be meant. A comment cannot ignore this rule.",
		},
		{
			ID: "core/duplicate-key", Title: "A key must stand once in a mapping", Severity: "error", Source: yaml12("3.2.1.3 Node Comparison: keys are unique"),
			Description: "Helm keeps the last of several equal keys and drops the others without a word, so part of the configuration is lost. Block strings that hold YAML are judged too. Two equal values are a warning: nothing is lost, but strict readers refuse the file.",
			Remediation: "Join the values under one key.",
		},
		{
			ID: "core/boolean-key", Title: "y, n, yes, no, on and off as keys become true and false", Severity: "error", Source: yaml11("Boolean language-independent type"),
			Description: "Helm reads YAML 1.1, where these words are booleans. As a key, on becomes \"true\": the chart looks for .on and finds nothing.",
			Remediation: "Quote the key.",
		},
		{
			ID: "core/boolean-word", Title: "yes, no, on, off, y and n are booleans", Severity: "warning", Source: yaml11("Boolean language-independent type"),
			Description: "Helm reads YAML 1.1, where these words are booleans. It is a warning where text was probably meant: a single letter, a country or language code, a word in a list of words. Elsewhere it is an info, because true and false say the same to every reader.",
			Remediation: "Quote the word to keep the text, or write true or false.",
		},
		{
			ID: "core/version-float", Title: "A version that looks like a number loses digits", Severity: "error", Source: helm("Chart Template Guide: YAML Techniques, Scalars and Collections"),
			Description: "Helm reads every number of a file as a 64-bit float. A tag 1.10 becomes 1.1, 3.0 becomes 3 and the commit 6254e10 becomes 6.254e+13, so another image is pulled, or none. Only keys that name a tag (error), a version, revision, commit or build (warning) are judged, and only where the text changes.",
			Remediation: "Quote the version.",
		},
		{
			ID: "core/octal-number", Title: "A number with a leading zero is not what it looks like", Severity: "warning", Source: yaml11("Integer language-independent type"),
			Description: "Helm reads 0100 as octal 64 and 089 as 89. That is right for file modes, which are not reported, and wrong for account numbers, postal codes and tenant ids.",
			Remediation: "Quote it if it is text, or write the decimal number.",
		},
		{
			ID: "core/large-integer", Title: "Large integers lose digits or print as 1e+06", Severity: "error", Source: helm("Chart Template Guide: YAML Techniques, Scalars and Collections"),
			Description: "Helm reads every number of a file as a 64-bit float. Beyond 2^53 digits are lost, which is an error. From a million on, a template that prints the value gets 1.234567e+06; that is a warning where the key names an id, a tag, an account or a serial number.",
			Remediation: "Quote the number.",
		},
		{
			ID: "core/lost-document", Title: "What follows the first document is not read", Severity: "error", Source: yaml12("9.1 Documents"),
			Description: "Helm 3 reads the first YAML document of a values file and drops the rest without a word; Helm 4 merges them. Three dots at the left margin end a document, and a line of dots copied from a manual becomes a value or breaks the file. In manifests several documents are normal; only dots are reported.",
			Remediation: "Delete the dots, or join the documents.",
		},
		{
			ID: "core/null-map", Title: "An empty key deletes what the chart or an earlier file set", Severity: "warning", Source: helm("Chart Template Guide: Values Files, Deleting a default key"),
			Description: "A key without a value is null, and null deletes the default below that key. In layered values it is a warning where a whole mapping is deleted by an empty key, and an info where null was written out. In a single file the rule speaks when the next key seems to have lost its indentation.",
			Remediation: "Indent what belongs below the key, leave the key out, or write null if deleting is meant.",
		},
		{
			ID: "core/tab", Title: "Indent with blanks, not tabs", Severity: "error", Source: yaml12("6.1 Indentation Spaces"),
			Description: "YAML forbids tabs in the indentation. A tab that begins the second line of a value is allowed but hides that the line is part of the value.",
			Remediation: "Replace each tab by blanks.",
		},
		{
			ID: "core/helm-output", Title: "What helm prints about a release is no values file", Severity: "error", Source: helm("Helm Commands: helm get all, helm get values"),
			Description: "helm get all puts the user's values between two headings, after the header of the release and before the computed values, hooks and manifests. Saved as a whole, or with a heading left in, Helm reads the headings as keys, and the computed values freeze every default of the old chart. The heading of the computed values, and a file that has both headings, are an error, another line a warning.",
			Remediation: "Run `helmvet extract FILE > values.yaml`, which takes the user's values out, or delete the lines.",
		},
		{
			ID: "core/byte-order-mark", Title: "The file starts with a byte order mark", Severity: "info", Source: yaml12("5.2 Character Encodings"),
			Description: "Helm skips the mark. Other tools take it for the first character of the first key.",
			Remediation: "Save the file as UTF-8 without a byte order mark.",
		},
		{
			ID: "core/typographic-quote", Title: "Typographic characters are not what YAML means", Severity: "warning", Source: yaml12("7.3 Flow Scalar Styles"),
			Description: "Word processors and PDF readers put curly quotation marks, dashes and non-breaking blanks in place of those on the keyboard. YAML takes them as text: the value then holds the quotation marks, the host name a dash that no name server knows. In a key, or in a value that the chart is known to read, it is an error. Comments and sentences are left alone.",
			Remediation: "Type the plain character.",
		},
		{
			ID: "core/placeholder", Title: "A placeholder waits for its value", Severity: "info", Source: helmvet("Placeholders"),
			Description: "$NAME and ${NAME} are replaced by envsubst or a pipeline, never by Helm. One finding for each variable: an info in a file by itself, a warning in the merged values of a release, an error when an environment was given and the variable is still there. Scripts, command lines and block strings that are no YAML are left alone.",
			Remediation: "Give the variable a value with --env or --env-file, or replace it before Helm runs.",
		},
		{
			ID: "core/angle-placeholder", Title: "A value of the documents was never filled in", Severity: "warning", Source: helmvet("Placeholders"),
			Description: "<registry>, TBD, CHANGEME and a tag such as 1.8.x stand in manuals for what the reader has to know.",
			Remediation: "Write the real value.",
		},
		{
			ID: "core/clear-text-secret", Title: "Secrets do not belong in values", Severity: "warning", Source: kubernetes("Good practices for Kubernetes Secrets"),
			Description: "A literal under a key such as password, token or apiKey, a private key, an address with a password in it, or the content of a Secret object ends up in the repository and in the release that Helm stores. References are not reported: names of Secrets and of their keys, paths, placeholders, template expressions, encrypted values and addresses in a vault.",
			Remediation: "Refer to a Secret that is made elsewhere, or encrypt the file.",
		},
		{
			ID: "core/list-replaced", Title: "A later file replaces a list and drops items", Severity: "warning", Source: helm("Using Helm: Customizing the Chart Before Installing"),
			Description: "Helm merges mappings, but replaces lists and strings, also block strings that hold a list. The finding names the items that are gone. Between files of the user it is a warning, over a default of the chart an info.",
			Remediation: "Repeat the items that are still wanted.",
		},
		{
			ID: "core/map-replaced", Title: "A later layer puts another kind of value in place of a mapping", Severity: "warning", Source: helm("Using Helm: Customizing the Chart Before Installing"),
			Description: "A string, number, boolean or list over a mapping drops everything below it, and a mapping over such a value hides it; Helm does not say so between files. Empty mappings and empty strings are no loss.",
			Remediation: "Write a mapping, or leave the key out.",
		},
		{
			ID: "core/suppress-expired", Title: "An ignore that is past its day", Severity: "warning", Source: helmvet("Suppression"),
			Description: "`until=2027-01-31` in an ignore comment, or `until` in an entry of the configuration, names the last day on which it holds. Afterwards it silences nothing.",
			Remediation: "Mend what was ignored and delete the comment, or give it a later day.",
		},
		{
			ID: "core/suppress-reason", Title: "An ignore comment must say why", Severity: "warning", Source: helmvet("Suppression"),
			Description: "`# helmvet:ignore RULE -- reason` silences a rule on its line or on the line below, `# helmvet:ignore-file RULE -- reason` in the whole file. With `until=2027-01-31` behind the rule it ends after that day. Without a rule or a reason it silences nothing.",
			Remediation: "Add ` -- ` and the reason.",
		},
		{
			ID: "core/suppress-unused", Title: "An ignore comment that silences nothing", Severity: "warning", Source: helmvet("Suppression"),
			Description: "The finding was mended, the rule's name is misspelt, or the comment stands at the wrong place. Left in the file it would hide a later finding.",
			Remediation: "Delete the comment, or correct the name of the rule.",
		},
	}
}
