# METADATA
# title: Give both Consul datacenters in lower case
# description: >-
#   tenant.consul.homedc is the datacenter of this location and masterdc that of the master; a single location gives
#   both the same name. Consul writes datacenter names in lower case.
# custom:
#   severity: warning
#   remediation: Set both keys, in lower case.
#   facts: [TEN-202]
#   source:
#     document: genesys/multicloud-services example values
#     section: "services/tenant/02_chart_tenant/override_values.yaml: tenant.consul"
package policies["genesys-tenant"]["consul-datacenter"]

import data.policies.lib

findings contains finding if {
	input.whole
	some key, other in {"masterdc": "homedc", "homedc": "masterdc"}
	lib.present(input.values, ["tenant", "consul", other])
	not lib.present(input.values, ["tenant", "consul", key])
	finding := {
		"path": ["tenant", "consul", key],
		"holds": true,
		"message": sprintf(
			"tenant.consul has %s but not %s; write both, with the same name where there is one location",
			[other, key],
		),
	}
}

findings contains {"path": ["tenant", "consul", key], "message": message} if {
	some key in ["masterdc", "homedc"]
	name := input.values.tenant.consul[key]
	regex.match(`^[A-Za-z0-9_-]*[A-Z][A-Za-z0-9_-]*$`, name)
	message := sprintf("datacenter %s has upper-case letters; Consul's names are lower case, write %s", [
		lib.quote(name),
		lib.quote(lower(name)),
	])
}
