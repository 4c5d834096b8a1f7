package policies.k0rdent["missing-template_test"]

import data.policies.k0rdent["missing-template"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_given if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a-1"}]},
			},
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

test_kind_counts if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a-1"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ClusterTemplate",
				"metadata": {"name": "b", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}

test_other_namespace if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a-1"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "kcm-system"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"warning"}
}

test_none_given if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a-1"}, {"name": "a-2"}]},
			},
		],
		{},
	)
	count(findings) == 1
	{severity | severity := object.get(findings[_], "severity", "none")} == {"info"}
}

test_distributed if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a-1"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "a-1", "namespace": "kcm-system"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "d", "namespace": "kcm-system"},
				"spec": {"supportedTemplates": [{"name": "a-1"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"serviceTemplateChains": ["d"]}]},
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
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "tenant42"},
				"spec": {"supportedTemplates": [{"name": "a-${V}"}]},
			},
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

test_managed if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "a", "labels": {"k0rdent.mirantis.com/managed": "true"}},
				"spec": {"supportedTemplates": [{"name": "a-1"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "b", "namespace": "tenant42"},
				"spec": {"helm": {"chartRef": {"kind": "HelmChart", "name": "a"}}},
			},
		],
		{},
	)
	count(findings) == 0
}
