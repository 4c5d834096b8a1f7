# METADATA
# title: Initialize the database at the master location
# description: >-
#   images.pgdbInit creates the database of the tenant and upgrades its schema. At a location whose master is elsewhere
#   the database is a copy, so that the container may be off there; at the master location nothing else does its work.
# custom:
#   severity: warning
#   remediation: Set images.pgdbInit.enable to "true" at the master location.
#   facts: [TEN-155]
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant"]["database-init"]

import data.policies["genesys-tenant"].lib as tenant

# The same text is the same datacenter, whatever its placeholders stand for.
findings contains {
	"path": ["images", "pgdbInit", "enable"],
	"holds": true,
	"related": [{"path": ["tenant", "consul", "homedc"], "message": "the same datacenter as masterdc"}],
	"message": "pgdbInit is \"false\" at the master location, so nothing creates or upgrades the database; write \"true\"",
} if {
	input.values.images.pgdbInit.enable == "false"
	tenant.same_text(input.values.tenant.consul.masterdc, input.values.tenant.consul.homedc)
	input.values.tenant.consul.homedc != ""
}
