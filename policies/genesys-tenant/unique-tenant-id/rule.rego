# METADATA
# title: Give every tenant of a location an id of its own
# description: >-
#   Two releases with one tenantid at one location are two masters of one tenant. It happens when a values file is
#   copied, or when a second release is meant as a second node: for more nodes raise tenant.deployment.replicaCount.
#   Versions, unlike ids, may differ from tenant to tenant.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Generate an id for the new tenant, for example with uuidgen -r, or raise replicaCount of the first one.
#   facts: [TEN-125, TEN-126, TEN-129]
#   source: {document: Tenant Service Private Edition Guide, section: Multiple Tenants at one location}
package policies["genesys-tenant"]["unique-tenant-id"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"release": again.later,
	"path": ["tenantid"],
	"holds": true,
	"related": [{"release": again.first, "path": ["tenantid"], "message": "the first release with this id"}],
	"message": sprintf("tenant id %s is that of release %s, too; give this tenant an id of its own, or, %s, %s", [
		lib.quote(tenant.value_of(again.later, ["tenantid"])),
		tenant.fleet[again.first].label,
		"if it is meant as one more node",
		"raise tenant.deployment.replicaCount there",
	]),
} if {
	some again in tenant.same_id
}
