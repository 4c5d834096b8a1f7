package policies["usage-engine"]["log-level-word_test"]

import data.policies["usage-engine"]["log-level-word"] as rule

found(level) := result if {
	result := [finding.severity | some finding in rule.findings] with input as {
		"values": {"debug": {"log": {"level": {"jetty": level}}}},
	}
}

test_levels if {
	found("off") == []
	found("WARN") == []
	found("debug") == ["info"]
	found("verbose") == ["warning"]
	found("${LEVEL}") == []
	found(false) == []
}
