package policies.k0rdent["dry-run_test"]

import data.policies.k0rdent["dry-run"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_empty_mapping if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_asked_for if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "e", "namespace": "a"},
				"spec": {"dryRun": true},
			},
		],
		{},
	)
	count(findings) == 0
}

test_null if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": null, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 1
}
