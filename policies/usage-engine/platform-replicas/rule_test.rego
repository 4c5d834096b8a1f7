package policies["usage-engine"]["platform-replicas_test"]

import data.policies["usage-engine"]["platform-replicas"] as rule

found(extra) := result if {
	result := count(rule.findings) with input as {"manifests": [object.union(
		{"kind": "StatefulSet", "metadata": {"name": "platform"}, "spec": {"replicas": 2}},
		extra,
	)]}
}

test_replicas if {
	found({}) == 1
	found({"spec": {"replicas": 1}}) == 0
	found({"spec": {"replicas": 0}}) == 0
	found({"metadata": {"labels": {"helm.sh/chart": "backstage-1.0.0"}}}) == 0
	found({"metadata": {"name": "other"}}) == 0
}
