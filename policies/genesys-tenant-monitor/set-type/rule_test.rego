package policies["genesys-tenant-monitor"]["set-type_test"]

import data.policies["genesys-tenant-monitor"]["set-type"] as rule

found(flag, path, value) := findings if {
	set := {"flag": flag, "word": 5, "path": path, "value": value}
	command := {"verb": "upgrade", "release": {"name": "tenant-monitor"}, "sets": [set], "set_errors": []}
	findings := rule.findings with input as {"commands": [command]}
}

switch := ["fluent", "enable"]

test_string_boolean if {
	count(found("set", switch, true)) == 1
	count(found("set", switch, "yes")) == 1
	count(found("set-string", switch, "True")) == 1
	count(found("set-string", switch, "true")) == 0
	count(found("set", switch, null)) == 0
	count(found("set", switch, "$X")) == 0
}

test_null_word if {
	count(found("set-string", ["a"], "null")) == 1
	count(found("set-json", ["a"], "null")) == 0
}

test_fact if {
	[f.facts | some f in found("set", ["prometheus", "podMonitor", "create"], true)] == [["TEN-138", "TEN-193"]]
}
