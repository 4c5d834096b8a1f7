# METADATA
# title: Install tenant-monitor before the tenants that need it
# description: >-
#   The pods of a tenant wait for the config maps and the claim that tenant-monitor makes, and helm --wait fails
#   meanwhile. The order is that of the releases in .helmvet.yaml, or what `order` in the context says.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: List tenant-monitor before the tenants of its namespace.
#   facts: [TEN-123]
#   source: {document: Tenant Service Private Edition Guide, section: Single region/location/cluster}
package policies["genesys-tenant"]["monitor-order"]

import data.policies["genesys-tenant"].lib as tenant

# needy are the tenants that need what a release of tenant-monitor makes: [that release, tenant].
needy := array.concat(
	[[monitor, i] |
		some i, _ in tenant.sidecars_of
		[monitor] := tenant.monitors_of[tenant.fleet[i].room]
	],
	[[monitor, i] |
		some i, claims in tenant.claims_of
		[monitor] := tenant.monitors_of[tenant.fleet[i].room]
		tenant.shared_volume(monitor).logClaim in {claim.name | some claim in claims}
	],
)

findings contains {
	"release": monitor,
	"path": [],
	"related": [{"release": first, "path": [], "message": "it needs what tenant-monitor makes"}],
	"message": sprintf("release %s comes after tenant %s, which waits for what it makes; put it before the tenants", [
		tenant.fleet[monitor].label,
		tenant.fleet[first].label,
	]),
} if {
	input.fleet_declared
	some group in tenant.groups(needy)
	monitor := group[0][0]
	own := turn(monitor)
	first := min([i | some [_, i] in group; turn(i) < own])
}

told := object.get(input.context, "order", [])

turn(i) := i if count(told) == 0

turn(i) := turns[tenant.fleet[i].name] if count(told) > 0

# A name that is told twice counts at its last place.
turns := object.union_n([{name: at} | some at, name in told])
