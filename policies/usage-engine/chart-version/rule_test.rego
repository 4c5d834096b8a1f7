package policies["usage-engine"]["chart-version_test"]

import data.policies["usage-engine"]["chart-version"] as rule

helm(verb, extra) := object.union(
	{
		"tool": "helm", "verb": verb, "open": false, "flags": [], "dry_run": false,
		"chart": {"name": "usage-engine-private-edition", "kind": "repo", "word": 3},
		"version": {"value": "4.1.0", "word": 5},
	},
	extra,
)

found(target, commands) := result if {
	result := [[finding.command, object.get(finding, "severity", "error")] |
		some finding in rule.findings
	] with input as {"release": {"chart": {"version": target}}, "commands": commands}
}

test_equal if found("4.1.0", [helm("pull", {}), helm("upgrade", {})]) == []

test_none if {
	bare := object.remove(helm("upgrade", {}), ["version"])
	found("4.1.0", [bare]) == [[0, "error"]]
	found("4.1.0", [object.union(bare, {"chart": {"kind": "dir"}})]) == []
	found("4.1.0", [object.union(bare, {"open": true})]) == []
}

test_other_than_target if {
	found("4.2.0", [helm("pull", {})]) == [[0, "warning"]]
	found("4.2.0", [helm("upgrade", {})]) == [[0, "error"]]
	found("4.2.0", [object.union(object.remove(helm("upgrade", {}), ["version"]), {"version": {"word": 5}})]) == []
}

test_different if {
	two := [helm("pull", {}), helm("upgrade", {"version": {"value": "4.0.0", "word": 5}})]
	[f.command | some f in rule.findings] == [1] with input as {"commands": two}
}

test_range if found("4.1.0", [helm("upgrade", {"version": {"value": "^4.1", "word": 5}})]) == [[0, "error"]]
