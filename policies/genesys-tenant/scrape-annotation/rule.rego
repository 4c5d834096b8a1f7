# METADATA
# title: Scrape the port and the path of the metrics
# description: >-
#   Pod annotations for Prometheus may stand in for the PodMonitor of tenant-monitor. The tenant serves its metrics on
#   port 15000 under /metrics.
# custom:
#   severity: warning
#   remediation: "Write prometheus.io/port: \"15000\" and prometheus.io/path: /metrics."
#   facts: [TEN-084]
#   source: {document: Tenant Service Private Edition Guide, section: Monitoring and observability}
package policies["genesys-tenant"]["scrape-annotation"]

import data.policies.lib

served := {"prometheus.io/port": "15000", "prometheus.io/path": "/metrics"}

findings contains {
	"path": array.concat(path, [key]),
	"message": sprintf("annotation %s is %s, but the metrics are at %s; write %s", [
		key,
		lib.quote(value),
		lib.quote(right),
		lib.quote(right),
	]),
} if {
	some path in [["tenant", "podAnnotations"], ["podAnnotations"], ["tenant", "deployment", "podAnnotations"]]
	some key, right in served
	value := object.get(input.values, array.concat(path, [key]), right)
	lib.known(value)
	sprintf("%v", [value]) != right
}
