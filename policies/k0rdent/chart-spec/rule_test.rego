package policies.k0rdent["chart-spec_test"]

import data.policies.k0rdent["chart-spec"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_reference if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_one_is_missing if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"chart": "a", "interval": "5m"}}},
			},
		],
		{},
	)
	count(findings) == 1
	some finding in findings
	contains(finding.message, "leaves out sourceRef, so")
}

test_verify_of_a_repository if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"interval": "1m", "verify": {}, "sourceRef": {"kind": "HelmRepository"}}}},
			},
		],
		{},
	)
	count(findings) == 0
}
