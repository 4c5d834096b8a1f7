package policies["usage-engine"]["release-status_test"]

import data.policies["usage-engine"]["release-status"] as rule

found(status) := result if {
	result := [finding.severity | some finding in rule.findings] with input as {"context": {"release": {"status": status}}}
}

test_states if {
	found("deployed") == []
	found("pending-upgrade") == ["error"]
	found("failed") == ["warning"]
}
