package policies.k0rdent["chart-renamed_test"]

import data.policies.k0rdent["chart-renamed"] as rule

found(old, new, more) := findings if {
	base := {"manifests": new, "previous": {"manifests": old}}
	findings := rule.findings with input as object.union(base, more)
}

test_reference if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "e", "namespace": "n"},
				"spec": {"template": "a"},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterTemplate",
				"metadata": {"name": "a", "namespace": "n"},
				"spec": {"helm": {"chartSpec": {"chart": "x"}}},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "e", "namespace": "n"},
				"spec": {"template": "b"},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterTemplate",
				"metadata": {"name": "b", "namespace": "n"},
				"spec": {"helm": {"chartRef": {"name": "y"}}},
			},
		],
		{},
	)
	count(findings) == 1
}

test_template_not_given if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "e", "namespace": "n"},
				"spec": {"template": "a"},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "e", "namespace": "n"},
				"spec": {"template": "b"},
			},
		],
		{},
	)
	count(findings) == 0
}
