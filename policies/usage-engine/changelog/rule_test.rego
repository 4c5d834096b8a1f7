package policies["usage-engine"].changelog_test

import data.policies["usage-engine"].changelog as rule

found(change) := result if {
	result := [finding.message | some finding in rule.findings] with input as {"change": change}
}

test_missing if {
	count(found({"from": "4.0.0", "to": "4.1.0", "changelog": {"given": false}})) == 1
	count(found({"from": "4.0.0", "to": "4.0.0", "changelog": {"given": false}})) == 0
	count(found({"from": "4.0.0", "to": "4.1.0", "changelog": {"given": true, "entries": [], "unread": []}})) == 0
}
