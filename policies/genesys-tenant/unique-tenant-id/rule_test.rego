package policies["genesys-tenant"]["unique-tenant-id_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["unique-tenant-id"] as rule

ids(a, b) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([
		fixture.at("t0300", "west", {"tenantid": a}),
		fixture.at("t0400", "west", {"tenantid": b}),
	])
}

test_equal_ids if {
	ids("x", "X") == 1
	ids("$ID", "${ID}") == 1
	ids("$ID", "$OTHER") == 0
	ids("", "") == 0
	ids(null, null) == 0
}

test_one_finding_for_each_later_release if {
	releases := [fixture.at(name, "west", {"tenantid": "x"}) | some name in ["a", "b", "c"]]
	found := rule.findings with input as fixture.fleet(releases)
	{[f.related[0].release, f.release] | some f in found} == {[0, 1], [0, 2]}
}
