# METADATA
# title: Upgrade with the documented flags
# description: >-
#   The documented command is helm upgrade --install NAME CHART --atomic --cleanup-on-fail --version VERSION -n
#   NAMESPACE -f FILE. Without the values file the release falls back to the defaults of the chart; without --atomic
#   and --cleanup-on-fail a failed upgrade stays as it is. --rollback-on-failure is the new name of --atomic. Version
#   and namespace have rules of their own.
# custom:
#   severity: error
#   remediation: Add the flags that the message names.
#   facts: [UEP-031]
#   needs: commands
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Upgrade}
package policies["usage-engine"]["upgrade-flags"]

import data.policies["usage-engine"].lib as usage

findings contains {"command": i, "message": message} if {
	some i, command in usage.deployments
	count(command.values) == 0
	not usage.has_flag(command, {"reuse-values", "reset-then-reuse-values"})
	not command.open
	message := "no values file is passed, so the release falls back to the defaults of the chart; add -f FILE"
}

findings contains {"command": i, "severity": "warning", "message": message} if {
	some i, command in usage.deployments
	not command.open
	missing := [flag |
		some flag in ["--atomic", "--cleanup-on-fail"]
		not usage.has_flag(command, same[flag])
		not not_for(command, flag)
	]
	count(missing) > 0
	message := sprintf("a failed upgrade is not undone without %s; add %s", [
		concat(" and ", missing),
		concat(" ", missing),
	])
}

findings contains {"command": i, "severity": "info", "message": message} if {
	some i, command in usage.deployments
	command.verb == "upgrade"
	not command.install
	not command.open
	message := "documented command has --install; without it helm refuses a release that does not exist yet"
}

same := {
	"--atomic": {"atomic", "rollback-on-failure"},
	"--cleanup-on-fail": {"cleanup-on-fail"},
}

# helm install has no --cleanup-on-fail.
not_for(command, "--cleanup-on-fail") if command.verb == "install"
