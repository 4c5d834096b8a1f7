# METADATA
# title: Give each group of services data stores of its own
# description: >-
#   In production a data store is shared only by services of one group. That is read from usedBy of the products,
#   and from the addresses of data stores in the values.
# custom:
#   severity: warning
#   needs: fleet, context
#   context: [environment, thirdParty]
#   remediation: Plan another instance for the other group.
#   facts: [SUI-030]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: Data stores}
package policies["genesys-suite"]["shared-store"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {
	"context": true,
	"path": ["thirdParty", entry.name, "usedBy"],
	"severity": severity,
	"message": message,
} if {
	some entry in suite.listed
	entry.type in suite.data_stores
	groups := {suite.group_of(key) | some key in suite.users(entry.product)}
	count(groups) > 1
	message := sprintf("%s serves %s, which are services of %d groups; give each group a store of its own", [
		entry.name, suite.names(suite.users(entry.product)), count(groups),
	])
}

findings contains {
	"release": other.release,
	"path": other.path,
	"severity": severity,
	"related": [{"release": first.release, "path": first.path, "message": "the other service"}],
	"message": message,
} if {
	some [_, kind, host], uses in hosts
	count({use.group | some use in uses}) > 1
	first := min(uses)
	some other in uses
	other.group != first.group
	message := sprintf("%s at %s also serves %s, which is of another group; give each group a store of its own", [
		kind, host, suite.members[first.release].name,
	])
}

severity := "warning" if suite.production

severity := "info" if {
	suite.environment
	not suite.production
}

hosts[[suite.site_of(member), kind, host]] contains {"release": member.index, "path": path, "group": group} if {
	some member in suite.members
	group := suite.group_of(member.service)
	some [kind, path] in places
	value := object.get(member.release.values, path, null)
	is_string(value)
	lib.known(value)
	some part in split(value, ",")
	host := regex.replace(lower(trim_space(part)), `^[a-z+]+://|[:/].*$`, "")
	host != ""
	not host in {"localhost", "127.0.0.1"}
}

places := [
	["PostgreSQL", ["postgres", "host"]], ["PostgreSQL", ["db", "host"]], ["PostgreSQL", ["postgres", "address"]],
	["Redis", ["redis", "cluster_nodes"]], ["Redis", ["redis", "nodes"]], ["Redis", ["redis", "host"]],
	["Redis", ["nexus", "redis", "nodes"]], ["Elasticsearch", ["elasticsearch", "host"]],
	["Elasticsearch", ["elasticSearch", "host"]],
]
