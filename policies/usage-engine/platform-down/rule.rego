# METADATA
# title: Shut the platform down before the backup
# description: >-
#   A backup of the database that is taken while the platform writes may be corrupt. The platform is shut down with
#   kubectl scale --replicas=0 sts/platform, or by setting the replicas of the StatefulSet to 0 in another way; the
#   pod platform-0 has to be gone before the backup starts.
# custom:
#   severity: error
#   remediation: >-
#     Scale sts/platform to 0, wait with kubectl wait --for=delete pod/platform-0, then start the backup.
#   facts: [UEP-041, UEP-043]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Backup and Database Upgrade}
package policies["usage-engine"]["platform-down"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "facts": ["UEP-041"], "message": message} if {
	some i, _ in usage.backups
	not stopped(i)
	message := "backup starts while the platform runs; put kubectl scale --replicas=0 sts/platform before it"
}

findings contains {"command": i, "severity": "warning", "facts": ["UEP-043"], "message": message} if {
	i := min(object.keys(usage.backups))
	stopped(i)
	not gone(i)
	message := sprintf("nothing checks that the pod platform-0 is gone before the backup; add %s", [
		"kubectl wait --for=delete pod/platform-0",
	])
}

stopped(i) if {
	some j, _ in usage.stops
	usage.may_precede(j, i)
}

gone(i) if {
	some j, command in input.commands
	looks(command)
	usage.may_precede(j, i)
	some k, _ in usage.stops
	usage.may_precede(k, j)
}

looks(command) if {
	command.tool == "kubectl"
	regex.match(`^(get|wait|describe) (.* )?(po|pods?)([/ ]|$)`, usage.arguments(command))
}

looks(command) if {
	usage.runs(command, "kubectl", "rollout status")
	usage.about_platform(command)
}
