package policies["genesys-suite"]["store-zones_test"]

import data.policies["genesys-suite"]["store-zones"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_spread if {
	found({
		"context": {"architecture": "cloud"},
		"manifests": [
			{"kind": "StatefulSet", "metadata": {"name": "redis"}, "spec": {"template": {"spec": {}}}},
		],
		"manifests_complete": false,
	}) == 1
	found({
		"context": {},
		"manifests": [
			{"kind": "StatefulSet", "metadata": {"name": "redis"}, "spec": {"template": {"spec": {}}}},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {"architecture": "cloud"},
		"manifests": [
			{
				"kind": "StatefulSet",
				"metadata": {"name": "redis"},
				"spec": {"template": {"spec": {}}, "replicas": 1},
			},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {"architecture": "cloud"},
		"manifests": [
			{"kind": "StatefulSet", "metadata": {"name": "gws"}, "spec": {"template": {"spec": {}}}},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {"architecture": "cloud"},
		"manifests": [
			{
				"kind": "StatefulSet",
				"metadata": {"name": "redis"},
				"spec": {
					"template": {
						"spec": {
							"affinity": {
								"podAntiAffinity": {
									"preferredDuringSchedulingIgnoredDuringExecution": [
										{"podAffinityTerm": {"topologyKey": "topology.kubernetes.io/zone"}},
									],
								},
							},
						},
					},
				},
			},
		],
		"manifests_complete": false,
	}) == 0
}
