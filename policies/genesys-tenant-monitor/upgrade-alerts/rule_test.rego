package policies["genesys-tenant-monitor"]["upgrade-alerts_test"]

import data.policies["genesys-tenant-monitor"]["upgrade-alerts"] as rule

message(exprs) := finding.message if {
	rules := [{"alert": "A", "expr": expr} | some expr in exprs]
	findings := rule.findings with input as {"manifests": [{
		"kind": "PrometheusRule",
		"spec": {"groups": [{"rules": rules}]},
	}]}
	some finding in findings
}

health := "tenant_service_health_level < 2"

missing := "absent_over_time(tenant_service_health_level[10m])"

pending := `sum(kube_pod_status_phase{phase=~"Pending|Unknown"}) > 0`

test_both_are_watched if {
	not message([health, missing, pending])
	not message([health, `absent(up{job="tenant"})`, "kube_pod_container_status_waiting_reason > 0"])
}

test_one_is_missing if {
	startswith(message([health, missing]), "no alert for pending pods, ")
	startswith(message([health, pending]), "no alert for missing metrics, ")
}

test_other_products if not message(["kafka_lag > 100"])
