package policies.k0rdent["target-twice_test"]

import data.policies.k0rdent["target-twice"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_supported_all_the_same if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a", "availableUpgrades": [{"name": "b"}, {"name": "b"}]}, {"name": "b"}]},
			},
		],
		{},
	)
	count(findings) == 1
	some finding in findings
	contains(finding.message, "remove one of them")
}

test_lists_apart if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {
					"supportedTemplates": [
						{"name": "a", "availableUpgrades": [{"name": "c"}]},
						{"name": "b", "availableUpgrades": [{"name": "c"}]},
						{"name": "c"},
					],
				},
			},
		],
		{},
	)
	count(findings) == 0
}
