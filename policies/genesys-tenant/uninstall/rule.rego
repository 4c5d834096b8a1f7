# METADATA
# title: Ask before uninstalling
# description: >-
#   helm uninstall removes every Kubernetes object of the service. Genesys asks to contact Customer Care first, above
#   all in production.
#   A tenant takes its calls, agents and voice applications with it.
# custom:
#   severity: warning
#   remediation: Contact Genesys Customer Care, then ignore this finding for the command with the reason.
#   facts: [TEN-021]
#   needs: commands
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Uninstall}
package policies["genesys-tenant"].uninstall

import data.policies["genesys-tenant"].lib as tenant

findings contains {"command": i, "message": message} if {
	some i, command in tenant.commands
	command.verb == "uninstall"
	not command.dry_run
	message := "helm uninstall removes every object of the tenant; contact Genesys Customer Care first"
}
