package policies.k0rdent["upgrade-path_test"]

import data.policies.k0rdent["upgrade-path"] as rule

found(old, new, more) := findings if {
	base := {"manifests": new, "previous": {"manifests": old}}
	findings := rule.findings with input as object.union(base, more)
}

test_transitive if {
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
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {
					"supportedTemplates": [
						{"name": "a-1", "availableUpgrades": [{"name": "a-2"}]},
						{"name": "a-2", "availableUpgrades": [{"name": "a-3"}]},
						{"name": "a-3"},
					],
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_distributed_chain if {
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
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "kcm-system"},
				"spec": {
					"supportedTemplates": [{"name": "a-1", "availableUpgrades": [{"name": "a-2"}]}, {"name": "a-2"}, {"name": "a-3"}],
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"serviceTemplateChains": ["c"]}]},
			},
		],
		{},
	)
	count(findings) == 1
}

test_multi_cluster if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {
					"clusterSelector": {"matchLabels": {"a": "b"}},
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
				},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "MultiClusterService",
				"metadata": {"name": "m"},
				"spec": {
					"clusterSelector": {"matchLabels": {"a": "b"}},
					"serviceSpec": {"services": [{"name": "a", "template": "a-3", "templateChain": "c"}]},
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "kcm-system"},
				"spec": {
					"supportedTemplates": [{"name": "a-1", "availableUpgrades": [{"name": "a-2"}]}, {"name": "a-2"}, {"name": "a-3"}],
				},
			},
		],
		{},
	)
	count(findings) == 1
}

test_without_chain_but_one_leads_there if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-2"}]},
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a-1", "availableUpgrades": [{"name": "a-2"}]}, {"name": "a-2"}]},
			},
		],
		{},
	)
	count(findings) == 1
	some finding in findings
	contains(finding.message, "chain \"c\" leads there")
}

test_way_back_of_several_hops if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-3", "templateChain": "c"}]},
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
				},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {
					"supportedTemplates": [
						{"name": "a-1", "availableUpgrades": [{"name": "a-2"}]},
						{"name": "a-2", "availableUpgrades": [{"name": "a-3"}]},
						{"name": "a-3"},
					],
				},
			},
		],
		{},
	)
	count(findings) == 1
	some finding in findings
	contains(finding.message, "with {name: a-3, availableUpgrades: [{name: a-1}]}")
}

test_not_an_upgrade if {
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-1", "templateChain": "c"}]},
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
					"serviceSpec": {"services": [{"name": "a", "template": "a-2", "disable": true}]},
				},
			},
		],
		{},
	)
	count(findings) == 0
}

test_live_object_tells if {
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

# Every template leads to all later ones: the paths are too many to list.
test_dense_chain if {
	templates := [{"name": sprintf("t-%d", [i]), "availableUpgrades": upgrades} |
		some i in numbers.range(0, 24)
		upgrades := [{"name": sprintf("t-%d", [j])} | some j in numbers.range(i + 1, 25); j > i]
	]
	spec := {"supportedTemplates": array.concat(templates, [{"name": "t-25"}, {"name": "t-26"}])}
	meta := {"name": "c", "namespace": "n"}
	group := "k0rdent.mirantis.com/v1beta1"
	chain := {"apiVersion": group, "kind": "ServiceTemplateChain", "metadata": meta, "spec": spec}
	count(found([deployment("t-0")], [deployment("t-25"), chain], {})) == 0
	count(found([deployment("t-0")], [deployment("t-26"), chain], {})) == 1
}

deployment(template) := {
	"apiVersion": "k0rdent.mirantis.com/v1beta1",
	"kind": "ClusterDeployment",
	"metadata": {"name": "d", "namespace": "n"},
	"spec": {"serviceSpec": {"services": [{"name": "a", "template": template, "templateChain": "c"}]}},
}
