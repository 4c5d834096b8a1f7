# METADATA
# title: Supply each service with the products it needs
# description: >-
#   Each service needs certain third-party products. Where the configuration lists products, every planned service
#   has to find those that it needs: an entry without usedBy serves all of them, as does a release of the product's
#   chart. Services that only one chapter of the guide names are warned about.
# custom:
#   severity: error
#   needs: fleet, context
#   context: [thirdParty]
#   remediation: Add the product to thirdParty, or the service to its usedBy.
#   facts: [SUI-035, SUI-041, SUI-084, SUI-086, SUI-087, SUI-088, SUI-089, SUI-090]
#   source:
#     document: Setting up Genesys Multicloud CX Private Edition
#     section: "Third-party dependencies; Data stores"
package policies["genesys-suite"]["missing-product"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {
	"context": true,
	"path": ["thirdParty"],
	"severity": severity,
	"facts": fact,
	"message": message,
} if {
	suite.products_listed
	some [type, severity], services in missing
	fact := facts[type]
	message := sprintf("%s %s, and thirdParty lists none for it; add %s: {usedBy: [%s]}, or the name to a usedBy", [
		suite.need(services), words[type], type, suite.names(services),
	])
}

missing[[type, severity]] contains user(type, member) if {
	some member in suite.members
	some type, needed in needs
	severity := needed[member.service]
	concerned(type, member)
	not suite.supplied(types[type], member.service, object.get(member, "component", member.service))
}

user("mssql", _) := "gvp-rs"

user(type, member) := member.service if type != "mssql"

# Of GVP the reporting server alone uses SQL Server, and the configuration server alone PostgreSQL.
concerned(type, _) if not type in {"mssql", "postgresql"}

concerned("mssql", member) if member.component == "gvp-rs"

concerned("postgresql", member) if member.service != "gvp"

concerned("postgresql", member) if member.component == "gvp-configserver"

# The severity of a lack, by type and service. The guide names the services of some types in two chapters.
needs[type] := object.union(
	{key: severities[key in tabled(type)] | some key in described(type)},
	{key: severities[key in described(type)] | some key in tabled(type)},
) if {
	some type in {"redis", "postgresql"}
}

needs[type] := {key: "error" | some key in tabled(type)} if some type in {"kafka", "consul", "mssql"}

needs.elasticsearch := object.union(
	{key: "info" | some key in tables.software.elasticsearch.alsoInArchitecture},
	{key: "error" | some key in tabled("elasticsearch")},
)

severities := {true: "error", false: "warning"}

tabled(type) := {suite.service_named(name) | some name in tables.software[type].services}

described("redis") := {row.service | some row in tables.datastores.redis}

described("postgresql") := {key |
	some row in tables.datastores.sql
	row.engine == "postgresql"
	key := suite.service_named(row.service)
}

types := object.union(
	{type: {type} | some type, _ in facts},
	{"elasticsearch": {"elasticsearch", "opensearch"}},
)

facts := {
	"redis": ["SUI-041", "SUI-086"],
	"elasticsearch": ["SUI-035", "SUI-088"],
	"kafka": ["SUI-084"],
	"consul": ["SUI-087"],
	"mssql": ["SUI-089"],
	"postgresql": ["SUI-090"],
}

words := {
	"redis": "Redis",
	"elasticsearch": "Elasticsearch",
	"kafka": "Kafka",
	"consul": "Consul",
	"mssql": "SQL Server",
	"postgresql": "PostgreSQL",
}
