package policies.k0rdent["two-steps_test"]

import data.policies.k0rdent["two-steps"] as rule

found(old, new, more) := findings if {
	base := {"manifests": new, "previous": {"manifests": old}}
	findings := rule.findings with input as object.union(base, more)
}

test_first_chain if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1"}]},
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-2", "templateChain": "c"}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_only_the_chain if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "d"}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}
