# METADATA
# title: Run one instance of the platform in a cluster
# description: >-
#   A cluster holds one instance of the platform. Test, staging and production need clusters of their own; a service
#   that is there twice, in two namespaces, is a sign of a second instance.
# custom:
#   severity: error
#   needs: fleet
#   context: [cluster]
#   remediation: Give each instance a cluster of its own.
#   facts: [SUI-009]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Kubernetes clusters}
package policies["genesys-suite"]["one-instance"]

import data.policies["genesys-suite"].lib as suite

findings contains {"context": true, "path": ["cluster", "instances"], "message": message} if {
	count(suite.cluster.instances) > 1
	message := sprintf("instances %s share cluster %s, and a cluster holds one; give each its own", [
		concat(" and ", suite.cluster.instances),
		object.get(suite.cluster, "name", "of the configuration"),
	])
}

findings contains {
	"release": last,
	"path": [],
	"holds": true,
	"severity": "warning",
	"related": [{"release": min(found), "path": [], "message": "the other one"}],
	"message": message,
} if {
	some [cluster, chart], found in homes
	count({suite.members[i].namespace | some i in found}) > 1
	last := max(found)
	message := sprintf("chart %s is in namespaces %s of cluster %s, as if it held two instances; keep one", [
		chart, suite.names({suite.members[i].namespace | some i in found}), cluster,
	])
}

findings contains {"release": max(found), "path": [], "holds": true, "message": message} if {
	some cluster, kinds in environments
	count(kinds) > 1
	found := union({indexes | some indexes in kinds})
	message := sprintf("cluster %s serves %s, and each environment needs a cluster of its own", [
		cluster, concat(" and ", sort(object.keys(kinds))),
	])
}

homes[[member.cluster, member.chart]] contains member.index if {
	some member in suite.members
	member.namespace
	not suite.per_tenant(member.chart)
}

environments[cluster] := kinds if {
	some cluster in {member.cluster | some member in suite.members}
	kinds := by_environment[cluster]
}

by_environment[member.cluster][member.release.context.environment] contains member.index if {
	some member in suite.members
}
