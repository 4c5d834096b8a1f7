# METADATA
# title: Use PostgreSQL, and SQL Server for the reporting server of GVP alone
# description: >-
#   All databases are PostgreSQL, except that of the reporting server of GVP, which supports Microsoft SQL Server
#   only.
# custom:
#   severity: error
#   remediation: Point the service to a database of its kind.
#   facts: [SUI-043, SUI-089]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: SQL databases}
package policies["genesys-suite"]["sql-engine"]

import data.policies["genesys-suite"].lib as suite
import data.policies.lib

findings contains {"path": path, "facts": ["SUI-043"], "message": message} if {
	suite.service_or_foreign
	not reporting
	some [path, value] in suite.addresses
	startswith(value, "jdbc:")
	engine := split(value, ":")[1]
	engine != "postgresql"
	lib.known(engine)
	message := sprintf("the address is for %q, and services keep data in PostgreSQL; write jdbc:postgresql://HOST/NAME", [
		engine,
	])
}

findings contains {"path": path, "facts": ["SUI-043"], "message": message} if {
	suite.service_or_foreign
	path := ["ixnService", "ixnServer", "db", "engine"]
	engine := object.get(input.values, path, null)
	is_string(engine)
	lib.known(engine)
	not regex.match(`(?i)^postgre`, engine)
	message := sprintf("Interaction Server keeps its data in PostgreSQL, not in %q; write postgre", [engine])
}

# GVP has both, so that only its reporting server may have what its other components must not.
reporting if suite.component == "gvp-rs"

reporting if {
	suite.service_is("gvp")
	suite.component == "gvp"
}
