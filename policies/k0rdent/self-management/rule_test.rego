package policies.k0rdent["self-management_test"]

import data.policies.k0rdent["self-management"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_off if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"serviceSpec": {"provider": {"selfManagement": false}}},
			},
		],
		{},
	)
	count(findings) == 0
}
