package policies["genesys-tenant"]["fluent-config-map_test"]

import data.policies["genesys-tenant"]["fluent-config-map"] as rule

values(name) := {
	"images": {"fluentBit": {"enable": "true"}},
	"tenant": {"logging": {"volumes": {"fluentBconfigmap": [{"name": "c", "configMap": {"name": name}}]}}},
}

severities(name, more) := {finding.severity | some finding in found} if {
	base := {"values": values(name), "expanded": values(name), "release": {"namespace": "voice"}}
	found := rule.findings with input as object.union(base, more)
}

monitor(namespace) := {"values": {"fluent": {}}, "release": {"namespace": namespace}}

standard := "tenants-fluent-bit-config"

test_without_manifests if {
	severities(standard, {}) == set()
	severities("my-config", {}) == set()
	severities("tenant-fluent-bit-config", {}) == {"warning"}
}

test_standard_map_needs_monitor if {
	tenant := {"values": {}, "release": {"namespace": "voice"}}
	severities(standard, {"releases": [tenant, monitor("voice")]}) == set()
	severities(standard, {"releases": [tenant, monitor("infra")]}) == {"warning"}
	severities(standard, {
		"releases": [tenant, tenant],
		"manifests": [],
		"manifests_complete": true,
	}) == {"error"}
}

test_standard_map_is_given if {
	severities(standard, {"manifests": [{"kind": "ConfigMap", "metadata": {"name": standard}}]}) == set()
	severities(standard, {"manifests": [{"kind": "ConfigMap", "metadata": {"name": "other"}}]}) == {"info"}
}
