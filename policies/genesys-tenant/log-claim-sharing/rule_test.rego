package policies["genesys-tenant"]["log-claim-sharing_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["log-claim-sharing"] as rule

tenant(name) := fixture.at(name, "west", {"tenant": {"logging": {"volumes": {"log": [{
	"name": "log",
	"persistentVolumeClaim": {"claimName": "logs"},
}]}}}})

found(names, modes) := count(findings) if {
	findings := rule.findings with input as object.union(
		fixture.fleet([tenant(name) | some name in names]),
		{"manifests": [{
			"kind": "PersistentVolumeClaim",
			"metadata": {"name": "logs", "namespace": "voice"},
			"spec": {"accessModes": modes},
		}]},
	)
}

test_sharing if {
	found(["a", "b", "c"], ["ReadWriteOnce"]) == 1
	found(["a", "b"], ["ReadWriteMany"]) == 0
	found(["a"], ["ReadWriteOnce"]) == 0
}
