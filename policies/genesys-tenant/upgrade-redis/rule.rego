# METADATA
# title: Change the Redis connection while one node runs
# description: >-
#   Tenant nodes share Redis with the Voice platform. Before its connection changes, the tenant is scaled down to one
#   node in a step of its own; then Redis changes, and the tenant is restarted; after that it is scaled up again.
# custom:
#   severity: error
#   needs: previous
#   remediation: Upgrade in three steps, with replicaCount 1, then with the new Redis settings, then with more nodes.
#   facts: [TEN-012]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Backend upgrade}
package policies["genesys-tenant"]["upgrade-redis"]

import data.policies["genesys-tenant"].lib as tenant

changed := tenant.changed_below(tenant.redis_paths)

findings contains {
	"path": changed[0],
	"related": array.concat(
		[{"previous": true, "path": changed[0], "message": "what is installed"}],
		[{"path": ["tenant", "deployment", "replicaCount"], "message": "the nodes after the upgrade"}],
	),
	"message": sprintf("%s changes while %d nodes run%s; %s", [
		tenant.changed_paths(changed),
		max(tenant.nodes),
		phase,
		advice,
	]),
} if {
	count(changed) > 0
	max(tenant.nodes) > 1
}

phase := " before the upgrade" if {
	tenant.nodes[1] == 1
} else := " after the upgrade" if {
	tenant.nodes[0] == 1
} else := ""

advice := "scale up in a later step" if {
	tenant.nodes[0] == 1
} else := "scale down to replicaCount 1 in a step before, and up again in one after it"
