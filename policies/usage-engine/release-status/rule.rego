# METADATA
# title: Upgrade a release that is deployed
# description: >-
#   Before the upgrade the release is deployed. In a pending state another operation holds it, and helm refuses the
#   upgrade; an uninstalled one is gone. Helm can upgrade a failed release, but the guide starts from a deployed one.
# custom:
#   severity: error
#   remediation: Finish, or undo with helm rollback, the operation that came before.
#   facts: [UEP-009]
#   needs: context
#   context: [release.status]
#   source: {document: "Usage Engine Private Edition: Upgrading on Azure", section: Preparations}
package policies["usage-engine"]["release-status"]

findings contains {"context": true, "path": ["release", "status"], "severity": severity, "message": message} if {
	status := input.context.release.status
	[severity, said] := states[status]
	message := sprintf("release is %s: %s", [status, said])
}

states := {
	"pending-install": pending,
	"pending-upgrade": pending,
	"pending-rollback": pending,
	"uninstalling": ["error", "it is being removed; there is nothing to upgrade"],
	"uninstalled": ["error", "it is removed; there is nothing to upgrade"],
	"failed": ["warning", "find out why with helm history, and start from a deployed revision"],
	"superseded": ["warning", "this is an old revision; look at the current one with helm history"],
}

pending := ["error", "another operation did not finish, and helm refuses the next; finish it or roll it back"]
