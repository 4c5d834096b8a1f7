package policies["usage-engine"]["platform-down_test"]

import data.policies["usage-engine"]["platform-down"] as rule

kubectl(words, flags) := {"tool": "kubectl", "args": [{"value": word} | some word in words], "flags": flags}

stop := kubectl(["scale", "sts/platform"], [{"name": "replicas", "value": "0"}])

look := kubectl(["wait", "pod/platform-0"], [{"name": "for", "value": "delete"}])

backup := {
	"tool": "az", "flags": [],
	"args": [{"value": "backup"}, {"value": "protection"}, {"value": "backup-now"}],
}

found(commands) := result if {
	result := [finding.facts | some finding in rule.findings] with input as {"commands": commands}
}

test_order if {
	found([stop, look, backup]) == []
	found([backup, stop]) == [["UEP-041"]]
	found([stop, backup]) == [["UEP-043"]]
	found([look, stop, backup]) == [["UEP-043"]]
	found([stop, look]) == []
}
