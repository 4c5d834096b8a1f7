package policies["genesys-suite"]["log-collector_test"]

import data.policies["genesys-suite"]["log-collector"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_aggregator if {
	found({
		"context": {},
		"manifests": [
			{
				"kind": "DaemonSet",
				"metadata": {"name": "fluent-bit", "namespace": "gws"},
				"spec": {"template": {"spec": {"volumes": [{"hostPath": {"path": "/var/log/"}}]}}},
			},
			{"kind": "Deployment", "metadata": {"name": "fluentd", "namespace": "gws"}},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {},
		"manifests": [{"kind": "DaemonSet", "metadata": {"name": "fluent-bit", "namespace": "gws"}}],
		"manifests_complete": false,
	}) == 1
	found({
		"context": {},
		"manifests": [
			{"kind": "Deployment", "metadata": {"name": "fluent-operator", "namespace": "gws"}},
		],
		"manifests_complete": false,
	}) == 0
}
