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

# needs are what tenants expect from tenant-monitor, by room: [release, path, what, facts].
needs[tenant.fleet[i].room] contains [i, ["images", key, "enable"], sprintf("config map %q", [map]), ["TEN-076"]] if {
	some i, keys in tenant.sidecars_of
	some key in keys
	map := tenant.log_streams[key].map
	not map in config_maps
}

needs[room] contains [i, claim.path, sprintf("log claim %s", [lib.quote(claim.name)]), []] if {
	some i, claims in tenant.claims_of
	some claim in claims
	room := tenant.fleet[i].room
	not claim.name in tenant.claims_made(room)
}

config_maps := {manifest.metadata.name | some manifest in input.manifests; manifest.kind == "ConfigMap"}

# One finding for each namespace, at its first tenant. The list of releases has to be known.
findings contains {
	"release": first[0],
	"path": first[1],
	"key": true,
	"severity": severity,
	"facts": array.concat(["TEN-123"], first[3]),
	"message": sprintf("nobody makes the %s that tenant %s needs: list a release of the chart tenant-monitor%s", [
		first[2],
		tenant.fleet[first[0]].label,
		with_place(tenant.fleet[first[0]]),
	]),
} if {
	input.fleet_declared
	some room, list in needs
	count(tenant.monitors_of[room]) == 0
	not tenant.monitors_at[room[0]]
	first := min(list)
}

findings contains {
	"release": first[0],
	"path": first[1],
	"key": true,
	"severity": "error",
	"facts": ["TEN-120"],
	"related": [{"release": monitors[0], "path": [], "message": "tenant-monitor at this location"}],
	"message": sprintf("tenant-monitor makes the %s in namespace %s, out of reach of tenant %s in %s; install it there", [
		first[2],
		lib.join_words([lib.quote(tenant.fleet[i].namespace) | some i in monitors], "and"),
		tenant.fleet[first[0]].label,
		lib.quote(tenant.fleet[first[0]].namespace),
	]),
} if {
	some room, list in needs
	count(tenant.monitors_of[room]) == 0
	monitors := tenant.monitors_at[room[0]]
	first := min(list)
}

default severity := "warning"

severity := "error" if input.manifests_complete

with_place(member) := concat("", [text |
	some [key, word] in [["namespace", "in namespace"], ["location", "at location"]]
	member[key] != ""
	text := sprintf(" %s %q", [word, member[key]])
])
