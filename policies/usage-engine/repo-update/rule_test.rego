package policies["usage-engine"]["repo-update_test"]

import data.policies["usage-engine"]["repo-update"] as rule

pull := {
	"tool": "helm", "verb": "pull", "flags": [],
	"chart": {"name": "usage-engine-private-edition", "kind": "repo", "word": 2},
}

update := {"tool": "helm", "verb": "repo update"}

found(commands) := result if {
	result := [finding.command | some finding in rule.findings] with input as {"commands": commands}
}

test_order if {
	found([pull]) == [0]
	found([update, pull]) == []
	found([pull, update]) == [0]
	found([pull, pull]) == [0]
}

test_no_index if {
	found([object.union(pull, {"chart": {"kind": "oci"}})]) == []
	found([object.union(pull, {"flags": [{"name": "repo"}]})]) == []
}
