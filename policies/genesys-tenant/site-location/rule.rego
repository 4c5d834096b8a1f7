# METADATA
# title: Name each location by its own name
# description: >-
#   tenant.general.location is the name of the location that a release is deployed at, and tenant.general.environment
#   the environment. The first differs between the locations of a tenant, the second does not. The example values have
#   the environment dev.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Write the name of the location in tenant.general.location.
#   facts: [TEN-201]
#   source:
#     document: genesys/multicloud-services example values
#     section: "services/tenant/02_chart_tenant/override_values.yaml: tenant.general"
package policies["genesys-tenant"]["site-location"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

findings contains {
	"release": later,
	"path": ["tenant", "general", "location"],
	"related": [{"release": first, "path": ["tenant", "general", "location"], "message": "the other location"}],
	"message": sprintf("tenant.general.location is %q here and at location %q; write the name of this one, such as %s", [
		text,
		tenant.fleet[first].location,
		tenant.fleet[later].location,
	]),
} if {
	some site in tenant.tenant_sites
	told := stated(site, "location")
	some [text, later] in told
	first := min([i | some [other, i] in told; other == text])
	later != first
}

findings contains {
	"release": later,
	"path": ["tenant", "general", "environment"],
	"related": [{"release": first, "path": ["tenant", "general", "environment"], "message": "the other location"}],
	"message": sprintf("environment is %q here, but %q at location %q; write the same at all locations of a tenant", [
		text,
		reference,
		tenant.fleet[first].location,
	]),
} if {
	some site in tenant.tenant_sites
	told := stated(site, "environment")
	[reference, first] := told[0]
	some [text, later] in told
	text != reference
}

findings contains {
	"release": min(members),
	"path": ["tenant", "general", "environment"],
	"message": "tenant.general.environment is \"dev\" in a production system; write the name of the environment",
} if {
	members := {i |
		some i in tenant.fleet_tenants
		input.releases[i].context.profile == "production"
		tenant.value_of(i, ["tenant", "general", "environment"]) == "dev"
	}
	count(members) > 0
}

stated(site, key) := [[text, i] |
	some i in site
	text := tenant.value_of(i, ["tenant", "general", key])
	is_string(text)
	text != ""
	lib.known(text)
]
