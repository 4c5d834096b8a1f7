# METADATA
# title: Keep the logs of a tenant on one kind of volume
# description: >-
#   logPvc makes a claim for each pod, tenant-monitor one for all pods of the namespace. The two are alternatives: with
#   logPvc a tenant does not use the shared claim.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Mount the shared claim in tenant.logging.volumes.log, or switch it off in tenant-monitor.
#   facts: [TEN-179]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["two-log-volumes"]

import data.policies["genesys-tenant"].lib as tenant

path := ["tenant", "logging", "volumes", "logPvc", "enabled"]

doubled := [[monitor, i] |
	some i in tenant.fleet_tenants
	tenant.value_of(i, path) == "true"
	some monitor in tenant.monitors_of[tenant.fleet[i].room]
	tenant.shared_volume(monitor)
]

findings contains {
	"release": members[0],
	"path": path,
	"related": [{
		"release": monitor,
		"path": ["tenant", "logging", "volume", "enabled"],
		"message": "the volume for all pods",
	}],
	"message": sprintf("logPvc of %s is on, and release %s makes a log volume for all pods; use one of them", [
		tenant.listing(members),
		tenant.fleet[monitor].label,
	]),
} if {
	some group in tenant.groups(doubled)
	monitor := group[0][0]
	members := tenant.members(group)
}
