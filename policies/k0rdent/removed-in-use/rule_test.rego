package policies.k0rdent["removed-in-use_test"]

import data.policies.k0rdent["removed-in-use"] as rule

found(old, new, more) := findings if {
	base := {"manifests": new, "previous": {"manifests": old}}
	findings := rule.findings with input as object.union(base, more)
}

test_other_namespace if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "other"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_multi_cluster if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "kcm-system"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {
					"clusterSelector": {"matchLabels": {"a": "b"}},
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
				},
			},
		],
		{},
	)
	count(findings) == 1
}

test_moved_to_another_file if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_disabled if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c", "disable": true}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}
