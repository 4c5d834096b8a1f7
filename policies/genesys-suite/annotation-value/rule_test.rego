package policies["genesys-suite"]["annotation-value_test"]

import data.policies["genesys-suite"]["annotation-value"] as rule

severities(key, value) := {finding.severity |
	some finding in rule.findings with input as {"values": {"ingress": {key: {"a": value}}}}
}

test_values if {
	severities("annotations", false) == {"error"}
	severities("podAnnotations", 0) == {"error"}
	severities("annotations", null) == {"warning"}
	severities("annotations", "false") == set()
	severities("labels", false) == set()
	rule.findings == set() with input as {"values": {"annotations": "a: true\n"}}
}
