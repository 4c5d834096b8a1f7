package policies.k0rdent["service-twice_test"]

import data.policies.k0rdent["service-twice"] as rule

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
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {
						"services": [
							{"name": "a", "template": "a-1", "templateChain": "c"},
							{"name": "a", "template": "a-1", "templateChain": "c"},
						],
					},
				},
			},
		],
		{"context": {"kcmVersion": "1.3.0"}},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}

test_namespaces_apart if {
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
							{"name": "a", "template": "a-1", "templateChain": "c", "namespace": "b"},
						],
					},
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
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {
						"services": [
							{"name": "a", "template": "a-1", "templateChain": "c", "namespace": "${A}"},
							{"name": "a", "template": "a-1", "templateChain": "c", "namespace": "${A}"},
						],
					},
				},
			},
		],
		{},
	)
	count(findings) == 0
}
