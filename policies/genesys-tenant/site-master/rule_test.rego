package policies["genesys-tenant"]["site-master_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["site-master"] as rule

facts(consuls) := {[f.release, f.facts] | some f in found; f.facts} if {
	found := rule.findings with input as fixture.fleet([fixture.at("t0300", sprintf("l%d", [i]), values) |
		some i, consul in consuls
		values := {"tenant": {"consul": consul}}
	])
}

number(consuls) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([fixture.at("t0300", sprintf("l%d", [i]), values) |
		some i, consul in consuls
		values := {"tenant": {"consul": consul}}
	])
}

west(home) := {"masterdc": "west", "homedc": home}

test_one_mistake_is_one_finding if {
	number([west("west"), west("east")]) == 0
	number([west("west"), west("west")]) == 1
	number([west("north"), west("east")]) == 1
	number([west("west"), {"masterdc": "east", "homedc": "east"}]) == 1
	number([west("west"), west("east"), {"homedc": "north"}]) == 1
	number([{}, {}, {}]) == 1
	number([west("$A"), west("$B")]) == 0
}

test_missing_master_is_named if facts([west("west"), {"homedc": "east"}]) == {[1, ["TEN-097"]]}
