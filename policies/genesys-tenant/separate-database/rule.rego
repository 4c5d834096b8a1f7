# METADATA
# title: Give every tenant a database of its own
# description: >-
#   Tenants may share a database server, but not a database: the second one would overwrite the provisioning data of the
#   first. The guide calls the secret of the database name dbname for every tenant, so a second tenant in the namespace
#   needs another name, such as dbname-t0200.
# custom:
#   severity: error
#   needs: fleet
#   remediation: >-
#     Create a database for the tenant, and set tenant.pgdb.dbname to its name, or to the file of a secret with it.
#   facts: [TEN-112]
#   source: {document: Tenant Service Private Edition Guide, section: Postgres database backend}
package policies["genesys-tenant"]["separate-database"]

import data.policies["genesys-tenant"].lib as tenant

name_path := ["tenant", "pgdb", "dbname"]

same_database := [[[tenant.fleet[i].place, host, name], i] |
	some i in tenant.fleet_tenants
	name := tenant.fleet_setting(i, name_path)
	host := host_of(i)
]

host_of(i) := tenant.fleet_setting(i, ["tenant", "pgdb", "dbhost"]) if {
	tenant.value_of(i, ["tenant", "pgdb", "dbhost"]) != ""
} else := "the chart's"

findings contains {
	"release": again.later,
	"path": name_path,
	"holds": true,
	"related": [{"release": again.first, "path": name_path, "message": "the first tenant that uses it"}],
	"message": sprintf("%s, too; give each tenant its own: %s", [opening(again), advice(again)]),
} if {
	some again in tenant.repeats(same_database)

	# One tenant twice is reported by itself.
	object.get(tenant.fleet_ids, again.later, "later") != object.get(tenant.fleet_ids, again.first, "first")
}

opening(again) := sprintf("tenant %s uses the database of tenant %s", [
	tenant.fleet[again.later].label,
	tenant.fleet[again.first].label,
])

advice(again) := sprintf("secret %q holds the name for both, so create one such as \"dbname-%s\"", [
	again.key[2].secret,
	tenant.fleet[again.later].name,
]) if {
	again.key[2].secret
} else := "set tenant.pgdb.dbname to another database"
