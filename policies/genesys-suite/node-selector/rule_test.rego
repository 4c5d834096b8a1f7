package policies["genesys-suite"]["node-selector_test"]

import data.policies["genesys-suite"]["node-selector"] as rule

severities(value) := {object.get(finding, "severity", "info") |
	some finding in rule.findings with input as {"values": {"tlm": {"nodeSelector": {"pool": value}}}}
}

test_labels if {
	severities(null) == {"info"}
	severities(true) == {"warning"}
	severities("general") == set()
}
