package policies["genesys-tenant"]["site-tenant-id_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["site-tenant-id"] as rule

found(a, b) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([
		fixture.at("t0300", "west", {"tenantid": a}),
		fixture.at("t0300", "east", {"tenantid": b}),
	])
}

test_ids if {
	found(fixture.id("0300"), fixture.id("0400")) == 1
	found(fixture.id("0300"), upper(fixture.id("0300"))) == 0
	found(fixture.id("0300"), "$ID") == 0
}

consul(home) := {"tenant": {"consul": {"masterdc": "east", "homedc": home}}}

test_master_tells_the_id if {
	releases := [
		fixture.at("t0300", "west", object.union({"tenantid": fixture.id("0300")}, consul("west"))),
		fixture.at("t0300", "east", object.union({"tenantid": fixture.id("0400")}, consul("east"))),
	]
	{f.release | some f in rule.findings} == {0} with input as fixture.fleet(releases)
}
