package policies.k0rdent["namespace-missing_test"]

import data.policies.k0rdent["namespace-missing"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_each_kind if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c"},
				"spec": {"supportedTemplates": [{"name": "a"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 3
}

test_generated_name if {
	findings := found(
		[{"apiVersion": "k0rdent.mirantis.com/v1beta1", "kind": "ServiceTemplate", "metadata": {"generateName": "x"}}],
		{},
	)
	count(findings) == 1
}

test_cluster_scoped if {
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
