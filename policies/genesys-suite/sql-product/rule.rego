# METADATA
# title: Plan SQL Server for GVP and PostgreSQL for the rest
# description: >-
#   The reporting server of GVP supports Microsoft SQL Server only, and no other service does. With several units
#   the databases of Tenant, GAuth and GWS are replicated between regions.
# custom:
#   severity: error
#   needs: fleet, context
#   context: [thirdParty, units]
#   remediation: Move the service to a product of the other kind, or plan replication.
#   facts: [SUI-043, SUI-045, SUI-089]
#   source: {document: Setting up Genesys Multicloud CX Private Edition, section: SQL databases}
package policies["genesys-suite"]["sql-product"]

import data.policies["genesys-suite"].data as tables
import data.policies["genesys-suite"].lib as suite

findings contains {
	"context": true,
	"path": ["thirdParty", entry.name, "usedBy"],
	"facts": ["SUI-043", "SUI-089"],
	"message": message,
} if {
	some entry in suite.listed
	entry.type == "mssql"
	others := {name |
		some name in entry.product.usedBy
		suite.service_named(name)
		not lower(name) in {"gvp", "gvp-rs"}
	}
	count(others) > 0
	message := sprintf(
		"SQL Server is for the reporting server of GVP alone; plan PostgreSQL for %s",
		[suite.names(others)],
	)
}

findings contains {
	"context": true,
	"path": ["thirdParty", entry.name, "usedBy"],
	"facts": ["SUI-043"],
	"message": "the reporting server of GVP supports SQL Server only; plan mssql for gvp-rs",
} if {
	some entry in suite.listed
	entry.type == "postgresql"
	some name in entry.product.usedBy
	lower(name) == "gvp-rs"
}

findings contains {
	"context": true,
	"path": ["thirdParty", entry.name, "crossRegionReplication"],
	"severity": "warning",
	"facts": ["SUI-045"],
	"message": message,
} if {
	regions := {unit.region | some unit in input.context.units}
	count(regions) > 1
	some entry in suite.listed
	entry.type == "postgresql"
	keys := suite.users(entry.product) & replicated
	count(keys) > 0
	entry.product.crossRegionReplication == false
	message := sprintf("databases of %s are replicated between regions; plan replication for %s", [
		suite.names(keys), entry.name,
	])
}

replicated := {row.service | some row in tables.datastores.sql; row.crossRegionReplication == true}
