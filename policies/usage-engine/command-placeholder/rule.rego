# METADATA
# title: Fill in the placeholders of the guide
# description: >-
#   The commands of the guide have words in angle brackets, and one that lost them: -n namespace. A shell takes the
#   brackets for redirections, and namespace for the name of one.
# custom:
#   severity: error
#   remediation: Write the real name, version or number.
#   facts: [UEP-064]
#   needs: commands
#   source:
#     document: "Usage Engine Private Edition: Upgrading on Azure"
#     section: Preparations; Manual Upgrade of ECDs; Rollback
package policies["usage-engine"]["command-placeholder"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "word": blank.word, "message": message} if {
	some i, command in input.commands
	some blank in command.blanks
	not own_rule(command, blank)
	message := sprintf("%q is a placeholder of the guide; write the real value", [blank.text])
}

findings contains object.union(usage.place(i, command.namespace), {"message": message}) if {
	some i, command in input.commands
	command.namespace.value == "namespace"
	message := "-n namespace is a placeholder of the guide that lost its brackets; write the namespace of the release"
}

# own_rule says that rollback-revision speaks about the word.
own_rule(command, blank) if {
	command.verb == "rollback"
	command.revision.word == blank.word
}
