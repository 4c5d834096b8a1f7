package policies["genesys-suite"]["voice-redis-secret_test"]

import data.policies["genesys-suite"]["voice-redis-secret"] as rule

secrets(names) := [{"kind": "Secret", "metadata": {"name": name, "namespace": "voice"}} | some name in names]

found(names, complete) := messages if {
	messages := {finding.message |
		some finding in rule.findings with input as {"manifests": secrets(names), "manifests_complete": complete}
	}
}

test_gaps if {
	some message in found(["redis-agent-token", "redis-config-token"], true)
	contains(message, "ORS stream")
	found(["redis-agent-token", "redis-config-token"], false) == set()
	found(["redis-agent-token"], true) == set()
}
