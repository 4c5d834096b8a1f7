package policies.k0rdent["empty-chain_test"]

import data.policies.k0rdent["empty-chain"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_no_spec if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterTemplateChain",
				"metadata": {"name": "x", "namespace": "tenant42"},
			},
		],
		{},
	)
	count(findings) == 1
}

test_empty_list if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": []},
			},
		],
		{},
	)
	count(findings) == 1
}

test_one if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a"}]},
			},
		],
		{},
	)
	count(findings) == 0
}
