# METADATA
# title: Mount the log claim that tenant-monitor makes
# description: >-
#   The shared log volume is a claim that tenant-monitor makes, or expects, under the name logClaim. Tenants of the
#   namespace name it in volumes.log. Pods with a claim that nobody makes stay in Pending.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Write the same name in logClaim of tenant-monitor and in claimName of the tenants.
#   facts: [TEN-123, TEN-144]
#   source: {document: Tenant Service Private Edition Guide, section: tenant-monitor; Samples and references}
package policies["genesys-tenant"]["log-claim-name"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# strays are the claims that nobody makes: [[room, name], tenant, path]. Rooms without tenant-monitor are reported by
# themselves.
strays := [[[room, claim.name], i, claim.path] |
	some i, claims in tenant.claims_of
	room := tenant.fleet[i].room
	count(tenant.monitors_of[room]) > 0
	some claim in claims
	not claim.name in tenant.claims_made[room]
]

findings contains {
	"release": first,
	"path": path,
	"severity": severity,
	"facts": advice.facts,
	"related": advice.related,
	"message": sprintf("nobody makes log claim %s%s; %s", [lib.quote(key[1]), others(users), advice.text]),
} if {
	some users in tenant.groups(strays)
	[key, first, path] := users[0]
	advice := advise(tenant.monitors_of[key[0]])
}

default severity := "warning"

severity := "error" if input.manifests_complete

others(users) := "" if count(tenant.members(users)) == 1

others(users) := sprintf(", which %d tenants mount", [count(tenant.members(users))]) if count(tenant.members(users)) > 1

advise(monitors) := {"facts": ["TEN-144"], "related": related, "text": text} if {
	claims := {name: monitor | some monitor in monitors; name := tenant.shared_volume(monitor).logClaim}
	some name, monitor in claims
	text := sprintf("write %s, which release %s makes", [lib.quote(name), tenant.fleet[monitor].label])
	related := [{
		"release": monitor,
		"path": ["tenant", "logging", "volume", "logClaim"],
		"message": "the claim for all tenants",
	}]
} else := {"facts": ["TEN-123", "TEN-144"], "related": related, "text": text} if {
	path := ["tenant", "logging", "volume", "enabled"]
	text := "set tenant.logging.volume.enabled and logClaim in tenant-monitor, or give the manifest of the claim"
	related := [{"release": monitors[0], "path": path, "message": "the log volume of tenant-monitor is not enabled"}]
}
