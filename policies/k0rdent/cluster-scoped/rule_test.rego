package policies.k0rdent["cluster-scoped_test"]

import data.policies.k0rdent["cluster-scoped"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_none if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_access_rules if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm", "namespace": "a"},
			},
		],
		{},
	)
	count(findings) == 1
}
