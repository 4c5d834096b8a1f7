package policies["genesys-tenant-monitor"]["alerts-unscraped_test"]

import data.policies["genesys-tenant-monitor"]["alerts-unscraped"] as rule
import data.policies["genesys-tenant-monitor"].lib_test as fixture

alert := {"kind": "PrometheusRule", "metadata": {"name": "r"}, "spec": {"groups": [{"rules": [{
	"alert": "A",
	"expr": "tenant_service_health_level < 2",
}]}]}}

found(values, more) := count(findings) if {
	findings := rule.findings with input as object.union(
		{"manifests": [alert]},
		object.union(fixture.fleet([fixture.monitor({}, values)]), more),
	)
}

test_scraping if {
	found({}, {}) == 1
	found({"prometheus": {"podMonitor": {"create": "false"}}}, {}) == 1
	found({"prometheus": {"podMonitor": {"create": "true"}}}, {}) == 0
	found({"prometheus": {"podMonitor": {"create": "$CREATE"}}}, {}) == 0
	found({}, {"manifests": []}) == 0
	found({}, {"fleet_declared": false}) == 0
}
