# METADATA
# title: Scrape the metrics that alerts watch
# description: >-
#   Nothing scrapes the tenant by default, and an alert on a metric that is not there never fires. The PodMonitor of
#   tenant-monitor, another PodMonitor for the tenant pods, or the scrape annotation on those makes it work.
# custom:
#   severity: warning
#   needs: manifests
#   remediation: Set prometheus.podMonitor.create to "true".
#   facts: [TEN-219]
#   source: {document: Tenant Service Private Edition Guide, section: Alerts}
package policies["genesys-tenant-monitor"]["alert-without-scrape"]

import data.policies["genesys-tenant-monitor"].lib as monitor
import data.policies.lib

findings contains {
	"path": ["prometheus", "podMonitor", "create"],
	"related": [{"manifest": rule.index, "path": rule.path, "message": "the alert"} | some rule in watching],
	"message": sprintf("podMonitor.create is %s and no given PodMonitor selects the tenant pods, so %s; write \"true\"", [
		create,
		"alerts on tenant metrics never fire",
	]),
} if {
	# Where all releases are listed, tenants may be seen to be scraped in another way.
	not input.fleet_declared
	create := switch
	watching := sort([rule | some rule in monitor.rules; rule.rule.alert])
	count(watching) > 0
	count(monitor.pod_monitors) == 0
	not monitor.annotated_pods
}

# What stands in the values, where they are those of tenant-monitor and do not switch the PodMonitor on.
switch := lib.quote(value) if {
	value := input.values.prometheus.podMonitor.create
	value != null
	lower(sprintf("%v", [value])) != "true"
}

switch := "not set" if {
	input.whole
	input.release.chart.name == "tenant-monitor"
	not lib.present(input.values, ["prometheus", "podMonitor", "create"])
}
