package policies["usage-engine"]["dry-run-differs_test"]

import data.policies["usage-engine"]["dry-run-differs"] as rule

command(extra) := object.union(
	{
		"tool": "helm", "verb": "upgrade", "dry_run": false, "flags": [], "values": [{"name": "v.yaml", "word": 5}],
		"chart": {"name": "usage-engine-private-edition", "word": 3}, "sets": [],
		"args": [{"word": 2, "value": "uepe"}, {"word": 3, "value": "r/usage-engine-private-edition"}],
		"release": {"name": "uepe", "word": 2}, "version": {"value": "4.1.0", "word": 7},
	},
	extra,
)

found(extra) := result if {
	result := {[object.get(finding, "severity", "error"), finding.facts] | some finding in rule.findings} with input as {
		"layers": [], "commands": [command({"dry_run": true}), command(extra)],
	}
}

test_equal if found({}) == set()

test_files if found({"values": [{"name": "w.yaml", "word": 5}]}) == {["error", ["UEP-006", "UEP-032"]]}

test_others if {
	found({"version": {"value": "4.2.0", "word": 7}}) == {["error", ["UEP-032"]]}
	found({"release": {"name": "x", "word": 2}}) == {["error", ["UEP-032"]]}
	found({"sets": [{"flag": "set", "path": ["a"], "value": 1}]}) == {["error", ["UEP-032"]]}
	found({"args": [{"word": 3, "value": "./usage-engine-private-edition"}]}) == {["error", ["UEP-032"]]}
	found({"flags": [{"name": "wait"}]}) == {["info", ["UEP-032"]]}
	found({"version": {"word": 7}}) == set()
}

test_checked_files if {
	layers := [{"kind": "file", "name": "config/v.yaml"}]
	given := {"layers": layers, "commands": [command({}), command({"values": [{"name": "w.yaml", "word": 5}]})]}
	[[f.command, f.severity] | some f in rule.findings] == [[1, "warning"]] with input as given
}
