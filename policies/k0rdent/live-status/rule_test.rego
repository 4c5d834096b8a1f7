package policies.k0rdent["live-status_test"]

import data.policies.k0rdent["live-status"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_valid if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "uid": "1"},
				"spec": {"supportedTemplates": [{"name": "a"}]},
				"status": {"valid": true},
			},
		],
		{},
	)
	count(findings) == 0
}

test_invalid_without_reason if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "uid": "1"},
				"spec": {"supportedTemplates": [{"name": "a"}]},
				"status": {"valid": false},
			},
		],
		{},
	)
	count(findings) == 1
}
