package policies["genesys-suite"]["pod-security-policy_test"]

import data.policies["genesys-suite"]["pod-security-policy"] as rule

count_for(item, values) := count(findings) if {
	findings := rule.findings with input as {"manifests": [item], "values": values}
}

test_objects if {
	count_for({"kind": "PodSecurityPolicy", "metadata": {"name": "x"}}, {}) == 1
	count_for({"kind": "Role", "rules": [{"resources": ["pods", "podsecuritypolicies"]}]}, {}) == 1
	count_for({"kind": "Role", "rules": [{"resources": ["pods"]}]}, {"podSecurityPolicy": {"create": false}}) == 0
	count_for({}, {"podSecurityPolicy": {"create": true}}) == 1
}
