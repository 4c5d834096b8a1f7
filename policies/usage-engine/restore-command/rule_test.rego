package policies["usage-engine"]["restore-command_test"]

import data.policies["usage-engine"]["restore-command"] as rule

found(flags) := result if {
	result := {object.get(finding, "severity", "warning") | some finding in rule.findings} with input as {"commands": [{
		"tool": "az", "open": false,
		"flags": [{"name": name, "value": value, "word": 5, "at": 6} | some name, value in flags],
		"args": [{"value": "backup"}, {"value": "restore"}, {"value": "restore-azurefileshare"}],
	}]}
}

complete := {"rp-name": "7012", "restore-mode": "originallocation", "resolve-conflict": "overwrite"}

test_flags if {
	found(complete) == set()
	found(object.remove(complete, ["resolve-conflict"])) == {"warning"}
	found(object.union(complete, {"rp-name": "68988215529834"})) == {"error"}
	found(object.union(complete, {"restore-mode": "alternatelocation"})) == {"info"}
}
