package policies.k0rdent["kubernetes-constraint_test"]

import data.policies.k0rdent["kubernetes-constraint"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_good_0 if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": ">=1.28.0"},
			},
		],
		{},
	)
	count(findings) == 0
}

test_good_1 if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": ">= 1.28, < 1.33"},
			},
		],
		{},
	)
	count(findings) == 0
}

test_good_2 if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": "~1.28"},
			},
		],
		{},
	)
	count(findings) == 0
}

test_good_3 if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": "1.x"},
			},
		],
		{},
	)
	count(findings) == 0
}

test_good_4 if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": "1.28 - 1.30"},
			},
		],
		{},
	)
	count(findings) == 0
}

test_good_5 if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": ">=1.28 || ~1.20"},
			},
		],
		{},
	)
	count(findings) == 0
}

test_good_6 if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": "*"},
			},
		],
		{},
	)
	count(findings) == 0
}

test_good_7 if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": ""},
			},
		],
		{},
	)
	count(findings) == 0
}

test_bad if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": "latest"},
			},
		],
		{},
	)
	count(findings) == 1
}

test_told_by_the_configuration if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {"services": [{"name": "a", "template": "a-1"}]},
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": "<1.30"},
			},
		],
		{"context": {"kubernetesVersion": "1.30.0"}},
	)
	count(findings) == 1
}

test_disabled if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "disable": true}]},
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": "<1.30"},
			},
		],
		{"context": {"kubernetesVersion": "1.30.0"}},
	)
	count(findings) == 0
}

test_alternatives_are_not_judged if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {"services": [{"name": "a", "template": "a-1"}]},
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"k8sConstraint": "<1.20 || >1.25"},
			},
		],
		{"context": {"kubernetesVersion": "1.30.0"}},
	)
	count(findings) == 0
}
