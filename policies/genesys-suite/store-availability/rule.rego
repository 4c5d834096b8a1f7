# METADATA
# title: Run data stores with high availability
# description: >-
#   All data stores have their high availability deployed: more than one node, three for Redis. A single database
#   takes all its services down with it. Outside production that is worth knowing only.
# custom:
#   severity: error
#   needs: fleet, context
#   context: [environment, thirdParty]
#   remediation: Add nodes, or the replication mode of the chart.
#   facts: [SUI-031]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Data stores}
package policies["genesys-suite"]["store-availability"]

import data.policies["genesys-suite"].lib as suite

findings contains {"context": true, "path": path, "severity": severity, "message": message} if {
	some entry in suite.listed
	entry.type in suite.data_stores
	[key, message] := lacking(entry)
	path := ["thirdParty", entry.name, key]
}

findings contains {"release": i, "path": ["architecture"], "severity": severity, "message": standalone} if {
	some i, values in suite.product_values("postgresql")
	values.architecture == "standalone"
}

findings contains {"release": i, "path": ["replicaCount"], "severity": severity, "message": message} if {
	some i, values in suite.product_values("kafka")
	values.replicaCount == 1
	message := "one broker of Kafka has no replica, and high availability is required; write 3"
}

standalone := "a standalone data store has no replica, and high availability is required; write replication"

lacking(entry) := [
	"ha",
	sprintf("%s has no high availability, which data stores must have; plan it", [entry.name]),
] if {
	entry.product.ha == false
} else := ["nodes", sprintf("%s has %d nodes, too few for high availability; plan %d or more", [
	entry.name, entry.product.nodes, least(entry.type),
])] if {
	not entry.product.ha
	entry.product.nodes < least(entry.type)
}

least(type) := 3 if {
	type == "redis"
} else := 2

severity := "error" if suite.production

severity := "info" if {
	suite.environment
	not suite.production
}
