package policies.k0rdent["deprecated-field_test"]

import data.policies.k0rdent["deprecated-field"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_old_release if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"serviceSpec": {"priority": 1}},
			},
		],
		{"context": {"kcmVersion": "1.2.0"}},
	)
	count(findings) == 0
}

test_provider if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {"serviceSpec": {"provider": {"config": {"priority": 1}}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_helm_options if {
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
						"services": [{"name": "a", "template": "a-1", "templateChain": "c", "helmOptions": {"replace": true}}],
					},
				},
			},
		],
		{"context": {"kcmVersion": "1.8.0"}},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}

test_helm_options_before if {
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
						"services": [{"name": "a", "template": "a-1", "templateChain": "c", "helmOptions": {"replace": true}}],
					},
				},
			},
		],
		{"context": {"kcmVersion": "1.7.0"}},
	)
	count(findings) == 0
}
