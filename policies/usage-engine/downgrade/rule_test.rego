package policies["usage-engine"].downgrade_test

import data.policies["usage-engine"].downgrade as rule

found(running, target) := result if {
	result := [finding.severity | some finding in rule.findings] with input as {
		"context": {"release": {"chart": running}}, "release": {"chart": {"version": target}},
	}
}

test_versions if {
	found("usage-engine-private-edition-4.0.0", "4.1.0") == []
	found("usage-engine-private-edition-4.10.0", "4.9.0") == ["error"]
	found("usage-engine-private-edition-4.1.0", "4.1.0") == ["warning"]
	found("ingress-nginx-4.10.0", "4.1.0") == []
	found("usage-engine-private-edition-4.0.0", "${VERSION}") == []
}

test_upgrade if {
	[f.severity | some f in rule.findings] == ["error"] with input as {"change": {"from": "4.1.0", "to": "4.0.0"}}
	count(rule.findings) == 0 with input as {"change": {"from": "4.1.0", "to": "4.2.0"}}
}
