package policies["usage-engine"]["backup-commands_test"]

import data.policies["usage-engine"]["backup-commands"] as rule

az(text) := {"tool": "az", "args": [{"value": word} | some word in split(text, " ")], "flags": []}

upgrade := {
	"tool": "helm", "verb": "upgrade", "dry_run": false, "flags": [], "chart": {"name": "usage-engine-private-edition"},
}

found(commands) := result if {
	result := [finding.command | some finding in rule.findings] with input as {"commands": commands}
}

test_order if {
	found([az("backup vault create"), az("backup policy create")]) == []
	found([az("backup policy create"), az("backup vault create")]) == [0]
}

test_waits if {
	found([az("backup protection backup-now"), upgrade]) == [1]
	found([az("backup protection backup-now"), az("backup job show"), upgrade]) == []
	found([upgrade]) == []
}
