package policies["genesys-tenant"]["upgrade-outage_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-outage"] as rule

found(before, after) := count(findings) if {
	findings := rule.findings with input as fixture.upgrade(before, after)
}

nodes(number, tag) := {"tenant": {"deployment": {"replicaCount": number}}, "images": {"tenant": {"tag": tag}}}

test_nodes if {
	found(nodes(1, "1"), nodes(1, "2")) == 1
	found(nodes(1, "1"), nodes(2, "2")) == 1
	found(nodes(2, "1"), nodes(2, "2")) == 0
	found(nodes(1, "1"), nodes(1, "1")) == 0
}
