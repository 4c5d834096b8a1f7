package policies.k0rdent["template-out-of-reach_test"]

import data.policies.k0rdent["template-out-of-reach"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_no_templates_given if {
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
		{},
	)
	count(findings) == 0
}

test_complete if {
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
		{"manifests_complete": true},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"error"}
}

test_system_namespace if {
	findings := found(
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
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "kcm-system"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_distributed if {
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
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "kcm-system"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "x", "namespace": "kcm-system"},
				"spec": {"supportedTemplates": [{"name": "a-1"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"serviceTemplateChains": ["x"]}]},
			},
		],
		{},
	)
	count(findings) == 0
}
