package policies.k0rdent["access-kind_test"]

import data.policies.k0rdent["access-kind"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_other_groups_are_not_judged if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {
					"accessRules": [
						{
							"targetNamespaces": {"list": ["a"]},
							"resources": [{"kind": "MultiClusterService", "apiGroup": "example.com"}, {"kind": "ConfigMap"}],
						},
					],
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_templates_with_their_group if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {
					"accessRules": [
						{
							"targetNamespaces": {"list": ["a"]},
							"resources": [{"kind": "ServiceTemplate", "apiGroup": "k0rdent.mirantis.com"}],
						},
					],
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_one_finding_each if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {
					"accessRules": [
						{"targetNamespaces": {"list": ["a"]}, "resources": [{"kind": "AccessManagement"}, {"kind": "Region"}]},
					],
				},
			},
		],
		{},
	)
	count(findings) == 2
}
