package policies["usage-engine"]["removed-in-sample_test"]

import data.policies["usage-engine"]["removed-in-sample"] as rule

found(values) := result if {
	result := {finding.path | some finding in rule.findings} with input as {"values": values}
}

test_set if {
	found({"jmx": {"remote": {"port": 8888}, "remoteHost": "x"}}) == {["jmx", "remote"]}
	found({"mzOperator": {"clusterWide": false}}) == {["mzOperator", "clusterWide"]}
}

test_not_set if found({"jmx": {"remoteHost": "x"}, "mzOperator": {"clusterWide": null}}) == set()

test_changelog_is_given if {
	given := {"values": {"jmx": {"remote": {}}}, "change": {"changelog": {"given": true}}}
	count(rule.findings) == 0 with input as given
}
