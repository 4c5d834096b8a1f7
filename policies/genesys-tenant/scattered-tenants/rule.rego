# METADATA
# title: Keep the tenants of a location in one namespace
# description: >-
#   Tenants are deployed to the namespace of the Voice platform or to another one. What they share, above all
#   tenant-monitor, has to be in the namespace of the tenants, so that several namespaces need it several times.
# custom:
#   severity: info
#   needs: fleet
#   remediation: Deploy all tenants of a location to one namespace, or tenant-monitor to each of them.
#   facts: [TEN-120]
#   source: {document: Tenant Service Private Edition Guide, section: Single region/location/cluster}
package policies["genesys-tenant"]["scattered-tenants"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

namespaces := [[tenant.fleet[i].place, i, tenant.fleet[i].namespace] |
	some i in tenant.fleet_tenants
	tenant.fleet[i].namespace != ""
	lib.known(tenant.fleet[i].namespace)
]

# One finding for each location, at the first tenant that is in another namespace than the first one.
findings contains {
	"release": later,
	"path": [],
	"related": [{"release": first, "path": [], "message": sprintf("the first tenant is in %q", [home])}],
	"message": sprintf("tenants of this location are in %s; what they share, such as tenant-monitor, is needed in each", [
		lib.join_words([sprintf("%q", [name]) | some name in {namespace | some [_, _, namespace] in group}], "and"),
	]),
} if {
	some group in tenant.groups(namespaces)
	[_, first, home] := group[0]
	later := min([i | some [_, i, namespace] in group; namespace != home])
}
