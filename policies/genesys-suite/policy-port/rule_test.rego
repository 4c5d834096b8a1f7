package policies["genesys-suite"]["policy-port_test"]

import data.policies["genesys-suite"]["policy-port"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_restrictions if {
	found({
		"context": {},
		"manifests": [
			{
				"kind": "NetworkPolicy",
				"metadata": {"name": "all", "namespace": "wwe"},
				"spec": {
					"podSelector": {},
					"policyTypes": ["Ingress", "Egress"],
					"ingress": [{"ports": [{"port": 8080}]}],
					"egress": [],
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
				"metadata": {"name": "all", "namespace": "wwe"},
				"spec": {
					"podSelector": {},
					"policyTypes": ["Ingress", "Egress"],
					"ingress": [{"ports": [{"port": 8080}, {"port": 443}]}],
					"egress": [],
				},
			},
		],
		"manifests_complete": false,
	}) == 0
}

test_restrictions_more if {
	found({
		"context": {},
		"manifests": [
			{
				"kind": "NetworkPolicy",
				"metadata": {"name": "all", "namespace": "wwe"},
				"spec": {
					"podSelector": {},
					"policyTypes": ["Ingress"],
					"ingress": [{"ports": [{"port": 8080}]}],
					"egress": [],
				},
			},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {},
		"manifests": [
			{
				"kind": "NetworkPolicy",
				"metadata": {"name": "all", "namespace": "wwe"},
				"spec": {
					"podSelector": {},
					"policyTypes": ["Ingress", "Egress"],
					"ingress": [{"ports": [{"port": "http"}]}],
					"egress": [],
				},
			},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {"platform": "gke"},
		"manifests": [
			{
				"kind": "NetworkPolicy",
				"metadata": {"name": "all", "namespace": "wwe"},
				"spec": {
					"podSelector": {},
					"policyTypes": ["Ingress", "Egress"],
					"ingress": [{"ports": [{"port": 8080}]}],
					"egress": [],
				},
			},
		],
		"manifests_complete": false,
	}) == 0
}
