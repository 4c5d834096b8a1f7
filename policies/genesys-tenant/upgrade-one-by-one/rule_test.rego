package policies["genesys-tenant"]["upgrade-one-by-one_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-one-by-one"] as rule

changed(name) := object.union(fixture.at(name, "west", {}), {"previous": {"values": {}}})

test_number if {
	count(rule.findings) == 1 with input as fixture.fleet([changed("a"), changed("b"), changed("c")])
	count(rule.findings) == 0 with input as fixture.fleet([changed("a"), fixture.at("b", "west", {})])
}
