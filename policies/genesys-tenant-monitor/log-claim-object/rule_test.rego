package policies["genesys-tenant-monitor"]["log-claim-object_test"]

import data.policies["genesys-tenant-monitor"]["log-claim-object"] as rule

found(volume, more) := findings if {
	claim := object.union({"enabled": "true", "createpvClaim": "false", "logClaim": "logs"}, volume)
	base := {"values": {"tenant": {"logging": {"volume": claim}}}, "release": {"namespace": "voice"}}
	findings := rule.findings with input as object.union(base, more)
}

claim(namespace, modes) := {"manifests": [{
	"kind": "PersistentVolumeClaim",
	"metadata": {"name": "logs", "namespace": namespace},
	"spec": {"accessModes": modes},
}]}

severities(findings) := {object.get(finding, "severity", "error") | some finding in findings}

test_claim if {
	severities(found({}, {})) == {"warning"}
	severities(found({}, {"manifests": [], "manifests_complete": true})) == {"error"}
	severities(found({}, claim("infra", ["ReadWriteMany"]))) == {"error"}
	severities(found({}, claim("voice", ["ReadWriteOnce"]))) == {"error"}
	severities(found({}, claim("voice", ["ReadWriteMany"]))) == set()
	severities(found({}, claim("$NAMESPACE", ["ReadWriteMany"]))) == set()
}

test_off if {
	found({"createpvClaim": "true"}, {}) == set()
	found({"enabled": "false"}, {}) == set()
	found({"logClaim": ""}, {}) == set()
}
