# METADATA
# title: Upgrade a tenant of several nodes, or in a window
# description: >-
#   Nodes are replaced one after the other. With several nodes part of the agents is affected each time; with one node
#   the upgrade is an outage of the tenant at this location.
# custom:
#   severity: info
#   needs: previous
#   remediation: Raise tenant.deployment.replicaCount in a step before the upgrade, or plan the outage.
#   facts: [TEN-003]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Supported upgrade strategies}
package policies["genesys-tenant"]["upgrade-outage"]

import data.policies["genesys-tenant"].lib as tenant

# While the Redis connection changes, one node is right.
findings contains {"path": tenant.tag_path, "message": message} if {
	tenant.new_image
	tenant.nodes[0] == 1
	count(tenant.changed_below(tenant.redis_paths)) == 0
	message := "one node runs, so the tenant is down while it is replaced; run two before the upgrade, or plan the outage"
}
