# METADATA
# title: Generate the tenant id
# description: >-
#   Each tenant needs a UUID of its own. The ids of public examples are in many clusters already; two tenants with one
#   id share their names in Consul.
# custom:
#   severity: warning
#   remediation: >-
#     Generate an id, for example with uuidgen, or list it under allowUUIDs in the context of .helmvet.yaml if
#     it is meant.
#   facts: [TEN-149]
#   source: {document: Tenant Service Private Edition Guide, section: Single service at one location}
package policies["genesys-tenant"]["copied-uuid"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {"path": ["tenantid"], "message": message} if {
	lower(tenant.tenant_uuid) in {"9350e2fc-a1dd-4c65-8d40-1f75a2e080dd", "9350e2fc-a1dd-4c65-8d40-1f75a2e00100"}
	not tenant.tenant_uuid in object.get(input.context, "allowUUIDs", [])
	message := sprintf(
		"tenant id %s stands in public examples; write your own, such as the output of uuidgen -r",
		[lib.quote(tenant.tenant_uuid)],
	)
}
