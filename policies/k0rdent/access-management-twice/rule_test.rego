package policies.k0rdent["access-management-twice_test"]

import data.policies.k0rdent["access-management-twice"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_one_is_fine if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"targetNamespaces": {"list": ["a"]}}]},
			},
		],
		{},
	)
	count(findings) == 0
}

test_three_are_two_too_many if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "a"},
				"spec": {"accessRules": []},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "b"},
				"spec": {"accessRules": []},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "c"},
				"spec": {"accessRules": []},
			},
		],
		{},
	)
	count(findings) == 2
	{severity | severity := object.get(findings[_], "severity", "none")} == {"error"}
}

test_folders if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "a"},
				"spec": {"accessRules": []},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "b"},
				"spec": {"accessRules": []},
			},
		],
		{"manifest_files": ["dev/a.yaml", "prod/a.yaml"]},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"info"}
}
