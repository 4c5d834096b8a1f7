package policies["genesys-suite"]["security-context_test"]

import data.policies["genesys-suite"]["security-context"] as rule

keys(key, value) := {[finding.path[count(finding.path) - 1], finding.severity] |
	some finding in rule.findings with input as {"values": {key: value}}
}

test_ids if {
	cases := [
		[{"runAsNonRoot": true, "runAsUser": 500, "runAsGroup": 500, "fsGroup": 500}, set()],
		[{"runAsNonRoot": true, "runAsUser": null, "runAsGroup": 0, "fsGroup": null}, set()],
		[{"runAsUser": "$ARB_UID", "runAsGroup": 0, "runAsNonRoot": true, "fsGroup": null}, set()],
		[{"runAsUser": 0, "runAsGroup": 0, "runAsNonRoot": true}, {["runAsUser", "error"]}],
		[{"runAsUser": 0, "runAsNonRoot": false}, {["runAsUser", "warning"]}],
		[{"runAsNonRoot": false}, {["runAsNonRoot", "warning"]}],
		[{"runAsUser": 500, "runAsGroup": 500, "fsGroup": 0}, {["fsGroup", "warning"]}],
		[{"runAsUser": 1000660000}, {["runAsUser", "info"]}],
		[{"runAsUser": "500"}, {["runAsUser", "error"]}],
		[{}, set()],
	]
	every entry in cases {
		keys("podSecurityContext", entry[0]) == entry[1]
	}
}

test_two_wrong_ids if {
	keys("securityContext", {"runAsUser": "500", "fsGroup": "500"}) == {["runAsUser", "error"]}
}

test_keys_of_its_own if {
	some finding in rule.findings with input as {"values": {"securityContext": {"runAsUserRM": 0}}}
	finding.path == ["securityContext", "runAsUserRM"]
}

test_container if {
	keys("containerSecurityContext", {"fsGroup": 500}) == {["fsGroup", "error"]}
}

test_tenant_has_rules_of_its_own if {
	rule.findings == set() with input as {
		"release": {"chart": {"name": "tenant"}}, "values": {"tenant": {"securityContext": {"runAsUser": 0}}},
	}
}
