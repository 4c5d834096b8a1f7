package policies["genesys-tenant"]["missing-monitor_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["missing-monitor"] as rule

sidecar := {"images": {"fluentBit": {"enable": "true"}}}

severities(releases, more) := {f.severity | some f in found; f.severity} if {
	found := rule.findings with input as object.union(fixture.fleet(releases), more)
}

test_who_needs_it if {
	severities([fixture.at("t0300", "west", sidecar)], {}) == {"warning"}
	severities([fixture.at("t0300", "west", sidecar)], {"manifests_complete": true}) == {"error"}
	severities([fixture.at("t0300", "west", sidecar)], {"fleet_declared": false}) == set()
	severities([fixture.at("t0300", "west", {})], {}) == set()
}

test_map_is_given if {
	given := [{"kind": "ConfigMap", "metadata": {"name": "tenants-fluent-bit-config"}}]
	severities([fixture.at("t0300", "west", sidecar)], {"manifests": given}) == set()
}

test_monitor_elsewhere if {
	far := fixture.release("tenant-monitor", {"location": "west", "namespace": "infra"}, {})
	severities([fixture.at("t0300", "west", sidecar), far], {}) == {"error"}
	open := fixture.release("tenant-monitor", {"location": "west", "namespace": ""}, {})
	severities([fixture.at("t0300", "west", sidecar), open], {}) == set()
}
