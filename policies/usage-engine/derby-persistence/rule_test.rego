package policies["usage-engine"]["derby-persistence_test"]

import data.policies["usage-engine"]["derby-persistence"] as rule

found(plan, manifests) := result if {
	result := count(rule.findings) with input as {"context": {"plan": plan}, "manifests": manifests}
}

platform(spec) := {"kind": "StatefulSet", "metadata": {"name": "platform"}, "spec": spec}

test_told if {
	found({"database": "derby", "platformPersistence": false}, []) == 1
	found({"database": "derby", "platformPersistence": true}, [platform({})]) == 0
	found({"database": "postgresql-flexible-server", "platformPersistence": false}, [platform({})]) == 0
}

test_seen if {
	found({"database": "derby"}, [platform({})]) == 1
	found({"database": "derby"}, [platform({"volumeClaimTemplates": [{}]})]) == 0
	claim := {"template": {"spec": {"volumes": [{"persistentVolumeClaim": {"claimName": "x"}}]}}}
	found({"database": "derby"}, [platform(claim)]) == 0
}
