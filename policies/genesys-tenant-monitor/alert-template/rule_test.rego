package policies["genesys-tenant-monitor"]["alert-template_test"]

import data.policies["genesys-tenant-monitor"]["alert-template"] as rule

paths(spec) := {finding.path | some finding in findings} if {
	findings := rule.findings with input as {"manifests": [{"kind": "PrometheusRule", "spec": spec}]}
}

group(rule) := {"groups": [{"name": "g", "rules": [object.union({"alert": "A", "for": "5m"}, rule)]}]}

expr := ["spec", "groups", 0, "rules", 0, "expr"]

test_expressions if {
	every text, expected in {
		`tenant_service_health_level < 2`: set(),
		`tenant_service_health_level`: {expr},
		`(max by (tenant) (tenant_service_health_level{pod=~"t.*"}))`: {expr},
		`absent(tenant_service_health_level)`: set(),
		`absent_over_time(tenant_service_health_level[5m])`: set(),
		`tenant_service_health_level unless up`: set(),
		`tenant_service_health_level{namespace=""} < 2`: {expr},
		`tenant_service_health_level{pod=~"", namespace="voice"} < 2`: {expr},
		`tenant_service_health_level{pod!=""} < 2`: set(),
	} {
		paths(group({"expr": text})) == expected
	}
}

test_shape if {
	text := "tenant_service_health_level < 2"
	paths([{"alert": "A", "expr": text, "for": "5m"}]) == {["spec"]}
	paths({"rules": [{"alert": "A", "expr": text, "for": "5m"}]}) == {["spec", "groups"]}
	paths({"groups": [{"rules": [{"alert": "A", "expr": text, "for": "5m"}]}]}) == {["spec", "groups", 0, "name"]}
	paths({"groups": [{"name": "g", "rules": [{"expr": text}]}]}) == {["spec", "groups", 0, "rules", 0, "alert"]}
	paths({"groups": [{"name": "g", "rules": [{"record": "r", "expr": text}]}]}) == set()
}

test_other_products if paths([{"alert": "A", "expr": "kafka_lag"}]) == set()

test_wait if paths(group({"expr": "tenant_service_health_level < 2", "for": null})) == {
	["spec", "groups", 0, "rules", 0, "for"],
}
