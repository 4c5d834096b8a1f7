package policies.k0rdent["unknown-kind_test"]

import data.policies.k0rdent["unknown-kind"] as rule

found(manifests, more) := findings if {
	findings := rule.findings with input as object.union({"manifests": manifests}, more)
}

test_lists if {
	findings := found([{"apiVersion": "k0rdent.mirantis.com/v1beta1", "kind": "ServiceTemplateList"}], {})
	count(findings) == 0
}

test_capitals if {
	findings := found([{"apiVersion": "k0rdent.mirantis.com/v1beta1", "kind": "servicetemplate"}], {})
	count(findings) == 1
	some finding in findings
	contains(finding.message, "did you mean")
}

test_plural if {
	findings := found([{"apiVersion": "k0rdent.mirantis.com/v1beta1", "kind": "ClusterDeployments"}], {})
	count(findings) == 1
	some finding in findings
	contains(finding.message, "did you mean \"ClusterDeployment\"")
}

test_other_group if {
	findings := found([{"apiVersion": "example.com/v1", "kind": "X"}], {})
	count(findings) == 0
}
