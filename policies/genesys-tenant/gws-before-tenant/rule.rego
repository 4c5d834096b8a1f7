# METADATA
# title: Deploy Authentication before the tenants of a fleet
# description: >-
#   Tenants with tenant.gws.enable "true" register at Genesys Web Services while they are installed or upgraded, so
#   the Authentication service (gauth) has to be up by then. Of a list of releases it comes before the tenants; where
#   none of them is the service, one reminder stands for all tenants.
# custom:
#   severity: info
#   needs: fleet
#   remediation: List the release of gauth before the tenants, or check that the service answers before you run helm.
#   facts: [TEN-039]
#   source: {document: Tenant Service Private Edition Guide, section: Genesys dependencies}
package policies["genesys-tenant"]["gws-before-tenant"]

import data.policies["genesys-tenant"].lib as tenant

path := ["tenant", "gws", "enable"]

registering := [i | some i in tenant.fleet_tenants; tenant.value_of(i, path) == "true"]

services := [i |
	some i, release in input.releases
	some name in [tenant.fleet[i].name, object.get(release.release, ["chart", "name"], "")]
	regex.match(`^(gauth|gws-auth)`, name)
]

findings contains {"release": registering[0], "path": path, "message": message} if {
	input.fleet_declared
	count(services) == 0
	message := sprintf("%s at GWS when installed, and no release is gauth; have Authentication up before that", [
		who(registering),
	])
}

# An order of installation in the context is judged by install-order.
findings contains {
	"release": late[0],
	"path": path,
	"severity": "warning",
	"related": [{"release": services[0], "path": [], "message": "the service comes later"}],
	"message": sprintf("%s at GWS when installed, but release %s comes after; put that before the tenants", [
		who(late),
		tenant.fleet[services[0]].label,
	]),
} if {
	input.fleet_declared
	count(object.get(input.context, "order", [])) == 0
	late := [i | some i in registering; i < services[0]]
}

who(members) := sprintf("tenant %s registers", [tenant.listing(members)]) if count(members) == 1

who(members) := sprintf("tenants %s register", [tenant.listing(members)]) if count(members) > 1
