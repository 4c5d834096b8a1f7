package policies.k0rdent["rollback-chain_test"]

import data.policies.k0rdent["rollback-chain"] as rule

found(old, new, more) := findings if {
	base := {"manifests": new, "previous": {"manifests": old}}
	findings := rule.findings with input as object.union(base, more)
}

test_upwards if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-2", "templateChain": "c"}]},
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {
					"supportedTemplates": [
						{"name": "a-1", "availableUpgrades": [{"name": "a-2"}]},
						{"name": "a-2", "availableUpgrades": [{"name": "a-1"}]},
					],
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_ten_is_after_nine if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-9", "templateChain": "c"}]},
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-10", "templateChain": "c"}]},
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {
					"supportedTemplates": [
						{"name": "a-9", "availableUpgrades": [{"name": "a-10"}]},
						{"name": "a-10", "availableUpgrades": [{"name": "a-9"}]},
					],
				},
			},
		],
		{},
	)
	count(findings) == 0
}
