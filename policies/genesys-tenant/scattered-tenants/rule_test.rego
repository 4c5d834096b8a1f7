package policies["genesys-tenant"]["scattered-tenants_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["scattered-tenants"] as rule

test_three_namespaces_are_one_finding if {
	releases := [fixture.release("tenant", {"name": name, "namespace": name}, {}) | some name in ["a", "b", "c"]]
	[finding] := [f | some f in rule.findings] with input as fixture.fleet(releases)
	contains(finding.message, `"a", "b" and "c"`)
}

test_placeholder_may_be_the_same if {
	releases := [fixture.release("tenant", {"name": name, "namespace": name}, {}) | some name in ["a", "$NS"]]
	count(rule.findings) == 0 with input as fixture.fleet(releases)
}
