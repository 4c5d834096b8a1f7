package policies["genesys-suite"]["media-port_test"]

import data.policies["genesys-suite"]["media-port"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_policies_add_up if {
	found({
		"context": {},
		"manifests": [
			{
				"kind": "NetworkPolicy",
				"metadata": {"name": "mcp", "namespace": "gvp"},
				"spec": {
					"podSelector": {"matchLabels": {"app": "gvp-mcp"}},
					"ingress": [{"ports": [{"protocol": "TCP", "port": 5070}]}],
				},
			},
		],
		"manifests_complete": false,
	}) == 1
	found({
		"context": {},
		"manifests": [
			{
				"kind": "NetworkPolicy",
				"metadata": {"name": "mcp", "namespace": "gvp"},
				"spec": {
					"podSelector": {"matchLabels": {"app": "gvp-mcp"}},
					"ingress": [{"ports": [{"protocol": "TCP", "port": 5070}]}],
				},
			},
			{
				"kind": "NetworkPolicy",
				"metadata": {"name": "mcp", "namespace": "gvp"},
				"spec": {
					"podSelector": {"matchLabels": {"app": "gvp-mcp"}},
					"ingress": [{"ports": [{"protocol": "UDP", "port": 14000, "endPort": 45000}]}],
				},
			},
		],
		"manifests_complete": false,
	}) == 0
}

test_policies_add_up_more if {
	found({
		"context": {},
		"manifests": [
			{
				"kind": "NetworkPolicy",
				"metadata": {"name": "mcp", "namespace": "gvp"},
				"spec": {"podSelector": {"matchLabels": {"app": "gvp-mcp"}}, "ingress": [{}]},
			},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {"platform": "gke"},
		"manifests": [
			{
				"kind": "NetworkPolicy",
				"metadata": {"name": "mcp", "namespace": "gvp"},
				"spec": {
					"podSelector": {"matchLabels": {"app": "gvp-mcp"}},
					"ingress": [{"ports": [{"protocol": "TCP", "port": 5070}]}],
				},
			},
		],
		"manifests_complete": false,
	}) == 0
}
