package policies["genesys-suite"]["deployment-strategy_test"]

import data.policies["genesys-suite"]["deployment-strategy"] as rule

count_for(values, more) := count(findings) if {
	findings := rule.findings with input as object.union({"values": values}, more)
}

test_designer if {
	count_for({"designer": {"deployment": {"strategy": "blue-green"}}}, {}) == 0
	count_for({"designer": {"deployment": {"strategy": "bluegreen"}}}, {}) == 1
	count_for({"das": {"deployment": {"strategy": "blue-green-service"}}}, {}) == 0
	count_for({"designer": {"deployment": {"strategy": "$STRATEGY"}}}, {}) == 0
}

test_meant if {
	some finding in rule.findings with input as {"values": {"designer": {"deployment": {"strategy": "BlueGreen"}}}}
	endswith(finding.message, "write blue-green")
}

test_meant_twice if {
	count_for({"designer": {"deployment": {"strategy": "rolling update"}}}, {}) == 1
}

test_others if {
	count_for({"deployment": {"strategy": "blue-green"}}, {"release": {"chart": {"name": "gvp-rs"}}}) == 1
	count_for({"optional": {"strategy": {"type": "Recreate"}}}, {}) == 1
	count_for({"optional": {"strategy": {"type": "RollingUpdate"}}}, {}) == 0
}

test_objects if {
	recreate := {"kind": "Deployment", "metadata": {"name": "x"}, "spec": {"strategy": {"type": "Recreate"}}}
	count_for({}, {"context": {"strategy": "canary"}, "manifests": [recreate]}) == 1
	count_for({}, {"manifests": [recreate]}) == 0
	lone := {"kind": "Deployment", "metadata": {"name": "x"}, "spec": {
		"replicas": 1, "strategy": {"rollingUpdate": {"maxUnavailable": 1}},
	}}
	count_for({}, {"context": {"strategy": "canary"}, "manifests": [lone]}) == 1
}
