package policies["usage-engine"]["batch-groups_test"]

import data.policies["usage-engine"]["batch-groups"] as rule

found(steps) := result if {
	result := {finding.facts[0] | some finding in rule.findings} with input as {"context": {"plan": {"steps": steps}}}
}

test_before if {
	found(["disable-batch-workflow-groups", "wait-running-batch-workflows", "scale-platform-to-zero"]) == set()
	found(["scale-platform-to-zero", "disable-batch-workflow-groups"]) == {"UEP-035"}
	found(["disable-batch-workflow-groups", "scale-platform-to-zero"]) == {"UEP-035"}
	found(["scale-platform-to-zero"]) == set()
}

test_after if {
	found(["helm-upgrade", "verify-ecds"]) == set()
	found(["disable-batch-workflow-groups", "helm-upgrade", "verify-ecds"]) == {"UEP-056"}
	found(["verify-ecds", "helm-upgrade"]) == {"UEP-056"}
}
