# METADATA
# title: Keep type full for a running release
# description: >-
#   tenant.deployment.type maintenance applies the provisioning again and cleanup repeats the cleanup job after
#   termination. Both are done once; values that stay in place say full.
# custom:
#   severity: warning
#   remediation: Write full, and pass the other type with --set when you need it.
#   facts: [TEN-197]
#   source:
#     document: genesys/multicloud-services example values
#     section: "services/tenant/02_chart_tenant/override_values.yaml: tenant.deployment"
package policies["genesys-tenant"]["one-time-operation"]

findings contains {"path": ["tenant", "deployment", "type"], "message": message} if {
	type := input.values.tenant.deployment.type
	type in {"maintenance", "cleanup"}
	message := sprintf("deployment type %q is an operation to run once; write \"full\" for a running release", [type])
}
