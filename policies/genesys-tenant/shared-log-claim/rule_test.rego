package policies["genesys-tenant"]["shared-log-claim_test"]

import data.policies["genesys-tenant"]["shared-log-claim"] as rule

volume := {"name": "log", "persistentVolumeClaim": {"claimName": "logs"}}

values := {"tenant": {"logging": {"volumes": {"log": [volume]}}}}

release(name, namespace) := {
	"values": values,
	"expanded": values,
	"release": {"name": name, "namespace": namespace},
}

found(modes, other) := count(findings) if {
	more := {
		"releases": [release("t0100", "voice"), other],
		"manifests": [{
			"kind": "PersistentVolumeClaim",
			"metadata": {"name": "logs", "namespace": "voice"},
			"spec": {"accessModes": modes},
		}],
	}
	findings := rule.findings with input as object.union(release("t0100", "voice"), more)
}

test_two_tenants_share_a_claim if {
	found(["ReadWriteOnce"], release("t0200", "voice")) == 1
	found(["ReadWriteOnce", "ReadWriteMany"], release("t0200", "voice")) == 0
	found(["ReadWriteOnce"], release("t0200", "tenants")) == 0
}
