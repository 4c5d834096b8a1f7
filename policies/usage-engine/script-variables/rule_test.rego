package policies["usage-engine"]["script-variables_test"]

import data.policies["usage-engine"]["script-variables"] as rule

set(name, value) := {"tool": "", "assigns": [{"name": name, "value": value, "word": 0}]}

use(name) := {"tool": "az", "args": [], "flags": [], "uses": [name]}

found(commands) := result if {
	result := {finding.command | some finding in rule.findings} with input as {"commands": commands}
}

test_samples if {
	found([set("RESOURCE_GROUP", "PT_Stratus")]) == {0}
	found([set("RESOURCE_GROUP", "mine")]) == set()
	found([set("LOCATION", "Southeast Asia")]) == set()
	found([set("LOCATION", "Southeast Asia"), set("STORAGE_ACCOUNT_NAME", "uepeaks")]) == {0, 1}
}

test_order if {
	found([set("FILE_SHARE", "x"), use("FILE_SHARE")]) == set()
	found([use("FILE_SHARE"), set("FILE_SHARE", "x")]) == {0}
	found([use("FILE_SHARE")]) == set()
	found([set("LOCATION", "x"), set("RESOURCE_GROUP", "y"), use("FILE_SHARE")]) == {2}
	found([set("LOCATION", "x"), set("RESOURCE_GROUP", "y"), use("HOME")]) == set()
}
