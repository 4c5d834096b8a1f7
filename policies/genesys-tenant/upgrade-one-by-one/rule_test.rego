package policies["genesys-tenant"]["upgrade-one-by-one_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-one-by-one"] as rule

changed(name) := object.union(fixture.at(name, "west", {}), {"previous": {"values": {}}})

test_number if {
	count(rule.findings) == 1 with input as fixture.fleet([changed("a"), changed("b"), changed("c")])
	count(rule.findings) == 0 with input as fixture.fleet([changed("a"), fixture.at("b", "west", {})])
}

# Both sides may be the same repository: what stays as it is, is not upgraded, and neither is what is no tenant.
test_upgraded if {
	same := {"tenantid": "3f0c8d52-6a1e-4b7f-9c25-8e41d7a60231"}
	kept := [r | some name in ["a", "b"]; r := before(fixture.at(name, "west", same), same)]
	count(rule.findings) == 0 with input as fixture.fleet(kept)
	newer := [object.union(r, {"release": {"chart": {"version": "100.0.1"}}}) | some r in kept]
	count(rule.findings) == 1 with input as fixture.fleet(newer)
	others := [object.union(r, {"release": {"chart": {"name": "gauth"}}, "packs": []}) | some r in newer]
	count(rule.findings) == 0 with input as fixture.fleet(others)
}

before(release, values) := object.union(release, {"previous": {"values": values, "release": release.release}})
