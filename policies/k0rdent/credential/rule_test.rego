package policies.k0rdent.credential_test

import data.policies.k0rdent.credential as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_empty if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "", "config": {}, "serviceSpec": {"services": []}},
			},
		],
		{},
	)
	count(findings) == 1
}

test_given if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "Credential",
				"metadata": {"name": "aws", "namespace": "tenant42"},
			},
		],
		{},
	)
	count(findings) == 0
}

test_other_namespace if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "Credential",
				"metadata": {"name": "aws", "namespace": "other"},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}

test_distributed if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "Credential",
				"metadata": {"name": "aws", "namespace": "kcm-system"},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"credentials": ["aws"]}]},
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
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {"template": "aws-1-0-1", "credential": "aws", "config": {}, "serviceSpec": {"services": []}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "Credential",
				"metadata": {"name": "${NAME}", "namespace": "tenant42"},
			},
		],
		{},
	)
	count(findings) == 0
}
