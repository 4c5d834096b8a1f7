# METADATA
# title: Register a tenant at one GWS for all locations
# description: >-
#   The tenant registers at the environment service of the master GWS. Every location has to reach that same service. A
#   name inside the cluster is another service at each location, and different names outside are different services.
# custom:
#   severity: info
#   needs: fleet
#   remediation: Write the name under which all locations reach the environment service of the master.
#   facts: [TEN-086]
#   source: {document: Tenant Service Private Edition Guide, section: Integration}
package policies["genesys-tenant"]["site-gws"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

path := ["tenant", "gws", "envEndpoint"]

findings contains {
	"release": others[0],
	"path": path,
	"related": [{"release": i, "path": path, "message": "another location"} | some i in sort(told); i != others[0]],
	"message": sprintf("locations register at %s; write one name that leads to the master GWS from everywhere", [list]),
} if {
	some site in tenant.tenant_sites
	told := [i |
		some i in site
		tenant.value_of(i, ["tenant", "gws", "enable"]) == "true"
		endpoint(i)
	]
	others := distinct(told)
	count(others) > 0
	list := lib.join_words([sprintf("%s (%s)", [endpoint(i), tenant.fleet[i].location]) | some i in told], "and")
}

endpoint(i) := host if {
	host := tenant.value_of(i, path)
	host != ""
	is_string(host)
	lib.known(host)
}

# distinct are the locations beyond the first one that register at a service of their own.
distinct(told) := array.slice(internal, 1, count(internal)) if {
	internal := [i | some i in told; tenant.is_internal(endpoint(i))]
	count(internal) > 1
} else := [i | some i in external; endpoint(i) != endpoint(external[0])] if {
	external := [i | some i in told; not tenant.is_internal(endpoint(i))]
}
