package policies["genesys-tenant"]["shared-log-claim_test"]

import data.policies["genesys-tenant"]["shared-log-claim"] as rule

found(modes, replicas) := count(findings) if {
	values := {"tenant": {
		"deployment": {"replicaCount": replicas},
		"logging": {"volumes": {"log": [{"name": "log", "persistentVolumeClaim": {"claimName": "logs"}}]}},
	}}
	findings := rule.findings with input as {
		"values": values,
		"expanded": values,
		"release": {"name": "t0100", "namespace": "voice"},
		"manifests": [{
			"kind": "PersistentVolumeClaim",
			"metadata": {"name": "logs", "namespace": "voice"},
			"spec": {"accessModes": modes},
		}],
	}
}

test_several_pods_share_a_claim if {
	found(["ReadWriteOnce"], 2) == 1
	found(["ReadWriteOnce"], 1) == 0
	found(["ReadWriteOnce", "ReadWriteMany"], 2) == 0
}
