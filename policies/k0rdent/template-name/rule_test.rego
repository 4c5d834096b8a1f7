package policies.k0rdent["template-name_test"]

import data.policies.k0rdent["template-name"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_pre_release if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1-0-0-rc1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_no_version if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 1
}

test_version_with_v if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1-0-0", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"version": "v1.0.0"}}},
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
				"metadata": {"name": "a-${V}", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 0
}
