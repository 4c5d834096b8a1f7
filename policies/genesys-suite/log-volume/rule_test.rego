package policies["genesys-suite"]["log-volume_test"]

import data.policies["genesys-suite"]["log-volume"] as rule

facts(values, platform) := {finding.facts[0] |
	some finding in rule.findings with input as {"values": values, "context": {"platform": platform}}
}

test_pulse if {
	facts({"log": {"volumeType": "none"}}, "aks") == set()
	facts({"log": {"volumeType": "pvc", "pvc": {"accessModes": ["ReadWriteMany"]}}}, "aks") == {"SUI-051"}
	facts({"log": {"volumeType": "pvc", "pvc": {"accessModes": ["ReadWriteOnce"]}}}, "aks") == {"SUI-051", "SUI-122"}
	facts({"log": {"volumeType": "hostpath"}}, "gke") == {"SUI-051", "SUI-100"}
}

test_gvp if {
	on := {"rmLogStorage": {"volumeType": {"hostPath": {"enabled": true}}}}
	facts(on, "gke") == {"SUI-100"}
	facts(on, "aks") == set()
}

test_webrtc if {
	facts({"image": {"webrtc": "x"}, "gateway": {"logPath": "/mnt/log"}}, "aks") == {"SUI-051"}
	facts({"image": {"webrtc": "x"}, "gateway": {"logPath": "stdout"}}, "aks") == set()
}

test_workload if {
	workload := {
		"kind": "Deployment", "metadata": {"name": "x"}, "spec": {"template": {"spec": {"volumes": [{"hostPath": {}}]}}},
	}
	some finding in rule.findings with input as {"context": {"platform": "gke"}, "manifests": [workload]}
	finding.facts == ["SUI-100"]
}
