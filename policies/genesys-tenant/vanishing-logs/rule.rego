# METADATA
# title: Keep the log files, or forward them
# description: >-
#   Log files go to a claim for all tenants, which tenant-monitor makes, to a claim for each pod (logPvc), or to an
#   empty directory, from which a Fluent Bit sidecar may forward them. By default nothing forwards them, and they vanish
#   with the pod.
# custom:
#   severity: info
#   needs: fleet
#   remediation: Enable logPvc, mount the claim of tenant-monitor in volumes.log, or switch on the sidecars.
#   facts: [TEN-189]
#   source: {document: Tenant Service Private Edition Guide, section: Logging}
package policies["genesys-tenant"]["vanishing-logs"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# losers are the tenants whose log files nothing keeps: [severity, tenant]. Where tenant-monitor has a claim for them,
# they are reported by themselves.
losers := [[severity_of(i), i] |
	some i in tenant.fleet_tenants
	input.releases[i].whole
	not tenant.keeps_logs(i)
	not forwards(i)
	every monitor in tenant.monitors_of[tenant.fleet[i].room] {
		not tenant.shared_volume(monitor)
	}
]

severity_of(i) := "warning" if input.releases[i].context.profile == "production"

severity_of(i) := "info" if not input.releases[i].context.profile == "production"

forwards(i) if {
	some key, _ in tenant.log_streams
	lib.get(input.releases[i].values, ["images", key, "enable"], "") in {"true", true}
}

findings contains {
	"release": members[0],
	"path": ["tenant", "logging"],
	"key": true,
	"severity": severity,
	"message": sprintf("log files of %s vanish with their pods: %s; enable logPvc, or switch on the sidecars", [
		tenant.listing(members),
		"nothing keeps or forwards them",
	]),
} if {
	some group in tenant.groups(losers)
	severity := group[0][0]
	members := tenant.members(group)
}
