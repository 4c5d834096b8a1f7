package policies["genesys-tenant"]["unique-short-id_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["unique-short-id"] as rule

ids(a, b) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([
		fixture.at("t0300", "west", {"tenantid": a}),
		fixture.at("t0400", "west", {"tenantid": b}),
	])
}

test_ends if {
	ids(fixture.id("0300"), "5c2b1f0e-3d4a-4e6b-8f10-aa75a2e00300") == 1
	ids(fixture.id("0300"), fixture.id("0300")) == 0
	ids(fixture.id("0300"), fixture.id("0400")) == 0
	ids("$A-0300", "$B-0300") == 0
}
