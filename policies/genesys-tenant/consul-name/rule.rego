# METADATA
# title: Keep the Consul name of the service
# description: >-
#   tenant.deployment.nameOverride decides the name of the service in Consul, under which other services look for
#   tenant-<tenantid>. The values of the vendor give tenant, and their comment the form with the id.
# custom:
#   severity: warning
#   remediation: Write tenant, or tenant- and the tenantid, or remove the key.
#   facts: [TEN-198]
#   source:
#     document: genesys/multicloud-services example values
#     section: "services/tenant/02_chart_tenant/override_values.yaml: tenant.deployment"
package policies["genesys-tenant"]["consul-name"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

path := ["tenant", "deployment", "nameOverride"]

name := input.values.tenant.deployment.nameOverride

findings contains finding if {
	with_id
	name != sprintf("tenant-%s", [tenant.tenant_uuid])
	finding := {
		"path": path,
		"severity": "error",
		"message": sprintf("nameOverride %s does not carry the id of this tenant; write %s", [
			lib.quote(name),
			lib.quote(sprintf("tenant-%s", [tenant.tenant_uuid])),
		]),
		"related": [{"path": ["tenantid"], "message": "the id of this tenant"}],
	}
}

findings contains {"path": path, "message": message} if {
	is_string(name)
	lib.known(name)
	name != "tenant"
	not with_id
	message := sprintf("other services do not look for nameOverride %s in Consul; write \"tenant\" or \"tenant-%s\"", [
		lib.quote(name),
		id,
	])
}

with_id if {
	startswith(name, "tenant-")
	tenant.is_uuid(substring(name, 7, -1))
}

default id := "<tenantid>"

id := tenant.tenant_uuid
