package policies["usage-engine"]["ecd-manual-upgrade_test"]

import data.policies["usage-engine"]["ecd-manual-upgrade"] as rule

ecd(spec) := {"kind": "ECDeployment", "metadata": {"name": "sip"}, "spec": spec}

found(objects) := result if {
	result := [finding.facts[0] | some finding in rule.findings] with input as {"manifests": objects}
}

test_fixed if {
	found([ecd({"ports": [{"hostPort": 5060}]})]) == ["UEP-037"]
	found([ecd({"ports": [{"hostPort": 5060}], "manualUpgrade": true})]) == []
	found([ecd({"volumes": [{"hostPath": {"path": "/x"}}, {"hostPath": {"path": "/y"}}]})]) == ["UEP-037"]
	found([ecd({"claim": {"accessModes": ["ReadWriteOnce"]}})]) == ["UEP-037"]
	found([ecd({"ports": [{"containerPort": 5060}]})]) == []
}

test_single if {
	found([ecd({"replicas": 1})]) == ["UEP-036"]
	found([ecd({"replicas": 2})]) == []
	found([ecd({"replicas": 1, "manualUpgrade": true})]) == []
}

test_left_behind if {
	platform := {
		"kind": "StatefulSet", "metadata": {"name": "platform"},
		"spec": {"template": {"spec": {"containers": [{"image": "r:5000/platform:4.1.0"}]}}},
	}
	old := ecd({"manualUpgrade": true, "image": "r:5000/ec:4.0.0"})
	found([old, platform]) == ["UEP-058"]
	found([ecd({"manualUpgrade": true, "image": "r/ec:4.1.0"}), platform]) == []
	found([old]) == []
}
