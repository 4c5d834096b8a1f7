# METADATA
# title: Install tenant-monitor where tenants need it
# description: >-
#   tenant-monitor makes the config maps that the Fluent Bit sidecars of all tenants read, and the claim of a shared log
#   volume. Without it at a location the pods wait in ContainerCreating. It belongs to the namespace of the tenants,
#   because pods mount nothing from other namespaces.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: List a release of the chart tenant-monitor with the namespace and location of the tenants, before them.
#   facts: [TEN-076, TEN-120, TEN-123]
#   source: {document: Tenant Service Private Edition Guide, section: Single region/location/cluster}
package policies["genesys-tenant"]["missing-monitor"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# needs are what tenants expect of a tenant-monitor that is not there: [room, release, path, what, facts].
needs := array.concat(maps, claims)

maps := [[tenant.fleet[i].room, i, ["images", key, "enable"], sprintf("config map %q", [map]), ["TEN-076"]] |
	some i, keys in tenant.sidecars_of
	count(tenant.monitors_of[tenant.fleet[i].room]) == 0
	some key in keys
	map := tenant.log_streams[key].map
	not map in config_maps
]

claims := [[tenant.fleet[i].room, i, claim.path, sprintf("log claim %s", [lib.quote(claim.name)]), []] |
	some i, list in tenant.claims_of
	count(tenant.monitors_of[tenant.fleet[i].room]) == 0
	some claim in list
	not claim.name in tenant.claims_made[tenant.fleet[i].room]
]

# first_needs are those of the first tenant of each room.
first_needs := [group[0] | some group in tenant.groups(needs)]

config_maps := {manifest.metadata.name | some manifest in input.manifests; manifest.kind == "ConfigMap"}

# One finding for each namespace, at its first tenant. The list of releases has to be known.
findings contains {
	"release": i,
	"path": path,
	"key": true,
	"severity": severity,
	"facts": array.concat(["TEN-123"], facts),
	"message": sprintf("nobody makes the %s that tenant %s needs: list a release of the chart tenant-monitor%s", [
		what,
		tenant.fleet[i].label,
		with_place(tenant.fleet[i]),
	]),
} if {
	input.fleet_declared
	some [room, i, path, what, facts] in first_needs
	not tenant.monitors_at[room[0]]
}

findings contains {
	"release": i,
	"path": path,
	"key": true,
	"severity": "error",
	"facts": ["TEN-120"],
	"related": [{"release": monitors[0], "path": [], "message": "tenant-monitor at this location"}],
	"message": sprintf("tenant-monitor makes the %s in namespace %s, out of reach of tenant %s in %s; install it there", [
		what,
		lib.join_words([lib.quote(tenant.fleet[monitor].namespace) | some monitor in monitors], "and"),
		tenant.fleet[i].label,
		lib.quote(tenant.fleet[i].namespace),
	]),
} if {
	some [room, i, path, what, _] in first_needs
	monitors := tenant.monitors_at[room[0]]
}

default severity := "warning"

severity := "error" if input.manifests_complete

with_place(member) := concat("", [text |
	some [key, word] in [["namespace", "in namespace"], ["location", "at location"]]
	member[key] != ""
	text := sprintf(" %s %q", [word, member[key]])
])
