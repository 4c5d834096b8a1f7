package policies["genesys-suite"]["network-policy_test"]

import data.policies["genesys-suite"]["network-policy"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_policies if {
	found({
		"context": {"platform": "gke"},
		"manifests": [{"kind": "NetworkPolicy", "metadata": {"name": "x", "namespace": "gws"}}],
		"manifests_complete": false,
	}) == 1
	found({
		"context": {"platform": "aks"},
		"manifests": [{"kind": "NetworkPolicy", "metadata": {"name": "x", "namespace": "gws"}}],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {},
		"manifests": [{"kind": "NetworkPolicy", "metadata": {"name": "x", "namespace": "gws"}}],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {"platform": "gke"},
		"manifests": [{"kind": "NetworkPolicy", "metadata": {"name": "x", "namespace": "shop"}}],
		"manifests_complete": false,
	}) == 0
}

test_values if {
	found({
		"context": {"platform": "gke"},
		"release": {"chart": {"name": "gvp-rs"}},
		"values": {"networkPolicies": {"enabled": true}},
	}) == 1
	found({
		"context": {},
		"release": {"chart": {"name": "gvp-rs"}},
		"values": {"networkPolicies": {"enabled": true}},
	}) == 0
	found({
		"context": {"platform": "gke"},
		"release": {"chart": {"name": "grafana"}},
		"values": {"networkPolicies": {"enabled": true}},
	}) == 0
}
