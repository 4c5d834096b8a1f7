package policies.k0rdent["access-list-ignored_test"]

import data.policies.k0rdent["access-list-ignored"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_empty_lists_say_nothing if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {
					"accessRules": [{"resources": [{"kind": "X"}], "credentials": []}, {"resources": [], "credentials": ["a"]}],
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_every_list if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"resources": [{"kind": "X"}], "credentials": ["a"], "dataSources": ["b"]}]},
			},
		],
		{},
	)
	count(findings) == 2
}
