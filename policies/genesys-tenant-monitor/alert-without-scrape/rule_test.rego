package policies["genesys-tenant-monitor"]["alert-without-scrape_test"]

import data.policies["genesys-tenant-monitor"]["alert-without-scrape"] as rule

alerts := {"kind": "PrometheusRule", "spec": {"groups": [{"rules": [{"alert": "A", "expr": "tenant_x > 1"}]}]}}

found(podmonitor, more) := count(findings) if {
	base := {"values": {"prometheus": {"podMonitor": podmonitor}}, "manifests": [alerts]}
	findings := rule.findings with input as object.union(base, more)
}

whole := {"whole": true, "release": {"chart": {"name": "tenant-monitor"}}}

test_switch if {
	found({"create": "false"}, {}) == 1
	found({"create": "true"}, {}) == 0
	found({"create": true}, {}) == 0
	found({}, {}) == 0
	found({}, whole) == 1
	found({"create": null}, whole) == 1
}

test_scraped_otherwise if {
	annotations := {"prometheus.io/scrape": "true"}
	set := {"kind": "StatefulSet", "spec": {"template": {"metadata": {"annotations": annotations}}}}
	found({"create": "false"}, {"manifests": [alerts, set]}) == 0
	found({"create": "false"}, {"manifests": [alerts, {"kind": "PodMonitor", "spec": {}}]}) == 0
	found({"create": "false"}, {"fleet_declared": true}) == 0
}

test_no_alert if found({"create": "false"}, {"manifests": [{"kind": "PrometheusRule"}]}) == 0
