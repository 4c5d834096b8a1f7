package policies.k0rdent["multi-cluster-dependency_test"]

import data.policies.k0rdent["multi-cluster-dependency"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_given if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "a"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}, "dependsOn": ["b"]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "b"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_circle_of_two if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "a"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}, "dependsOn": ["b"]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "b"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}, "dependsOn": ["a"]},
			},
		],
		{},
	)
	count(findings) == 2
}

test_alone if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "a"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}, "dependsOn": ["b"]},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"info"}
}

test_others_given if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "a"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}, "dependsOn": ["b"]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "c"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}

test_placeholder if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "a"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}, "dependsOn": ["b"]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "${N}"},
				"spec": {"clusterSelector": {"matchLabels": {"a": "b"}}, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 0
}
