package policies["genesys-tenant"]["supported-platform_test"]

import data.policies["genesys-tenant"]["supported-platform"] as rule

on(platform) := findings if {
	findings := rule.findings with input as {"context": {"platform": platform}}
}

test_platform if {
	count(on("aks")) == 0
	count(on("gke")) == 0
	count(on("openshift")) == 0
	count(on("eks")) == 1
	count(rule.findings) == 0 with input as {"context": {}}
}
