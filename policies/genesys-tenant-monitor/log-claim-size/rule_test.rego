package policies["genesys-tenant-monitor"]["log-claim-size_test"]

import data.policies["genesys-tenant-monitor"]["log-claim-size"] as rule

found(enabled, size) := [object.get(finding, "severity", "warning") | some finding in findings] if {
	findings := rule.findings with input as {"values": {"tenant": {"logging": {"volume": {
		"enabled": enabled,
		"logClaimSize": size,
	}}}}}
}

test_sizes if {
	found("true", "5Gi") == []
	found("true", "512Mi") == ["warning"]
	found("true", "5G") == ["info"]
	found("true", 2000000000) == ["info"]
	found("false", "512Mi") == []
}

test_wrong_sizes_are_for_the_schema if {
	every size in ["5gi", "5 Gi", "5m", "$SIZE", 5] {
		found("true", size) == []
	}
}
