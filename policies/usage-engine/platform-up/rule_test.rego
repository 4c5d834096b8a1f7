package policies["usage-engine"]["platform-up_test"]

import data.policies["usage-engine"]["platform-up"] as rule

scale(number) := {
	"tool": "kubectl", "args": [{"value": "scale"}, {"value": "sts/platform"}],
	"flags": [{"name": "replicas", "value": number}], "namespace": {"value": "uepe"},
}

upgrade := {
	"tool": "helm", "verb": "upgrade", "dry_run": false, "flags": [],
	"chart": {"name": "usage-engine-private-edition"}, "release": {"name": "uepe"},
}

found(commands) := result if {
	result := [object.get(finding, "severity", "warning") | some finding in rule.findings] with input as {
		"commands": commands,
	}
}

test_scale if {
	found([scale("0"), upgrade, scale("1")]) == []
	found([scale("0"), upgrade]) == ["warning"]
	found([scale("0")]) == []
	found([scale("0"), upgrade, scale("2")]) == ["error"]
	found([scale("0"), upgrade, object.union(scale("1"), {"namespace": {"value": "other"}})]) == ["warning"]
}
