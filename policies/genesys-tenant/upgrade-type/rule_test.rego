package policies["genesys-tenant"]["upgrade-type_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-type"] as rule

found(before, after) := count(findings) if {
	findings := rule.findings with input as fixture.upgrade(before, after)
}

typed(kind, tag) := {"tenant": {"deployment": {"type": kind}}, "images": {"pgdbInit": {"tag": tag}}}

test_types if {
	found(typed("full", "1"), typed("maintenance", "2")) == 1
	found(typed("full", "1"), typed("full", "2")) == 0
	found(typed("full", "1"), typed("maintenance", "1")) == 0
}
