# METADATA
# title: Let services and Redis agree on cluster mode
# description: >-
#   Only distributions of Redis with cluster mode are supported, though some services may do without. A client that
#   expects a single Redis fails at a clustered one with redirections.
# custom:
#   severity: warning
#   needs: context
#   context: [thirdParty]
#   remediation: Switch cluster mode on, in Redis or in the values of the service.
#   facts: [SUI-036]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Redis}
package policies["genesys-suite"]["redis-mode"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": row.path, "message": message} if {
	suite.service_or_foreign
	some row in suite.settings("redisCluster")
	row.value in {false, "false"}
	count(serving) > 0
	every entry in serving {
		entry.product.clusterMode == true
	}
	message := sprintf("%s expects a single Redis, and %s is clustered; write true", [
		caller, concat(" and ", sort([entry.name | some entry in serving])),
	])
}

caller := suite.service if {
	suite.service
} else := "the client"

# A Redis of its own counts before those that serve everybody.
serving := own if {
	count(own) > 0
} else := {entry |
	some entry in suite.listed
	entry.type == "redis"
	count(object.get(entry.product, "usedBy", [])) == 0
}

own := {entry |
	some entry in suite.listed
	entry.type == "redis"
	suite.service in suite.users(entry.product)
}
