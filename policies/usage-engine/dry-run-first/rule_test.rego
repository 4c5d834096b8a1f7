package policies["usage-engine"]["dry-run-first_test"]

import data.policies["usage-engine"]["dry-run-first"] as rule

command(dry) := {
	"tool": "helm", "verb": "upgrade", "dry_run": dry, "flags": [],
	"chart": {"name": "usage-engine-private-edition"},
}

found(commands) := result if {
	result := [finding.command | some finding in rule.findings] with input as {"commands": commands}
}

test_order if {
	found([command(false)]) == [0]
	found([command(true), command(false)]) == []
	found([command(false), command(true)]) == [0]
	found([command(true)]) == []
}
