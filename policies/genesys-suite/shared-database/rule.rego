# METADATA
# title: Give each service databases of its own
# description: >-
#   Services may share an instance, but each creates its own databases, and data of tenants is never shared.
#   Compared are databases that the values or the configuration name; a file, a placeholder or an expression is not.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Name another database.
#   facts: [SUI-044, SUI-045]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: SQL databases}
package policies["genesys-suite"]["shared-database"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {
	"release": other.release,
	"path": other.path,
	"holds": true,
	"facts": ["SUI-044"],
	"related": [{"release": first.release, "path": first.path, "message": "the other service"}],
	"message": message,
} if {
	some [_, name], uses in databases
	first := min(uses)
	some other in uses
	other.group != first.group
	not {other.part, first.part} == {"gcxi-raa", "gim"}
	message := sprintf("%s and %s share database %s, and each service creates its own; name another", [
		suite.members[first.release].name, suite.members[other.release].name, name,
	])
}

findings contains {
	"release": member.index,
	"path": [],
	"holds": true,
	"facts": ["SUI-045"],
	"message": message,
} if {
	some member in suite.members
	member.service in separate
	count(member.release.context.tenants) > 1
	name := member.release.context.database.name
	message := sprintf("database %s of %s serves tenants %s, and their data is not shared; give each a database", [
		name, member.name, concat(", ", member.release.context.tenants),
	])
}

databases[[suite.site_of(member), sprintf("%s/%s", [host, name])]] contains use if {
	some member in suite.members
	some [host, name, path] in named(member)
	use := {
		"release": member.index,
		"path": path,
		"part": object.get(member, "component", member.service),
		"group": suite.group_of(member.service),
	}
}

named(member) := ({[short(host), name, place[1]] |
	some place in [
		[["postgres", "host"], ["postgres", "db"]],
		[["db", "host"], ["db", "name"]],
		[["config", "dbHost"], ["config", "dbName"]],
	]
	host := object.get(member.release.values, place[0], null)
	name := object.get(member.release.values, place[1], null)
	literal(host)
	literal(name)
} | {[short(found[1]), found[2], ["db", "jdbcUrl"]] |
	url := member.release.values.db.jdbcUrl
	literal(url)
	some found in regex.find_all_string_submatch_n(`^jdbc:postgresql://([^/?]+)/([^?;/]+)`, url, 1)
}) | {[short(database.host), database.name, []] |
	database := member.release.context.database
}

short(host) := regex.replace(lower(host), `:[0-9]+$`, "")

literal(value) if {
	is_string(value)
	value != ""
	not startswith(value, "/")
	lib.known(value)
}

# Services whose data is kept apart by tenant, and nothing of it shared.
separate := {row.service | some row in tables.datastores.sql; not row.sharedAcrossTenants} - {row.service |
	some row in tables.datastores.sql
	row.sharedAcrossTenants
}
