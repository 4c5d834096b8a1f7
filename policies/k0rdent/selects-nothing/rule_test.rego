package policies.k0rdent["selects-nothing_test"]

import data.policies.k0rdent["selects-nothing"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_expressions if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {"clusterSelector": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_empty if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {"clusterSelector": {"matchLabels": {}}},
			},
		],
		{},
	)
	count(findings) == 1
}

test_misspelt_labels_are_said_elsewhere if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {"clusterSelector": {"tier": "edge"}},
			},
		],
		{},
	)
	count(findings) == 0
}
