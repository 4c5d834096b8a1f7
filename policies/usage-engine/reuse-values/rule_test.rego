package policies["usage-engine"]["reuse-values_test"]

import data.policies["usage-engine"]["reuse-values"] as rule

found(flags) := result if {
	result := [finding.word | some finding in rule.findings] with input as {"commands": [{
		"tool": "helm", "verb": "upgrade", "flags": flags, "chart": {"name": "usage-engine-private-edition"},
	}]}
}

test_flags if {
	found([{"name": "reuse-values", "word": 4}]) == [4]
	found([{"name": "reset-then-reuse-values", "word": 4}]) == [4]
	found([{"name": "reset-values", "word": 4}]) == []
}
