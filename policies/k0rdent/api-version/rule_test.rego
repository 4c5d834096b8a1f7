package policies.k0rdent["api-version_test"]

import data.policies.k0rdent["api-version"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_other_groups if {
	findings := found(
		[
			{
				"apiVersion": "example.com/v1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_releases if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1alpha1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{"context": {"kcmVersion": "0.3.0"}},
	)
	count(findings) == 0
}

test_last_release if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1alpha1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{"context": {"kcmVersion": "v1.0"}},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}

test_no_version_of_the_api if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"error"}
}

test_later_release if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{"context": {"kcmVersion": "2.0.0"}},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}

test_other_kinds_of_the_group if {
	findings := found([{"apiVersion": "k0rdent.mirantis.com/v1", "kind": "Region"}], {})
	count(findings) == 0
}

test_placeholder if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/${V}",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 0
}
