package policies.k0rdent["access-selector_test"]

import data.policies.k0rdent["access-selector"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_one_selector if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"targetNamespaces": {"selector": {"matchLabels": {"a": "b"}}}}]},
			},
		],
		{},
	)
	count(findings) == 0
}

test_objects_too if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {
					"accessRules": [
						{"targetNamespaces": {"list": ["a"]}, "resources": [{"kind": "X", "names": ["a"], "selector": {}}]},
					],
				},
			},
		],
		{},
	)
	count(findings) == 1
}

test_empty_is_all if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"targetNamespaces": {}}]},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}
