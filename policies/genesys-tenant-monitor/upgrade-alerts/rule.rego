# METADATA
# title: Alert on missing metrics and pending pods
# description: >-
#   An upgrade whose image cannot be pulled leaves a pod pending and no metric at all, so an alert that compares the
#   health level stays silent. Genesys recommends alerts of one's own for both, and gives no support for them.
# custom:
#   severity: info
#   needs: manifests
#   remediation: >-
#     Add an alert with absent(tenant_service_health_level{...}) and one with
#     kube_pod_status_phase{phase="Pending",pod=~"<release>-.*"} > 0, each with a time to wait.
#   facts: [TEN-016]
#   source: {document: Tenant Service Private Edition Guide, section: Monitoring}
package policies["genesys-tenant-monitor"]["upgrade-alerts"]

import data.policies["genesys-tenant-monitor"].lib as monitor
import data.policies.lib

findings contains {
	"manifest": first.index,
	"path": ["spec", "groups"],
	"message": sprintf("no alert for %s, as after an upgrade whose image is missing; add %s", [
		lib.join_words([gap[0] | some gap in gaps], "and"),
		lib.join_words([gap[1] | some gap in gaps], "and"),
	]),
} if {
	first := sort(monitor.rules)[0]
	gaps := [gap |
		some pattern, gap in wanted
		not watched(pattern)
	]
	count(gaps) > 0
}

wanted := {
	`\babsent(_over_time)?\s*\([^)]*(tenant|\bup\b)`: [
		"missing metrics",
		`absent(tenant_service_health_level{namespace="<namespace>"})`,
	],
	`\bkube_pod_status_phase\b.*Pending|\bkube_pod_container_status_waiting|\bkube_pod_status_unschedulable\b`: [
		"pending pods",
		`kube_pod_status_phase{phase="Pending",pod=~"<release>-.*"} > 0`,
	],
}

watched(pattern) if {
	some manifest in input.manifests
	manifest.kind == "PrometheusRule"
	some group in manifest.spec.groups
	some rule in group.rules
	rule.alert
	regex.match(sprintf("(?s)%s", [pattern]), rule.expr)
}
