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

standard := "tenants-fluent-bit-config"

test_without_manifests if {
	severities(standard, {}) == set()
	severities("my-config", {}) == set()
	severities("tenant-fluent-bit-config", {}) == {"warning"}
}

test_standard_map_is_given if {
	severities(standard, {"manifests": [{"kind": "ConfigMap", "metadata": {"name": standard}}]}) == set()
	severities(standard, {"manifests": [{"kind": "ConfigMap", "metadata": {"name": "other"}}]}) == {"info"}
}

test_listed_releases_tell if {
	other := {"manifests": [{"kind": "ConfigMap", "metadata": {"name": "other"}}], "fleet_declared": true}
	severities(standard, other) == set()
}
