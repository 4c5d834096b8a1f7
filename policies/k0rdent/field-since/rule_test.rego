package policies.k0rdent["field-since_test"]

import data.policies.k0rdent["field-since"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_without_release if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c", "version": "1.0.0"}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_config_is_free if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "e", "namespace": "a"},
				"spec": {"config": {"dependsOn": 1, "auditPolicy": 1}},
			},
		],
		{"context": {"kcmVersion": "1.0.0"}},
	)
	count(findings) == 0
}

test_kinds_differ if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}, "dependsOn": ["a"]},
			},
		],
		{"context": {"kcmVersion": "1.4.9"}},
	)
	count(findings) == 1
}

test_same_release if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}, "dependsOn": ["a"]},
			},
		],
		{"context": {"kcmVersion": "1.5.0"}},
	)
	count(findings) == 0
}

test_kind_of_reference if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "ExternalArtifact"}}},
			},
		],
		{"context": {"kcmVersion": "1.4.0"}},
	)
	count(findings) == 1
}

test_resources_unknown_release if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"resources": []}]},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"info"}
}
