# METADATA
# title: Run at least two nodes
# description: >-
#   Tenant Service is highly available with one node more than needed (N+1). With one node an upgrade or a lost node
#   is an outage of the tenant at this location; with none the tenant is down.
# custom:
#   severity: info
#   context: [profile]
#   remediation: Set tenant.deployment.replicaCount to 2 or more.
#   facts: [TEN-029, TEN-096]
#   source: {document: Tenant Service Private Edition Guide, section: High availability and disaster recovery}
package policies["genesys-tenant"]["node-count"]

import data.policies.lib

path := ["tenant", "deployment", "replicaCount"]

findings contains {"path": path, "facts": ["TEN-096"], "severity": "warning", "message": message} if {
	input.values.tenant.deployment.replicaCount == 0
	object.get(input.context, "operation", "") != "dbms-in-place"
	message := "replicaCount 0 leaves no node, so that the tenant is down; write 1 or more"
}

findings contains {"path": path, "facts": ["TEN-029"], "message": message} if {
	input.values.tenant.deployment.replicaCount == 1
	message := "replicaCount 1 has no spare node at this location; write 2 or more for high availability"
}

findings contains {"path": path, "facts": ["TEN-029"], "message": message} if {
	input.whole
	input.context.profile == "production"
	not lib.present(input.values, path)
	message := "replicaCount is not set, so one node runs without a spare; write 2 or more for production"
}
