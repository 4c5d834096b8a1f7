package policies["genesys-tenant"]["log-class-name_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["log-class-name"] as rule

found(class, more) := {f.facts[0] | some f in findings} if {
	findings := rule.findings with input as object.union(
		fixture.fleet([
			fixture.release("tenant-monitor", {"location": "west"}, {"tenant": {"logging": {"volume": {
				"createSC": "true",
				"logStorageClass": class,
			}}}}),
			fixture.at("t0300", "west", {"tenant": {"logging": {"volumes": {"logPvc": {
				"enabled": "true",
				"logStorageClass": "logs",
			}}}}}),
		]),
		more,
	)
}

test_classes if {
	found("logs", {}) == set()
	found("other", {}) == {"TEN-081"}
	found("", {}) == set()
	found("", {"manifests": [{"kind": "StorageClass", "metadata": {"name": "x"}}]}) == {"TEN-080"}
	found("", {"manifests_complete": true}) == {"TEN-080"}
}
