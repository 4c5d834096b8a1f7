# METADATA
# title: Give every tenant of a location a short id of its own
# description: >-
#   The last four characters of tenantid are the short id, which is part of names in Consul, of domains and of releases.
#   Two tenants of one location whose ids end alike clash there.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Generate another id for the new tenant, one with a different end.
#   facts: [TEN-127]
#   source: {document: Tenant Service Private Edition Guide, section: Multiple Tenants at one location}
package policies["genesys-tenant"]["unique-short-id"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

same_end := [[[tenant.fleet[i].place, substring(id, 32, 4)], i] |
	some i, id in tenant.fleet_ids
	tenant.is_uuid(id)
]

# Equal ids are reported by themselves.
findings contains {
	"release": again.later,
	"path": ["tenantid"],
	"related": [{"release": again.first, "path": ["tenantid"], "message": "the first tenant with this short id"}],
	"message": sprintf("tenant id %s ends in %q like that of release %s; generate an id with another end", [
		lib.quote(tenant.value_of(again.later, ["tenantid"])),
		again.key[1],
		tenant.fleet[again.first].label,
	]),
} if {
	some again in tenant.repeats(same_end)
	tenant.fleet_ids[again.later] != tenant.fleet_ids[again.first]
}
