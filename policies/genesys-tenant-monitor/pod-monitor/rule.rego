# METADATA
# title: Scrape the metrics of the tenant where they are
# description: >-
#   Each tenant pod serves its metrics on port 15000 at /metrics over plain HTTP. The PodMonitor of tenant-monitor
#   scrapes them every 30 seconds; a second one for the same pods stores every sample twice. The documents use a
#   PodMonitor; a ServiceMonitor needs a Service with that port. A port that is given by name is not judged.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: >-
#     Use an endpoint with targetPort 15000, path /metrics and interval 30s, or let tenant-monitor create the monitor.
#   facts: [TEN-187]
#   source: {document: Tenant Service Private Edition Guide, section: Enable monitoring}
package policies["genesys-tenant-monitor"]["pod-monitor"]

import data.policies["genesys-tenant-monitor"].lib as monitor
import data.policies.lib

findings contains {
	"manifest": index,
	"path": ["spec", "podMetricsEndpoints", i, field],
	"message": sprintf("port %d does not serve the metrics of the tenant; write %s: 15000", [number, field]),
} if {
	some index in monitor.pod_monitors
	endpoints := input.manifests[index].spec.podMetricsEndpoints
	every endpoint in endpoints {
		numbered(endpoint) != 15000
	}
	some i, endpoint in endpoints
	some field in ["targetPort", "portNumber"]
	number := endpoint[field]
}

findings contains {
	"manifest": index,
	"path": ["spec", "podMetricsEndpoints", i, field],
	"severity": severity,
	"message": sprintf("%s %s of the metrics on port 15000 is not as documented; write %s", [
		field,
		lib.quote(endpoint[field]),
		documented,
	]),
} if {
	some index in monitor.pod_monitors
	some i, endpoint in input.manifests[index].spec.podMetricsEndpoints
	numbered(endpoint) == 15000
	some [field, severity, documented] in [
		["path", "warning", "/metrics"],
		["scheme", "warning", "http"],
		["interval", "info", "30s"],
	]
	differs(field, endpoint[field])
}

findings contains {
	"path": ["prometheus", "podMonitor", "create"],
	"related": [{"manifest": index, "path": ["metadata", "name"], "message": "the other one"}],
	"message": sprintf("PodMonitor %q scrapes the tenant pods already; write \"false\" or remove that one", [
		input.manifests[index].metadata.name,
	]),
} if {
	input.values.prometheus.podMonitor.create == "true"
	some index in monitor.pod_monitors
	not of_chart(input.manifests[index])
	some endpoint in input.manifests[index].spec.podMetricsEndpoints
	numbered(endpoint) == 15000
}

findings contains {
	"manifest": index,
	"path": ["kind"],
	"severity": "info",
	"message": "a ServiceMonitor finds metrics only through a Service with port 15000; use a PodMonitor, as documented",
} if {
	some index, manifest in input.manifests
	manifest.kind == "ServiceMonitor"
	monitor.says_tenant(manifest.spec.selector)
	count(monitor.pod_monitors) == 0
}

# numbered is the port of an endpoint that gives it as a number.
numbered(endpoint) := endpoint.targetPort if is_number(endpoint.targetPort)

numbered(endpoint) := endpoint.portNumber if {
	is_number(endpoint.portNumber)
	not endpoint.targetPort
}

differs("path", path) if path != "/metrics"

differs("scheme", scheme) if lower(scheme) != "http"

differs("interval", interval) if {
	lib.known(interval)
	not time.parse_duration_ns(interval) == 30000000000
}

# of_chart says that a manifest is what the chart renders.
of_chart(manifest) if startswith(manifest.metadata.labels["helm.sh/chart"], "tenant-monitor")

of_chart(manifest) if manifest.metadata.labels["app.kubernetes.io/managed-by"] == "Helm"
