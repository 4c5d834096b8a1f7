# METADATA
# title: Scrape the tenants in one way
# description: >-
#   Metrics are collected through the PodMonitor that tenant-monitor makes, or through prometheus.io annotations of the
#   pods. With both, every sample is stored twice.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: Remove the annotations, or set prometheus.podMonitor.create of tenant-monitor to "false".
#   facts: [TEN-084]
#   source: {document: Tenant Service Private Edition Guide, section: Monitoring and observability}
package policies["genesys-tenant"]["double-scrape"]

import data.policies["genesys-tenant"].lib as tenant

switch_path := ["prometheus", "podMonitor", "create"]

annotated := [[[monitor, path], i] |
	some i in tenant.fleet_tenants
	some path in [["tenant", "podAnnotations"], ["podAnnotations"], ["tenant", "deployment", "podAnnotations"]]
	object.get(input.releases[i].values, array.concat(path, ["prometheus.io/scrape"]), "") in {"true", true}
	some monitor in tenant.monitors_of[tenant.fleet[i].room]
	tenant.value_of(monitor, switch_path) == "true"
]

findings contains {
	"release": members[0],
	"path": array.concat(path, ["prometheus.io/scrape"]),
	"related": [{"release": monitor, "path": switch_path, "message": "the PodMonitor is switched on here"}],
	"message": sprintf("pods of %s are scraped twice, by this annotation and by the PodMonitor of %s; remove one", [
		tenant.listing(members),
		tenant.fleet[monitor].label,
	]),
} if {
	some group in tenant.groups(annotated)
	[monitor, path] := group[0][0]
	members := tenant.members(group)
}
