package policies["usage-engine"]["prepare-first_test"]

import data.policies["usage-engine"]["prepare-first"] as rule

found(steps) := result if {
	result := count(rule.findings) with input as {"context": {"plan": {"steps": steps}}}
}

test_order if {
	found(["adapt-values", "dry-run-server", "helm-upgrade"]) == 0
	found(["helm-upgrade", "adapt-values", "dry-run-server"]) == 2
	found(["adapt-values", "helm-upgrade"]) == 1
	found(["helm-upgrade"]) == 0
}
