# METADATA
# title: Install tenant-monitor once for each namespace
# description: >-
#   tenant-monitor is shared by all tenants of a namespace. Its config maps have fixed names, so a second release there
#   collides with the first.
# custom:
#   severity: error
#   needs: fleet
#   remediation: Keep one release of the chart tenant-monitor for each namespace, whatever the number of tenants.
#   facts: [TEN-124]
#   source: {document: Tenant Service Private Edition Guide, section: Single region/location/cluster}
package policies["genesys-tenant-monitor"]["one-monitor"]

monitors[[place, object.get(release.release, "namespace", "")]] contains i if {
	some i, release in input.releases
	"genesys-tenant-monitor" in release.packs
	object.get(release.release, "chart", {"name": "tenant-monitor"}).name != "tenant"
	place := object.get(release.release, "location", "")
	meets(place)
}

# One without a location meets others only where none has a location.
meets(place) if place != ""

meets("") if count([i | some i, release in input.releases; release.release.location]) == 0

findings contains {
	"release": later,
	"path": [],
	"holds": true,
	"related": [{"release": first, "path": [], "message": "the first tenant-monitor there"}],
	"message": sprintf("release %q is a second tenant-monitor%s, beside %q; remove it, one serves all tenants", [
		name(later),
		where(key[1]),
		name(first),
	]),
} if {
	some key, members in monitors
	first := min(members)
	some later in members
	later != first
}

name(i) := object.get(input.releases[i].release, "name", "")

where("") := ""

where(namespace) := sprintf(" in namespace %q", [namespace]) if namespace != ""
