# METADATA
# title: Ask before uninstalling
# description: >-
#   helm uninstall removes every Kubernetes object of the service. Genesys asks to contact Customer Care first, above
#   all in production.
#   All tenants of the namespace lose the PodMonitor, the Fluent Bit config maps and the shared log claim.
# custom:
#   severity: warning
#   remediation: Contact Genesys Customer Care, then ignore this finding for the command with the reason.
#   facts: [TEN-021]
#   needs: commands
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Uninstall}
package policies["genesys-tenant-monitor"].uninstall

import data.policies["genesys-tenant-monitor"].lib as monitor

findings contains {"command": i, "message": message} if {
	some i, command in monitor.commands
	command.verb == "uninstall"
	not command.dry_run
	message := sprintf("helm uninstall removes tenant-monitor, and all tenants of the namespace lose %s; %s", [
		"the PodMonitor, the Fluent Bit config maps and the shared log claim",
		"contact Genesys Customer Care first",
	])
}
