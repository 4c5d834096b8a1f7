# METADATA
# title: Connect to data stores with TLS
# description: >-
#   Data stores have to offer TLS and authentication, and charts have switches for the side of the client. In
#   production a connection in clear text to a store that offers TLS is a mistake.
# custom:
#   severity: warning
#   needs: context
#   context: [environment, thirdParty]
#   remediation: Switch TLS on, on both sides.
#   facts: [SUI-033]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Data stores}
package policies["genesys-suite"]["store-tls"]

import data.policies["genesys-suite"].lib as suite

findings contains {"path": row.path, "severity": severity, "facts": ["SUI-033"], "message": message} if {
	suite.production
	suite.service_or_foreign
	some row in rows
	[severity, message] := judged(store_of(row.path))
}

rows := {row |
	some row in array.concat([row | some row in suite.settings("datastoreTls")], database)
	off(row.value)
}

# GAuth has its switch for the database in the words of PostgreSQL.
database := [{"path": ["services", "db", "ssl"], "value": value} |
	suite.service_is("gauth")
	value := input.values.services.db.ssl
]

off(false)

off(value) if {
	is_string(value)
	lower(value) in {"false", "disable"}
}

store_of(path) := "redis" if {
	some step in path
	lower(step) == "redis"
} else := "redis" if {
	"redisOptions" in path
} else := "elasticsearch" if {
	some step in path
	lower(step) == "elasticsearch"
} else := "postgresql"

mine(product) if count(object.get(product, "usedBy", [])) == 0

mine(product) if suite.service in suite.users(product)

judged(type) := ["error", sprintf(
	"the connection to %s is in clear text, though the store offers TLS; switch it on",
	[type],
)] if {
	some entry in suite.listed
	entry.type == type
	entry.product.tls == true
	mine(entry.product)
} else := ["warning", sprintf(
	"the connection to %s is in clear text; switch TLS on for production",
	[type],
)]
