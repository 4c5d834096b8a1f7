package policies.k0rdent["policy-source_test"]

import data.policies.k0rdent["policy-source"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_one if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {"serviceSpec": {"policyRefs": [{"kind": "ConfigMap"}, {"remoteURL": {"url": "https://example.com"}}]}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_neither if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {"serviceSpec": {"policyRefs": [{"name": "a"}]}},
			},
		],
		{},
	)
	count(findings) == 1
	some finding in findings
	contains(finding.message, "neither kind nor remoteURL")
}
