# METADATA
# title: Give a tenant the same id at every location
# description: >-
#   All nodes of a tenant, at every location, carry the id under which the tenant is registered. A new id for the second
#   location makes another tenant of it. Releases of the same name at several locations are taken for one tenant.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Copy tenantid from the master location, or name the release after its own tenant if it is another one.
#   facts: [TEN-047]
#   source: {document: Tenant Service Private Edition Guide, section: Identification}
package policies["genesys-tenant"]["site-tenant-id"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"release": i,
	"path": ["tenantid"],
	"related": [{"release": reference, "path": ["tenantid"], "message": "the id of the tenant there"}],
	"message": sprintf("tenant id %s of release %s is not %s, its id at location %q; write the same at both", [
		lib.quote(tenant.value_of(i, ["tenantid"])),
		tenant.fleet[i].label,
		lib.quote(tenant.value_of(reference, ["tenantid"])),
		tenant.fleet[reference].location,
	]),
} if {
	some site in tenant.tenant_sites
	told := [i | some i in site; lib.known(tenant.fleet_ids[i]); not copied[i]]
	reference := first(site, told)
	some i in told
	tenant.fleet_ids[i] != tenant.fleet_ids[reference]
}

# An id that another tenant of the location has is reported by itself.
copied := {again.later: true | some again in tenant.same_id}

# The id of the master location counts, where that location is known.
first(site, told) := master if {
	master := tenant.master_of(site)
	master in told
} else := told[0]
