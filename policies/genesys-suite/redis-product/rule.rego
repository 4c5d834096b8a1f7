# METADATA
# title: Plan Redis as the guide requires
# description: >-
#   Redis needs cluster mode, TLS and, for secure connections, access control lists. It needs three nodes, one
#   replica and two shards at least, and persistence for the services that need it. Without it their data is gone
#   after a restart.
# custom:
#   severity: error
#   needs: fleet
#   context: [thirdParty, environment]
#   remediation: Raise the number that the message names, or switch persistence on.
#   facts: [SUI-036, SUI-037, SUI-038, SUI-039, SUI-040]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Redis}
package policies["genesys-suite"]["redis-product"]

import data.policies["genesys-suite"].lib as suite

findings contains {
	"context": true,
	"path": ["thirdParty", entry.name, problem.key],
	"severity": problem.severity,
	"facts": [problem.fact],
	"message": sprintf("%s %s", [entry.name, problem.text]),
} if {
	some entry in suite.listed
	entry.type == "redis"
	some problem in problems(entry.product)
}

findings contains {
	"release": i,
	"path": ["cluster", problem.key],
	"facts": [problem.fact],
	"message": sprintf("Redis %s", [problem.text]),
} if {
	some i, values in suite.product_values("redis")
	some problem in problems(values.cluster)
	problem.key in {"nodes", "replicas"}
	problem.severity == "error"
}

findings contains {
	"release": i,
	"path": ["persistence", "enabled"],
	"severity": "warning",
	"facts": ["SUI-040"],
	"message": lost,
} if {
	some i, values in suite.product_values("redis")
	values.persistence.enabled == false
}

findings contains {
	"context": true,
	"path": ["thirdParty", entry.name, "clusterMode"],
	"severity": "warning",
	"facts": ["SUI-036"],
	"message": message,
} if {
	some entry in suite.listed
	entry.type == "redis"
	entry.product.clusterMode == false
	message := sprintf("%s has no cluster mode, and only Redis with cluster mode is supported; plan it", [entry.name])
}

findings contains {
	"context": true,
	"path": ["thirdParty", entry.name, key],
	"severity": severity,
	"facts": ["SUI-037"],
	"message": message,
} if {
	suite.production
	some entry in suite.listed
	entry.type == "redis"
	[key, severity, message] := redis(entry.name, entry.product)
}

lost := "without persistence the data is lost on restart, and some services need it in Redis; write true"

problems(sizes) := ({problem |
	some [key, least, fact, text] in [
		["nodes", 3, "SUI-038", "plan 3, or 6 for three shards with a replica each"],
		["replicas", 1, "SUI-038", "plan 1 for each master"],
		["shards", 2, "SUI-039", "plan 2 or more"],
	]
	is_number(sizes[key])
	sizes[key] < least
	problem := {
		"key": key,
		"severity": "error",
		"fact": fact,
		"text": sprintf("has %d for %s, and needs at least %d; %s", [sizes[key], key, least, text]),
	}
} | {{
	"key": "nodes",
	"severity": "warning",
	"fact": "SUI-039",
	"text": sprintf("has %d nodes for 2 shards of %d, too few; plan %d", [sizes.nodes, each, 2 * each]),
} |
	not sizes.shards
	each := sizes.replicas + 1
	sizes.nodes >= 3
	sizes.nodes < 2 * each
}) | {{
	"key": "persistence",
	"severity": "warning",
	"fact": "SUI-040",
	"text": "keeps nothing over a restart, and some services need it to; plan persistence",
} |
	sizes.persistence == false
}

redis(name, product) := ["tls", "warning", sprintf("%s offers no TLS, and Redis has to; provision it", [name])] if {
	product.tls == false
} else := [
	"auth",
	"error",
	sprintf("%s offers TLS without access control lists; add them for authentication", [name]),
] if {
	product.tls == true
	product.auth == false
} else := [
	"tls",
	"warning",
	sprintf("nothing tells whether %s has access control lists; add auth: true if so", [name]),
] if {
	product.tls == true
	not product.auth
} else := ["version", "info", sprintf("nothing tells whether %s offers TLS; add tls: true if so", [name])] if {
	object.get(product, "tls", null) == null
}
