package policies["genesys-tenant"]["upgrade-strategy_test"]

import data.policies["genesys-tenant"]["upgrade-strategy"] as rule

found(values) := findings if {
	findings := rule.findings with input as {"values": values}
}

test_strategies if {
	every strategy in ["blue-green", "BlueGreen", "canary", "Recreate", {"type": "Recreate"}] {
		count(found({"tenant": {"deployment": {"strategy": strategy}}})) == 1
	}
}

test_places if {
	[f.path | some f in found({"deployment": {"strategy": "canary"}})] == [["deployment", "strategy"]]
	[f.path | some f in found({"voice": {"deployment": {"strategy": "canary"}}})] == [["voice", "deployment", "strategy"]]
}

test_rolling if {
	every strategy in ["RollingUpdate", "rolling", {"type": "RollingUpdate"}, "$STRATEGY", null, 5] {
		count(found({"tenant": {"deployment": {"strategy": strategy}}})) == 0
	}
}
