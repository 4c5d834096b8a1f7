# METADATA
# title: Back up the database before the master is upgraded
# description: >-
#   The database of the master location is backed up before an upgrade, because the first node upgrades the
#   configuration in it. While node 0 of the master is replaced nobody can write provisioning data, whatever the number
#   of nodes. helmvet upgrade --runbook writes all documented steps.
# custom:
#   severity: info
#   needs: previous
#   remediation: Back up the database, and upgrade while nobody changes the provisioning.
#   facts: [TEN-004, TEN-005]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Single region; Multiple regions}
package policies["genesys-tenant"]["upgrade-steps"]

import data.policies["genesys-tenant"].lib as tenant

findings contains {"path": tenant.tag_path, "message": message} if {
	tenant.new_image
	not tenant.at_replica
	message := sprintf("before this upgrade back up the database of the tenant%s, and expect no writes to its %s", [
		where,
		"provisioning while node 0 is replaced",
	])
}

default where := ""

where := sprintf(" at its master location %q", [dc]) if {
	dc := input.values.tenant.consul.masterdc
	dc != ""
}
