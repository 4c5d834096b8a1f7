package policies["genesys-suite"]["monitoring-object_test"]

import data.policies["genesys-suite"]["monitoring-object"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_operators if {
	found({
		"context": {"thirdParty": {}},
		"manifests": [{"kind": "PodMonitor", "metadata": {"name": "gws", "namespace": "gws"}}],
		"manifests_complete": false,
	}) == 1
	found({
		"context": {},
		"manifests": [{"kind": "PodMonitor", "metadata": {"name": "gws", "namespace": "gws"}}],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {"thirdParty": {"prometheus": {}}},
		"manifests": [{"kind": "PodMonitor", "metadata": {"name": "gws", "namespace": "gws"}}],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {"thirdParty": {}},
		"manifests": [{"kind": "PodMonitor", "metadata": {"name": "shop", "namespace": "shop"}}],
		"manifests_complete": false,
	}) == 0
}
