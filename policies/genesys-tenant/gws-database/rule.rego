# METADATA
# title: Switch the GWS database settings together
# description: >-
#   tenant.gws.db passes the database on to Genesys Web Services. Its parts read and init do nothing while enable is
#   off, all of it does nothing while tenant.gws.enable is off, and at a replica location the database is read-only,
#   so nothing can be initialized there.
# custom:
#   severity: warning
#   remediation: Set tenant.gws.enable and tenant.gws.db.enable to "true", or read and init to "false".
#   facts: [TEN-184]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["gws-database"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

db := input.values.tenant.gws.db

findings contains finding if {
	some key in ["read", "init"]
	db[key] == "true"
	off(["tenant", "gws", "db", "enable"])
	finding := {
		"path": ["tenant", "gws", "db", key],
		"message": sprintf(
			"tenant.gws.db.%s is \"true\", but tenant.gws.db.enable is not; write \"true\" there or \"false\" here",
			[key],
		),
		"related": [{"path": ["tenant", "gws", "db", "enable"], "message": "the main switch"}],
	}
}

findings contains finding if {
	db.enable == "true"
	off(["tenant", "gws", "enable"])
	finding := {
		"path": ["tenant", "gws", "db", "enable"],
		"message": "tenant.gws.db.enable is \"true\", but tenant.gws.enable is not; write \"true\" there or \"false\" here",
		"related": [{"path": ["tenant", "gws", "enable"], "message": "the switch for all of GWS"}],
	}
}

findings contains finding if {
	db.init == "true"
	tenant.at_replica
	finding := {
		"path": ["tenant", "gws", "db", "init"],
		"message": "tenant.gws.db.init is \"true\" at a replica location, whose database is read-only; write \"false\"",
		"related": [{"path": ["tenant", "consul", "masterdc"], "message": "the master is at another location"}],
	}
}

# off says that a switch is not on: it is set to something else, or absent from values that are whole.
off(path) if {
	lib.present(input.values, path)
	object.get(input.values, path, "") != "true"
}

off(path) if {
	input.whole
	not lib.present(input.values, path)
}
