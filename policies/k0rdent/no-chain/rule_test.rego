package policies.k0rdent["no-chain_test"]

import data.policies.k0rdent["no-chain"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_disabled if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "disable": true}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_uninstall if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "helmAction": "Uninstall"}]},
				},
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
				"spec": {
					"clusterSelector": {"matchLabels": {"a": "b"}},
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": ""}]},
				},
			},
		],
		{},
	)
	count(findings) == 1
}
