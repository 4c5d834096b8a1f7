package policies["usage-engine"]["helm-output_test"]

import data.policies["usage-engine"]["helm-output"] as rule

found(values) := result if {
	result := {finding.path[0]: finding.facts | some finding in rule.findings} with input as {"values": values}
}

test_lines if {
	found({"COMPUTED VALUES": null, "a": 1}) == {"COMPUTED VALUES": ["UEP-003", "UEP-004"]}
	found({"NAME": "uepe", "STATUS": "deployed"}) == {"NAME": ["UEP-004"], "STATUS": ["UEP-004"]}
}

test_values if found({"name": "uepe", "debug": {"NAME": 1}}) == {}
