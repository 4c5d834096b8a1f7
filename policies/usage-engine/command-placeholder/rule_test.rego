package policies["usage-engine"]["command-placeholder_test"]

import data.policies["usage-engine"]["command-placeholder"] as rule

found(command) := result if {
	result := {finding.word | some finding in rule.findings} with input as {"commands": [command]}
}

test_placeholders if {
	found({"blanks": [{"word": 3, "text": "<ecd-name>"}], "namespace": {"value": "uepe", "word": 5}}) == {3}
	found({"tool": "kubectl", "blanks": [], "namespace": {"value": "namespace", "word": 5}}) == {5}
	found({"verb": "rollback", "revision": {"word": 3}, "blanks": [{"word": 3, "text": "<n>"}]}) == set()
}
