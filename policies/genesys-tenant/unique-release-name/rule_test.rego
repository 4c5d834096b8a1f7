package policies["genesys-tenant"]["unique-release-name_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["unique-release-name"] as rule

facts(a, b) := {fact | some fact in found[_].facts} if {
	found := rule.findings with input as fixture.fleet([
		fixture.release("tenant", a, {}),
		fixture.release("tenant", b, {}),
	])
}

test_names if {
	facts({"name": "t0300"}, {"name": "t0300"}) == {"TEN-121"}
	facts({"name": "t0300"}, {"name": "T0300", "namespace": "other"}) == {"TEN-128"}
	facts({"name": "t0300"}, {"name": "t0400"}) == set()
	facts({}, {}) == set()
}

test_releases_of_other_charts_are_theirs if {
	other := fixture.release("gws", {"name": "gws"}, {})
	count(rule.findings) == 0 with input as fixture.fleet([other, other])
}
