package policies["genesys-tenant"]["node-count_test"]

import data.policies["genesys-tenant"]["node-count"] as rule

found(deployment, whole, ctx) := findings if {
	findings := rule.findings with input as {
		"values": {"tenant": {"deployment": deployment}},
		"whole": whole,
		"context": ctx,
	}
}

test_good if {
	count(found({"replicaCount": 2}, true, {"profile": "production"})) == 0
	count(found({}, true, {})) == 0
	count(found({}, false, {"profile": "production"})) == 0
	count(found({"replicaCount": "$COUNT"}, true, {"profile": "production"})) == 0
}

test_none if {
	[finding] := [f | some f in found({"replicaCount": 0}, false, {})]
	finding.severity == "warning"
	finding.facts == ["TEN-096"]
}

test_none_during_maintenance if count(found({"replicaCount": 0}, true, {"operation": "dbms-in-place"})) == 0

test_one if {
	[finding] := [f | some f in found({"replicaCount": 1}, false, {})]
	finding.facts == ["TEN-029"]
}

test_default_in_production if {
	every deployment in [{}, {"replicaCount": null}, null] {
		count(found(deployment, true, {"profile": "production"})) == 1
	}
}
