package policies.k0rdent["service-dependency_test"]

import data.policies.k0rdent["service-dependency"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_given if {
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
							{"name": "a", "template": "a-1", "templateChain": "c", "dependsOn": [{"name": "b", "namespace": "n"}]},
							{"name": "b", "template": "a-1", "templateChain": "c", "namespace": "n"},
						],
					},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_empty_namespace_is_default if {
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
							{"name": "a", "template": "a-1", "templateChain": "c", "dependsOn": [{"name": "b", "namespace": ""}]},
							{"name": "b", "template": "a-1", "templateChain": "c"},
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
							{"name": "a", "template": "a-1", "templateChain": "c", "dependsOn": [{"name": "b"}]},
							{"name": "${B}", "template": "a-1", "templateChain": "c"},
						],
					},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_behind_a_circle if {
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
							{"name": "a", "template": "a-1", "templateChain": "c", "dependsOn": [{"name": "b"}]},
							{"name": "b", "template": "a-1", "templateChain": "c", "dependsOn": [{"name": "b"}]},
						],
					},
				},
			},
		],
		{},
	)
	count(findings) == 1
}
