# METADATA
# title: Request no more than the limit
# description: Kubernetes refuses a pod whose container requests more of a resource than its limit allows.
# custom:
#   severity: error
#   remediation: Raise the limit, or lower the request.
#   facts: [TEN-205]
#   source:
#     document: genesys/multicloud-services example values
#     section: "services/tenant/02_chart_tenant/override_values.yaml: tenant.resources"
package policies["genesys-tenant"]["resource-request"]

findings contains finding if {
	some container in ["tenantContainer", "initResources"]
	some resource, request in input.values.tenant.resources[container].requests
	limit := input.values.tenant.resources[container].limits[resource]
	quantity(resource, request) > quantity(resource, limit)
	finding := {
		"path": ["tenant", "resources", container, "requests", resource],
		"message": sprintf(
			"%s request %v is above the limit %v, so the pod is refused; raise the limit or lower the request",
			[resource, request, limit],
		),
		"related": [{"path": ["tenant", "resources", container, "limits", resource], "message": "the limit"}],
	}
}

quantity(_, value) := value if is_number(value)

quantity("cpu", value) := units.parse(value) if regex.match(`^[0-9]+(\.[0-9]+)?m?$`, value)

quantity(resource, value) := units.parse_bytes(value) if {
	resource != "cpu"
	regex.match(`^[0-9]+(\.[0-9]+)?([KMGTPE]i|[kMGTPE])?$`, value)
}
