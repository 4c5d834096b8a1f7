package policies.k0rdent["immutable-spec_test"]

import data.policies.k0rdent["immutable-spec"] as rule

found(old, new, more) := findings if {
	base := {"manifests": new, "previous": {"manifests": old}}
	findings := rule.findings with input as object.union(base, more)
}

test_order_of_entries if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a", "availableUpgrades": [{"name": "b"}]}, {"name": "b"}]},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "b"}, {"name": "a", "availableUpgrades": [{"name": "b"}]}]},
			},
		],
		{},
	)
	count(findings) == 0
}

test_order_of_upgrades if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {
					"supportedTemplates": [
						{"name": "a", "availableUpgrades": [{"name": "b"}, {"name": "c"}]},
						{"name": "b"},
						{"name": "c"},
					],
				},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {
					"supportedTemplates": [
						{"name": "a", "availableUpgrades": [{"name": "c"}, {"name": "b"}]},
						{"name": "b"},
						{"name": "c"},
					],
				},
			},
		],
		{},
	)
	count(findings) == 1
}

test_interval_written_otherwise if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"chart": "a"}}},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartSpec": {"chart": "a", "interval": "10m0s", "version": "*"}}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_default_deployment if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"resources": {"path": "a"}},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"resources": {"path": "a", "deploymentType": "Remote"}},
			},
		],
		{},
	)
	count(findings) == 0
}

test_new_chain if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a"}]},
			},
		],
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "d", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "b"}]},
			},
		],
		{},
	)
	count(findings) == 0
}
