package policies["genesys-suite"]["tag-rollback_test"]

import data.policies["genesys-suite"]["tag-rollback"] as rule

count_for(old, new) := count(findings) if {
	findings := rule.findings with input as {
		"values": {"designer": {"designerConfig": {}, "image": {"tag": new}}},
		"previous": {"values": {"designer": {"image": {"tag": old}}}},
	}
}

test_tags if {
	count_for("9.0.123.07.22", "9.0.122.07.10") == 1
	count_for("9.0.122.07.10", "9.0.123.07.22") == 0
	count_for("9.0.9", "9.0.10") == 0
	count_for("", "9.0.10") == 0
	count_for("$TAG", "9.0.10") == 0
}
