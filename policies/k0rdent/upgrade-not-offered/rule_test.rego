package policies.k0rdent["upgrade-not-offered_test"]

import data.policies.k0rdent["upgrade-not-offered"] as rule

found(old, new, more) := findings if {
	base := {"manifests": new, "previous": {"manifests": old}}
	findings := rule.findings with input as object.union(base, more)
}

test_offered if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
				},
				"status": {
					"servicesUpgradePaths": [
						{"name": "a", "namespace": "default", "template": "a-1", "availableUpgrades": [{"versions": [{"name": "a-2"}]}]},
					],
				},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {"services": [{"name": "a", "template": "a-2", "templateChain": "c"}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_not_offered if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
				},
				"status": {
					"servicesUpgradePaths": [
						{"name": "a", "namespace": "default", "template": "a-1", "availableUpgrades": [{"versions": [{"name": "a-2"}]}]},
					],
				},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {"services": [{"name": "a", "template": "a-3", "templateChain": "c"}]},
				},
			},
		],
		{},
	)
	count(findings) == 1
}

test_chain_changes if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
				},
				"status": {
					"servicesUpgradePaths": [
						{"name": "a", "namespace": "default", "template": "a-1", "availableUpgrades": [{"versions": [{"name": "a-2"}]}]},
					],
				},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {"services": [{"name": "a", "template": "a-3", "templateChain": "d"}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_status_of_another_template if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-0", "templateChain": "c"}]},
				},
				"status": {
					"servicesUpgradePaths": [
						{"name": "a", "namespace": "default", "template": "a-1", "availableUpgrades": [{"versions": [{"name": "a-2"}]}]},
					],
				},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterDeployment",
				"metadata": {"name": "edge-1", "namespace": "tenant42"},
				"spec": {
					"template": "aws-1-0-1",
					"credential": "aws",
					"config": {},
					"serviceSpec": {"services": [{"name": "a", "template": "a-3", "templateChain": "c"}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}
