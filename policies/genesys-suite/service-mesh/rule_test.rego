package policies["genesys-suite"]["service-mesh_test"]

import data.policies["genesys-suite"]["service-mesh"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_traces if {
	found({
		"context": {},
		"manifests": [
			{"kind": "Namespace", "metadata": {"name": "gws", "labels": {"istio-injection": "disabled"}}},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {},
		"manifests": [
			{"kind": "Namespace", "metadata": {"name": "gws", "labels": {"istio.io/rev": "x"}}},
		],
		"manifests_complete": false,
	}) == 1
	found({
		"context": {},
		"manifests": [
			{
				"kind": "Deployment",
				"metadata": {"name": "ixn", "namespace": "ixn"},
				"spec": {
					"template": {"metadata": {"annotations": {"consul.hashicorp.com/connect-inject": "true"}}},
				},
			},
		],
		"manifests_complete": false,
	}) == 0
}
