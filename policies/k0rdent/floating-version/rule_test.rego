package policies.k0rdent["floating-version_test"]

import data.policies.k0rdent["floating-version"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_plain if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"chart": "a", "version": "v1.2.3"}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_letter_x_in_pre_release if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"chart": "a", "version": "1.2.3-x.1"}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_two_parts if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"chart": "a", "version": "1.2"}}},
			},
		],
		{},
	)
	count(findings) == 1
}

test_star if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"chart": "a", "version": "*"}}},
			},
		],
		{},
	)
	count(findings) == 1
}

test_not_a_version if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"chart": "a", "version": "main"}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_placeholder if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"chart": "a", "version": "${V}"}}},
			},
		],
		{},
	)
	count(findings) == 0
}
