# METADATA
# title: Say whether Redis is a cluster
# description: >-
#   tenant.redis.isCluster tells every Redis connection of the tenant whether the server is a cluster. The default of
#   the chart is not documented.
# custom:
#   severity: warning
#   remediation: Set tenant.redis.isCluster to true or false, without quotes.
#   facts: [TEN-061, TEN-133]
#   source: {document: Tenant Service Private Edition Guide, section: Backend parameters}
package policies["genesys-tenant"]["redis-cluster-flag"]

findings contains {"path": ["tenant", "redis", "isCluster"], "message": message} if {
	input.whole
	object.get(input.values, ["tenant", "redis", "isCluster"], "absent") == "absent"
	message := "tenant.redis.isCluster is not set and has no documented default; write true or false"
}
