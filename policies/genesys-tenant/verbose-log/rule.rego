# METADATA
# title: Log at level info in production
# description: >-
#   The log levels are info, debug and noise. The last two write so much that log volumes of a production system fill
#   up.
# custom:
#   severity: info
#   context: [profile]
#   remediation: Write info, and raise the level only while you look for a fault.
#   facts: [TEN-204]
#   source:
#     document: genesys/multicloud-services example values
#     section: "services/tenant/02_chart_tenant/override_values.yaml: tenant.logging.level"
package policies["genesys-tenant"]["verbose-log"]

findings contains {"path": ["tenant", "logging", "level"], "message": message} if {
	input.context.profile == "production"
	level := input.values.tenant.logging.level
	level in {"noise", "debug"}
	message := sprintf("log level %q is meant for finding faults; write \"info\" for production", [level])
}
