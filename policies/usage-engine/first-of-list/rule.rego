# METADATA
# title: Name the share instead of taking the first
# description: >-
#   The backup example takes the first file share, container and item of the account. With several of them that may be
#   the wrong one. It also keeps the quotes of the JSON output in some variables: a value in quotes is another value.
# custom:
#   severity: info
#   remediation: >-
#     Write the name of the share, and add --output tsv to az commands whose output goes into a variable.
#   facts: [UEP-053]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup and Database Upgrade}
package policies["usage-engine"]["first-of-list"]

import data.policies["usage-engine"].lib as usage

findings contains object.union(usage.value_place(i, query), {"message": message}) if {
	some i, command in input.commands
	some words, what in lists
	usage.runs(command, "az", words)
	query := usage.flag(command, "query")
	contains(query.value, "[0]")
	message := sprintf("the first %s of the list is taken, whatever else there is; write its name", [what])
}

findings contains {"command": i, "word": assign.word, "message": message} if {
	some i, command in input.commands
	some assign in command.assigns
	contains(assign.text, "az ")
	contains(assign.text, "--query")
	not regex.match(`(--output|-o)[ =]tsv|\btr -d|\bjq -r|\bsed\b`, assign.text)
	message := sprintf("%s keeps the quotes of the JSON output; add --output tsv to the az command", [assign.name])
}

lists := {
	"storage share list": "file share",
	"backup container list": "container",
	"backup item list": "item",
}
