package policies["genesys-tenant"]["release-namespace_test"]

import data.policies["genesys-tenant"]["release-namespace"] as rule

found(release, context) := [f.severity | some f in findings] if {
	findings := rule.findings with input as {"release": release, "context": context}
}

of(namespace) := found({"name": "t0100", "namespace": namespace}, {})

test_namespace if {
	of("voice") == []
	of("$NS") == []
	of("tenants") == ["warning"]
	of("default") == ["error"]
	of("kube-system") == ["error"]
	found({"name": "t0100"}, {}) == []
}

test_one_namespace_for_all if {
	context := {"singleNamespace": "genesys"}
	found({"namespace": "genesys"}, context) == []
	found({"namespace": "other"}, context) == ["warning"]
	found({"namespace": "default"}, {"singleNamespace": "default"}) == ["error"]
}

test_release_of_the_other_chart if found({"name": "tenant-monitor", "namespace": "x"}, {}) == []
