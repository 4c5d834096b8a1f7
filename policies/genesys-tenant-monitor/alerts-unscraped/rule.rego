# METADATA
# title: Scrape the tenants of a fleet whose metrics alerts watch
# description: >-
#   Nothing scrapes tenants by default, and an alert on a metric that is not there never fires. The PodMonitor of
#   tenant-monitor, another PodMonitor for the tenant pods, or the scrape annotation in the values of the tenants makes
#   it work.
# custom:
#   severity: warning
#   needs: fleet, manifests
#   remediation: Set prometheus.podMonitor.create to "true".
#   facts: [TEN-219]
#   source: {document: Tenant Service Private Edition Guide, section: Alerts}
package policies["genesys-tenant-monitor"]["alerts-unscraped"]

import data.policies["genesys-tenant-monitor"].lib as monitor
import data.policies.lib

path := ["prometheus", "podMonitor", "create"]

findings contains {
	"release": i,
	"path": path,
	"related": [{"manifest": rule.index, "path": rule.path, "message": "the alert"} | some rule in watching],
	"message": sprintf("podMonitor.create is %s and nothing else scrapes the tenants, so %s; write \"true\"", [
		state,
		"alerts on tenant metrics never fire",
	]),
} if {
	input.fleet_declared
	watching := array.slice(sort([rule | some rule in monitor.rules; rule.rule.alert]), 0, 3)
	count(watching) > 0
	count(monitor.pod_monitors) == 0
	not monitor.annotated_pods
	not annotated
	some i in monitors
	state := switch(object.get(input.releases[i].values, path, "not set"))
}

monitors := [i |
	some i, release in input.releases
	"genesys-tenant-monitor" in release.packs
	release.whole
]

switch("not set") := "not set"

switch(value) := lib.quote(value) if {
	value != "not set"
	lib.known(value)
	lower(sprintf("%v", [value])) != "true"
}

annotated if {
	some release in input.releases
	some place in [["podAnnotations"], ["annotations"], ["tenant", "podAnnotations"], ["tenant", "annotations"]]
	object.get(release.values, array.concat(place, ["prometheus.io/scrape"]), "") in {"true", true}
}

annotated if {
	some release in input.releases
	release.values.prometheus.podMonitor.create == "true"
}
