# METADATA
# title: Create alert rules together with the metrics they watch
# description: >-
#   The alert rules of tenant-monitor watch metrics that its PodMonitor collects. Without one the rules are there and
#   never fire, unless another PodMonitor selects the tenant pods.
# custom:
#   severity: warning
#   remediation: "Write prometheus.podMonitor.create: \"true\", or prometheus.alertrule.create: \"false\"."
#   facts: [TEN-207]
#   source:
#     document: genesys/multicloud-services example values
#     section: "services/tenant/01_chart_tenant-monitor/override_values.yaml: prometheus"
package policies["genesys-tenant-monitor"]["alert-rules-without-metrics"]

import data.policies["genesys-tenant-monitor"].lib as monitor

findings contains {
	"path": ["prometheus", "alertrule", "create"],
	"related": [{"path": ["prometheus", "podMonitor", "create"], "message": "the switch of the PodMonitor"}],
	"message": "alert rules are created, but not the PodMonitor for their metrics; write podMonitor.create: \"true\"",
} if {
	input.values.prometheus.alertrule.create == "true"
	off
	count(monitor.pod_monitors) == 0
}

off if input.values.prometheus.podMonitor.create == "false"

off if {
	input.whole
	object.get(input.values.prometheus, ["podMonitor", "create"], "absent") == "absent"
}
