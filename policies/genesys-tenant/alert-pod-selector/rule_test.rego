package policies["genesys-tenant"]["alert-pod-selector_test"]

import data.policies["genesys-tenant"]["alert-pod-selector"] as rule

found(selector) := count(findings) if {
	alert := {"alert": "A", "expr": sprintf("tenant_service_health_level%s < 2", [selector])}
	findings := rule.findings with input as {
		"release": {"name": "ta1b2", "namespace": "voice"},
		"manifests": [{"kind": "PrometheusRule", "spec": {"groups": [{"rules": [alert]}]}}],
	}
}

test_selectors_that_cover if {
	every selector in [
		``,
		`{}`,
		`{job="x"}`,
		`{pod=~"(voice-)?t[0-9a-f]{4}-[0-9]+"}`,
		`{pod=~"ta1b2.+", namespace=~"voice|infra"}`,
		`{pod=~"ta1b2-\\d"}`,
		`{pod!~"ta1b2-0"}`,
		`{pod=~"("}`,
		`{pod=~""}`,
		`{pod=~"$POD"}`,
	] {
		found(selector) == 0
	}
}

test_selectors_that_miss if {
	every selector in [`{pod=~"t[0-9].*"}`, `{pod="ta1b2"}`, `{pod=~"ta1b2"}`, `{namespace="infra",pod=~".*"}`] {
		found(selector) == 1
	}
}
