package policies.k0rdent["rollout-order_test"]

import data.policies.k0rdent["rollout-order"] as rule

found(old, new, more) := findings if {
	base := {"manifests": new, "previous": {"manifests": old}}
	findings := rule.findings with input as object.union(base, more)
}

test_one_changes if {
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
					"serviceSpec": {
						"services": [
							{"name": "a", "template": "a-1", "templateChain": "c"},
							{"name": "b", "template": "b-1", "templateChain": "c"},
						],
					},
				},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {
						"services": [
							{"name": "a", "template": "a-2", "templateChain": "c", "dependsOn": [{"name": "b"}]},
							{"name": "b", "template": "b-1", "templateChain": "c"},
						],
					},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_both if {
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
					"serviceSpec": {
						"services": [
							{"name": "a", "template": "a-1", "templateChain": "c"},
							{"name": "b", "template": "b-1", "templateChain": "c"},
						],
					},
				},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {
						"services": [
							{"name": "a", "template": "a-2", "templateChain": "c", "dependsOn": [{"name": "b"}]},
							{"name": "b", "template": "b-2", "templateChain": "c"},
						],
					},
				},
			},
		],
		{},
	)
	count(findings) == 1
}
