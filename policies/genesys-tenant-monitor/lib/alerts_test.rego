package policies["genesys-tenant-monitor"].lib_test

import data.policies["genesys-tenant-monitor"].lib

test_bare if {
	every expr, expected in {
		`max by (tenant_id) (tenant_a{pod=~"x{2}"}) < 2`: `max (tenant_a ) < 2`,
		`rate(tenant_a[5m] offset 1h) # tenant_b`: `rate(tenant_a ) `,
		`label_replace(up, "tenant_x", "$1", 'pod', "a\"b")`: `label_replace(up, , , , )`,
		`a @ end() / on(pod) group_left b`: `a / b`,
	} {
		regex.replace(lib.bare(expr), `\s+`, " ") == expected
	}
}

test_rules_about_the_tenant if {
	rules := [{"expr": "tenant_a > 1"}, {"expr": "kafka > 1"}, {"expr": "sum by (tenant_id) (up)"}, {}, {"expr": "$EXPR"}]
	manifests := [{"kind": "PrometheusRule", "spec": {"groups": [{"rules": rules}]}}, {"kind": "Secret"}, null]
	found := lib.rules with input as {"manifests": manifests}
	{rule.path | some rule in found} == {["spec", "groups", 0, "rules", 0]}
}

test_pod_monitors if {
	manifests := [
		{"kind": "PodMonitor", "metadata": {"namespace": "voice"}, "spec": {"selector": {}}},
		{"kind": "PodMonitor", "metadata": {"namespace": "infra"}, "spec": {"selector": {}}},
		{"kind": "PodMonitor", "metadata": {"namespace": "infra"}, "spec": {"namespaceSelector": {"any": true}}},
		{"kind": "PodMonitor", "spec": {"selector": {"matchLabels": {"app": "tenant"}}}},
		{"kind": "PodMonitor", "spec": {"selector": {"matchLabels": {"app": "tenant-monitor"}}}},
		{"kind": "PodMonitor", "spec": {"selector": {"matchExpressions": []}}},
	]
	found := lib.pod_monitors with input as {"release": {"namespace": "voice"}, "manifests": manifests}
	found == {0, 2, 3}
}
