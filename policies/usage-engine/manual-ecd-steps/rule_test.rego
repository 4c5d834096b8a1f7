package policies["usage-engine"]["manual-ecd-steps_test"]

import data.policies["usage-engine"]["manual-ecd-steps"] as rule

found(steps, manifests) := result if {
	result := {finding.facts[0] | some finding in rule.findings} with input as {
		"manifests": manifests, "context": {"plan": {"steps": steps}},
	}
}

test_steps if {
	found(["set-manual-upgrade-on-ecds", "helm-upgrade", "upgrade-manual-ecds"], []) == set()
	found(["helm-upgrade", "set-manual-upgrade-on-ecds", "upgrade-manual-ecds"], []) == {"UEP-040"}
	found(["set-manual-upgrade-on-ecds", "helm-upgrade"], []) == {"UEP-057"}
	found(["helm-upgrade"], []) == set()
	found(["helm-upgrade"], [{"kind": "ECDeployment", "spec": {"manualUpgrade": true}}]) == {"UEP-057"}
}
