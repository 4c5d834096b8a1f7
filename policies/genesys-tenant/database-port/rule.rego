# METADATA
# title: Give the database host without a port
# description: >-
#   PostgreSQL is contacted on port 5432. tenant.pgdb.dbhost names the server only, so a port behind it is redundant
#   at best, and otherwise asks for a port that the documents do not know.
# custom:
#   severity: warning
#   remediation: Write the host name alone, such as pgdb-std-postgresql.infra.
#   facts: [TEN-026]
#   source: {document: Tenant Service Private Edition Guide, section: Connections table}
package policies["genesys-tenant"]["database-port"]

import data.policies.lib

path := ["tenant", "pgdb", "dbhost"]

findings contains {"path": path, "holds": true, "message": message} if {
	[host, port] := host_and_port
	port != "5432"
	message := sprintf("database host has port %s, but PostgreSQL is contacted on 5432; write %s", [port, lib.quote(host)])
}

findings contains {"path": path, "holds": true, "message": message} if {
	[host, port] := host_and_port
	port == "5432"
	message := sprintf("database host repeats the documented port 5432; write %s", [lib.quote(host)])
}

# An IPv6 address has more colons; only in brackets can a port follow it.
host_and_port := array.slice(match, 1, 3) if {
	dbhost := input.values.tenant.pgdb.dbhost
	is_string(dbhost)
	match := regex.find_all_string_submatch_n(`^([^:/@\s]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})$`, dbhost, 1)[0]
}
