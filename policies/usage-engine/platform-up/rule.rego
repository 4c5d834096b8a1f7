# METADATA
# title: Start the platform again after the upgrade
# description: >-
#   The platform is scaled to 0 for the backup. After the upgrade, and after a rollback, it is scaled to 1 again: one
#   replica, never more. An upgrade mostly resets the number to that of the chart, but the guide does not rely on it.
# custom:
#   severity: warning
#   remediation: End with kubectl scale --replicas=1 sts/platform -n NAMESPACE.
#   facts: [UEP-055]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Upgrade}
package policies["usage-engine"]["platform-up"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "message": message} if {
	i := max([j | some j, command in input.commands; usage.replicas(command) == 0])
	changes_release(i)
	not started(i)
	message := "platform is scaled to 0 and never back to 1; add kubectl scale --replicas=1 sts/platform after the upgrade"
}

findings contains {"command": i, "severity": "error", "message": message} if {
	i := max([j | some j, command in input.commands; is_number(usage.replicas(command))])
	number := usage.replicas(input.commands[i])
	number > 1
	message := sprintf("platform ends with %d replicas; it is a single pod, write --replicas=1", [number])
}

changes_release(i) if {
	some j, command in object.union(usage.upgrades, usage.release_commands)
	command.verb in {"install", "upgrade", "rollback"}
	usage.may_precede(i, j)
}

started(i) if {
	some j, command in input.commands
	usage.replicas(command) > 0
	usage.may_precede(i, j)
	object.get(command, ["namespace", "value"], "") == object.get(input.commands[i], ["namespace", "value"], "")
}
