package policies["genesys-tenant-monitor"]["alert-threshold_test"]

import data.policies["genesys-tenant-monitor"]["alert-threshold"] as rule

severities(exprs) := {finding.severity | some finding in findings} if {
	rules := [{"alert": "A", "expr": expr} | some expr in exprs]
	findings := rule.findings with input as {"manifests": [{
		"kind": "PrometheusRule",
		"spec": {"groups": [{"rules": rules}]},
	}]}
}

health := `tenant_service_health_level{namespace="voice"}`

test_thresholds if {
	every condition, expected in {
		"< 2": set(),
		"<= 1": set(),
		"!= 2": set(),
		"< 1.5": set(),
		"< 1": {"info"},
		"<= 0": {"info"},
		"== 0": {"warning"},
		"== -1": {"warning"},
		"== 2": {"warning"},
		">= 1": {"warning"},
		"<= 2": {"error"},
		"> -2": {"error"},
		"== 3": {"error"},
	} {
		severities([sprintf("%s %s", [health, condition])]) == expected
		severities([sprintf("(max by (tenant) (max_over_time(%s[5m]))) %s", [health, condition])]) == expected
	}
}

test_alerts_are_judged_together if {
	severities([sprintf("%s == 1", [health]), sprintf("%s < 1", [health])]) == set()
	severities([sprintf("%s == 1 or %s == 0", [health, health])]) == {"warning"}
}

test_quiet_when_unsure if {
	every expr in [
		sprintf("avg(%s) == 0", [health]),
		sprintf("count(%s == 0) > 1", [health]),
		sprintf("%s == 0 and on(pod) up", [health]),
		sprintf("%s < bool 2", [health]),
		sprintf("absent(%s)", [health]),
		sprintf("%s < %s offset 5m", [health, health]),
	] {
		severities([expr]) == set()
		severities([expr, sprintf("%s == 0", [health])]) == set()
	}
}
