package policies["genesys-tenant"]["install-order_test"]

import data.policies["genesys-tenant"]["install-order"] as rule
import data.policies["genesys-tenant"].lib_test as fixture

found(order) := {[f.facts[0], f.path[1]] | some f in findings} if {
	findings := rule.findings with input as object.union(
		fixture.fleet([
			fixture.at("acme", "west", {"tenant": {"consul": {"masterdc": "west", "homedc": "west"}}}),
			fixture.at("acme", "east", {"tenant": {"consul": {"masterdc": "west", "homedc": "east"}}}),
		]),
		{"context": {"order": order}},
	)
}

test_services if {
	found(["gauth", "voice-config", "acme", "gws"]) == set()
	found(["acme", "gauth", "voice-config"]) == {["TEN-196", 1]}
	found(["gauth", "gws", "acme"]) == {["TEN-196", 2]}
	found(["other", "acme", "another"]) == set()
}

test_locations if {
	found(["west", "east"]) == set()
	found(["east", "west"]) == {["TEN-131", 0]}
	found(["east"]) == set()
}
