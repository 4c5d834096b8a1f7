# METADATA
# title: Put the shared claim behind the log volume
# description: >-
#   tenant-monitor makes a claim for the log files of all tenants. The sample shows only the mounts of a tenant; the
#   volume log needs the claim as its source as well, or logs stay in the empty directory that the chart puts there,
#   and vanish with the pod.
# custom:
#   severity: warning
#   needs: fleet
#   remediation: >-
#     Set tenant.logging.volumes.log to [{name: log, persistentVolumeClaim: {claimName: ...}}] with the claim of
#     tenant-monitor.
#   facts: [TEN-144, TEN-186]
#   source: {document: Tenant Service Private Edition Guide, section: Samples and references}
package policies["genesys-tenant"]["log-volume-source"]

import data.policies["genesys-tenant"].lib as tenant
import data.policies.lib

# unused are the tenants beside a claim that they do not mount: [[monitor, they have mounts of log files], tenant].
unused := [[[monitor, mounted], i] |
	some i in tenant.fleet_tenants
	some monitor in tenant.monitors_of[tenant.fleet[i].room]
	tenant.shared_volume(monitor).logClaim
	not tenant.keeps_logs(i)
	mounted := mounts_logs(i)
]

default mounts_logs(_) := false

mounts_logs(i) if lib.present(input.releases[i].expanded, ["tenant", "logging", "mounts", "log"])

findings contains {
	"release": members[0],
	"path": ["tenant", "logging", "mounts", "log"],
	"key": true,
	"facts": ["TEN-186"],
	"related": [claim(monitor)],
	"message": sprintf("log files of %s are mounted, but their volume is an empty directory; put claim %s into %s", [
		tenant.listing(members),
		lib.quote(tenant.shared_volume(monitor).logClaim),
		"tenant.logging.volumes.log",
	]),
} if {
	some group in tenant.groups(unused)
	[monitor, true] = group[0][0]
	members := tenant.members(group)
}

findings contains {
	"release": members[0],
	"path": ["tenant", "logging", "volumes", "log"],
	"severity": "info",
	"facts": ["TEN-144"],
	"related": [claim(monitor)],
	"message": sprintf("log files of %s stay in an empty directory, although there is claim %s for all tenants; %s", [
		tenant.listing(members),
		lib.quote(tenant.shared_volume(monitor).logClaim),
		"name it in tenant.logging.volumes.log, or leave it if that is meant",
	]),
} if {
	some group in tenant.groups(unused)
	[monitor, false] = group[0][0]
	members := tenant.members(group)
}

claim(monitor) := {
	"release": monitor,
	"path": ["tenant", "logging", "volume", "logClaim"],
	"message": "the claim for all tenants",
}
