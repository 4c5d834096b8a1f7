# METADATA
# title: Upgrade one release after the other
# description: >-
#   Services are upgraded one at a time: each upgrade, or its rollback, is verified before the next one starts.
# custom:
#   severity: info
#   needs: fleet, previous
#   remediation: Run helm for one release, verify it, then go on.
#   facts: [TEN-015]
#   source: {document: "Upgrade, roll back, or uninstall Tenant Service", section: Scheduling considerations}
package policies["genesys-tenant"]["upgrade-one-by-one"]

import data.policies["genesys-tenant"].lib as tenant

upgraded := [i |
	some i, member in tenant.fleet
	member.chart != ""
	release := input.releases[i]
	release.previous
	not unchanged(release)
]

# A release of which something is known is upgraded when that changes.
unchanged(release) if {
	told := {"values": release.values, "version": chart_version(release)}
	told == {"values": release.previous.values, "version": chart_version(release.previous)}
	told != {"values": {}, "version": ""}
}

chart_version(side) := object.get(side.release, ["chart", "version"], "")

findings contains {
	"release": upgraded[1],
	"path": [],
	"related": [{"release": upgraded[0], "path": [], "message": "the first one"}],
	"message": sprintf("%d releases are upgraded together: %s; upgrade and verify one after the other", [
		count(upgraded),
		tenant.listing(upgraded),
	]),
} if {
	count(upgraded) > 1
}
