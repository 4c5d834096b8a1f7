# METADATA
# title: Keep a unit in its cluster
# description: >-
#   A unit is one instance of the product in one region, with one cluster for all its pods. On GKE splitting
#   services over clusters is not supported; elsewhere very large installations may do it.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [platform, units, cluster]
#   remediation: Deploy the release to the cluster of its unit.
#   facts: [SUI-002, SUI-008, SUI-023]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: "Architecture / Units; GKE / Not supported"
package policies["genesys-suite"]["single-cluster"]

import data.policies["genesys-suite"].lib as suite

findings contains {
	"release": member.index,
	"path": [],
	"holds": true,
	"severity": severity,
	"facts": ["SUI-002"],
	"message": message,
} if {
	some member in suite.members
	own := member.release.context.cluster
	is_string(own)
	some unit in input.context.units
	unit.name == member.release.context.unit
	unit.cluster != own
	message := sprintf("%s goes to cluster %s, and its unit %s lives in %s; deploy it there", [
		member.name, own, unit.name, unit.cluster,
	])
}

findings contains {
	"release": member.index,
	"path": [],
	"holds": true,
	"severity": "error",
	"facts": ["SUI-023"],
	"message": message,
} if {
	suite.gke
	some unit, clusters in clusters_of
	count(clusters) > 1
	first := min(clusters)
	some member in suite.members
	object.get(member, "unit", "") == unit
	member.cluster != first
	message := sprintf("%s goes to cluster %s and others to %s; on GKE all services run in a single cluster", [
		member.name, member.cluster, first,
	])
}

findings contains {
	"release": member.index,
	"path": [],
	"holds": true,
	"severity": "info",
	"facts": ["SUI-008"],
	"message": message,
} if {
	count(clusters_of) > 0
	some member in suite.members
	not member.cluster
	message := sprintf("the configuration names no cluster for %s, as it does for others; add it", [member.name])
}

default severity := "warning"

severity := "error" if suite.gke

clusters_of[unit] contains member.cluster if {
	some member in suite.members
	member.cluster
	unit := object.get(member, "unit", "")
}
