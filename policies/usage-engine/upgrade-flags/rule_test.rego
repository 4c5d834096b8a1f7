package policies["usage-engine"]["upgrade-flags_test"]

import data.policies["usage-engine"]["upgrade-flags"] as rule

command(extra) := object.union(
	{
		"tool": "helm", "verb": "upgrade", "install": true, "open": false, "dry_run": false,
		"flags": [{"name": "atomic"}, {"name": "cleanup-on-fail"}], "values": [{"name": "v.yaml"}],
		"chart": {"name": "usage-engine-private-edition"},
	},
	extra,
)

found(extra) := result if {
	result := {object.get(finding, "severity", "error") | some finding in rule.findings} with input as {
		"commands": [command(extra)],
	}
}

test_complete if {
	found({}) == set()
	found({"flags": [{"name": "rollback-on-failure"}, {"name": "cleanup-on-fail"}]}) == set()
}

test_missing if {
	found({"values": []}) == {"error"}
	found({"flags": []}) == {"warning"}
	found({"install": false}) == {"info"}
	found({"flags": [], "values": [], "open": true}) == set()
	found({"verb": "install", "flags": [{"name": "atomic"}]}) == set()
}
