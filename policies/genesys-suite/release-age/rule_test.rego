package policies["genesys-suite"]["release-age_test"]

import data.policies["genesys-suite"]["release-age"] as rule

severities(version, context) := {finding.severity | some finding in rule.findings with input as {
	"release": {"chart": {"name": "gauth", "version": version}}, "context": context,
}}

test_distance if {
	severities("100.0.008+0100", {"latestVersion": "100.0.012+0001"}) == {"info"}
	severities("100.0.011+0166", {"latestVersion": "100.0.012+0001"}) == set()
	severities("100.0.1000017", {"latestVersion": "100.0.1000067"}) == set()
	severities("100.0.008+0100", {}) == set()
}

test_listed if {
	all := ["100.0.008+0100", "100.0.009+0001", "100.0.009+0002", "100.0.011+0001", "100.0.012+0001"]
	severities("100.0.008+0100", {"versions": {"gauth": all}}) == {"error"}
	severities("100.0.009+0001", {"versions": {"gauth": all}}) == set()
}
