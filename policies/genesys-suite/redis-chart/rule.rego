# METADATA
# title: Keep data of Redis, on enough nodes
# description: >-
#   Redis needs three nodes and one replica at least, and persistence for the services that need it. This is read
#   from values that are judged as those of its chart.
# custom:
#   severity: error
#   remediation: Raise the number that the message names, or switch persistence on.
#   facts: [SUI-038, SUI-040]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Redis}
package policies["genesys-suite"]["redis-chart"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": ["cluster", key], "facts": ["SUI-038"], "message": message} if {
	suite.nothing_told
	is_number(input.values.cluster.replicas)
	some key, least in {"nodes": 3, "replicas": 1}
	count := input.values.cluster[key]
	is_number(count)
	count < least
	message := sprintf("Redis needs at least %d %s, not %d; write %d or more", [least, key, count, least])
}

findings contains {
	"path": ["persistence", "enabled"],
	"severity": "warning",
	"facts": ["SUI-040"],
	"message": lost,
} if {
	suite.nothing_told
	input.values.persistence.enabled == false
}

lost := "without persistence Redis loses its data on restart, and some services need it; write true"
