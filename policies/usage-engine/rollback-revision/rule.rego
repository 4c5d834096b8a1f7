# METADATA
# title: Name the revision to roll back to
# description: >-
#   helm rollback without a number takes the previous revision. After an upgrade that --atomic has undone, that is the
#   failed one. The number is that of the revision before the upgrade, as helm history shows it.
# custom:
#   severity: error
#   remediation: Look the revision up with helm history NAME -n NAMESPACE and write its number.
#   facts: [UEP-062]
#   needs: commands
#   source:
#     document: "Usage Engine Private Edition: Upgrading on Azure"
#     section: Rollback Usage Engine to pre-upgrade version
package policies["usage-engine"]["rollback-revision"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "message": message} if {
	some i, command in rollbacks
	not command.revision
	not command.open
	message := "no revision is named, so helm takes the previous one, which may be a failed one; write its number"
}

findings contains object.union(usage.place(i, command.revision), {"message": message}) if {
	some i, command in rollbacks
	some blank in command.blanks
	blank.word == command.revision.word
	message := sprintf("%q is a placeholder of the guide; write the number that helm history shows", [blank.text])
}

findings contains object.union(usage.place(i, command.revision), {"message": message}) if {
	some i, command in rollbacks
	message := wrong(command.revision.value)
}

rollbacks[i] := command if {
	some i, command in usage.release_commands
	command.verb == "rollback"
}

wrong(value) := message if {
	not is_number(value)
	message := sprintf("revision %q is no number; write the number that helm history shows", [value])
} else := message if {
	value < 1
	message := "revision 0 means the previous one, which may be a failed one; write its number"
} else := message if {
	value > input.context.release.revision
	message := sprintf("revision %d is newer than %d, which runs before the upgrade; write that one or an older one", [
		value,
		input.context.release.revision,
	])
}
