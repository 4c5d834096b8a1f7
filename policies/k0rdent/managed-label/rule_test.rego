package policies.k0rdent["managed-label_test"]

import data.policies.k0rdent["managed-label"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_in_the_system_namespace if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "kcm-system", "labels": {"k0rdent.mirantis.com/managed": "true"}},
				"spec": {"supportedTemplates": [{"name": "a"}]},
			},
		],
		{},
	)
	count(findings) == 0
}

test_exported if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "a", "uid": "1", "labels": {"k0rdent.mirantis.com/managed": "true"}},
				"spec": {"supportedTemplates": [{"name": "a"}]},
			},
		],
		{},
	)
	count(findings) == 0
}
