package policies["usage-engine"]["ecd-flag_test"]

import data.policies["usage-engine"]["ecd-flag"] as rule

found(extra) := result if {
	result := count(rule.findings) with input as {"manifests": [object.union({"kind": "ECDeployment"}, extra)]}
}

test_flag if {
	found({"spec": {"manualUpgrade": true}}) == 0
	found({"spec": {"manualUpgrade": "true"}}) == 1
	found({"spec": {"manualUpgrade": "${MANUAL}"}}) == 0
	found({"manualUpgrade": true, "spec": {}}) == 1
	found({"spec": {"pod": {"manualUpgrade": true}}}) == 1
	found({"metadata": {"labels": {"manualUpgrade": "x"}}}) == 0
}
