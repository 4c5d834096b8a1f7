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

upgraded := [i | some i, release in input.releases; release.previous]

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
