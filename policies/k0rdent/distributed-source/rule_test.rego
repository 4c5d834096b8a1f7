package policies.k0rdent["distributed-source_test"]

import data.policies.k0rdent["distributed-source"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_exists if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "r", "namespace": "kcm-system"},
				"spec": {"resources": {"localSourceRef": {"kind": "Secret", "name": "s"}}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "kcm-system"},
				"spec": {"supportedTemplates": [{"name": "r"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"targetNamespaces": {"list": ["a"]}, "serviceTemplateChains": ["c"]}]},
			},
			{"kind": "Secret", "metadata": {"name": "s", "namespace": "a"}},
		],
		{},
	)
	count(findings) == 0
}

test_git if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "r", "namespace": "kcm-system"},
				"spec": {"resources": {"localSourceRef": {"kind": "GitRepository", "name": "s"}}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "c", "namespace": "kcm-system"},
				"spec": {"supportedTemplates": [{"name": "r"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"targetNamespaces": {"list": ["a"]}, "serviceTemplateChains": ["c"]}]},
			},
		],
		{},
	)
	count(findings) == 0
}

test_not_distributed if {
	findings := found(
		[
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplate",
				"metadata": {"name": "r", "namespace": "kcm-system"},
				"spec": {"resources": {"localSourceRef": {"kind": "Secret", "name": "s"}}},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "ServiceTemplateChain",
				"metadata": {"name": "d", "namespace": "kcm-system"},
				"spec": {"supportedTemplates": [{"name": "q"}]},
			},
			{
				"apiVersion": "k0rdent.mirantis.com/v1beta1",
				"kind": "AccessManagement",
				"metadata": {"name": "kcm"},
				"spec": {"accessRules": [{"targetNamespaces": {"list": ["a"]}, "serviceTemplateChains": ["d"]}]},
			},
		],
		{},
	)
	count(findings) == 0
}
