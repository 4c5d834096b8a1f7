package policies["genesys-suite"]["upgrade-strategy_test"]

import data.policies["genesys-suite"]["upgrade-strategy"] as rule

count_for(service, strategy) := count(findings) if {
	findings := rule.findings with input as {"context": {"service": service, "strategy": strategy}}
}

test_strategies if {
	count_for("voice", "canary") == 0
	count_for("voice", "blue-green") == 1
	count_for("voice-agent", "blue-green") == 1
	count_for("designer", "blue-green") == 0
	count_for("ges", "canary") == 0
	count_for("ges", "big-bang") == 1
}
