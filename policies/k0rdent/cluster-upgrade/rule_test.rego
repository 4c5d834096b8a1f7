package policies.k0rdent["cluster-upgrade_test"]

import data.policies.k0rdent["cluster-upgrade"] as rule

found(old, new, more) := findings if {
	base := {"manifests": new, "previous": {"manifests": old}}
	findings := rule.findings with input as object.union(base, more)
}

test_unchanged if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_chain_of_another_namespace if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-2", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterTemplateChain",
				"metadata": {"name": "x", "namespace": "other"},
				"spec": {
					"supportedTemplates": [{"name": "aws-1-0-1", "availableUpgrades": [{"name": "aws-1-0-2"}]}, {"name": "aws-1-0-2"}],
				},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}

test_two_hops if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-3", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterTemplateChain",
				"metadata": {"name": "x", "namespace": "tenant42"},
				"spec": {
					"supportedTemplates": [
						{"name": "aws-1-0-1", "availableUpgrades": [{"name": "aws-2"}]},
						{"name": "aws-2", "availableUpgrades": [{"name": "aws-3"}]},
						{"name": "aws-3"},
					],
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_placeholder if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "${T}", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 0
}
