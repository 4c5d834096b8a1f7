package policies["genesys-suite"]["env-value_test"]

import data.policies["genesys-suite"]["env-value"] as rule

count_for(value) := count(findings) if {
	findings := rule.findings with input as {"values": {"designer": {"designerConfig": {"envs": {"A": value}}}}}
}

test_values if {
	count_for(9200) == 1
	count_for(true) == 1
	count_for("9200") == 0
	count_for(null) == 0
	rule.findings == set() with input as {"values": {"designer": {"designerFlowSettings": {"envs": {"port": 1}}}}}
}
