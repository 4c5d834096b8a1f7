package policies["genesys-tenant"]["upgrade-steps_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-steps"] as rule

found(before, after) := count(findings) if {
	findings := rule.findings with input as fixture.upgrade(before, after)
}

at(home, tag) := {"tenant": {"consul": {"masterdc": "west", "homedc": home}}, "images": {"tenant": {"tag": tag}}}

test_master if {
	found(at("west", "1"), at("west", "2")) == 1
	found(at("east", "1"), at("east", "2")) == 0
	found(at("west", "1"), at("west", "1")) == 0
}
