package policies.k0rdent["template-twice_test"]

import data.policies.k0rdent["template-twice"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_once if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a"}, {"name": "b"}]},
			},
		],
		{},
	)
	count(findings) == 0
}

test_three_times if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a"}, {"name": "a"}, {"name": "a"}]},
			},
		],
		{},
	)
	count(findings) == 2
}

test_placeholder if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "${A}"}, {"name": "${A}"}]},
			},
		],
		{},
	)
	count(findings) == 0
}
