package policies.k0rdent["target-unsupported_test"]

import data.policies.k0rdent["target-unsupported"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_placeholder_in_the_list if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a", "availableUpgrades": [{"name": "b"}]}, {"name": "${B}"}]},
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
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a", "availableUpgrades": [{"name": "${B}"}]}]},
			},
		],
		{},
	)
	count(findings) == 0
}

test_each_one if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a", "availableUpgrades": [{"name": "b"}, {"name": "c"}]}]},
			},
		],
		{},
	)
	count(findings) == 2
}

test_other_group if {
	findings := found(
		[
			{
				"apiVersion": "example.com/v1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a", "availableUpgrades": [{"name": "b"}]}]},
			},
		],
		{},
	)
	count(findings) == 0
}
