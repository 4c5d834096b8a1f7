package policies.k0rdent["mixed-versions_test"]

import data.policies.k0rdent["mixed-versions"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_none if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {
					"supportedTemplates": [
						{"name": "a", "availableUpgrades": [{"name": "b"}, {"name": "c"}]},
						{"name": "b"},
						{"name": "c"},
					],
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_empty_is_none if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "a"},
				"spec": {"supportedTemplates": [{"name": "a", "availableUpgrades": [{"name": "b", "version": ""}, {"name": "c"}]}]},
			},
		],
		{},
	)
	count(findings) == 0
}

test_lists_apart if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "a"},
				"spec": {
					"supportedTemplates": [
						{"name": "a", "availableUpgrades": [{"name": "b", "version": "1"}]},
						{"name": "b", "availableUpgrades": [{"name": "c"}]},
					],
				},
			},
		],
		{},
	)
	count(findings) == 0
}
