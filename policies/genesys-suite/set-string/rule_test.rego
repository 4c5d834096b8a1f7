package policies["genesys-suite"]["set-string_test"]

import data.policies["genesys-suite"]["set-string"] as rule

severities(path, value, values) := {finding.severity | some finding in rule.findings with input as {
	"values": values, "commands": [{"sets": [{"flag": "set", "word": 3, "path": path, "value": value}]}],
}}

test_sets if {
	severities(["designer", "designerConfig", "envs", "A"], 9200, {}) == {"error"}
	severities(["designer", "designerConfig", "envs", "A"], "9200", {}) == set()
	severities(["app", "env", "A"], true, {}) == {"warning"}
	severities(["a"], 1, {"a": "1"}) == {"error"}
	severities(["a"], 1, {"a": 1}) == set()
}
