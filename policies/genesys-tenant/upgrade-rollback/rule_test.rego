package policies["genesys-tenant"]["upgrade-rollback_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-rollback"] as rule

found(before, after, charts) := {f.path[1] | some f in findings} if {
	findings := rule.findings with input as {
		"values": {"images": {image: {"tag": tag} | some image, tag in after}},
		"release": {"chart": {"version": charts[1]}},
		"previous": {
			"values": {"images": {image: {"tag": tag} | some image, tag in before}},
			"release": {"chart": {"version": charts[0]}},
		},
	}
}

test_back if {
	new := {"tenant": "2.0", "pgdbInit": "2.0", "rcsInit": "8.5"}
	old := {"tenant": "1.0", "pgdbInit": "1.0", "rcsInit": "8.5"}
	found(new, old, ["1.1", "1.0"]) == set()
	found(new, old, ["1.1", "1.1"]) == {"tenant"}
	found(new, object.union(old, {"pgdbInit": "2.0"}), ["1.1", "1.0"]) == {"pgdbInit"}
	found(old, new, ["1.0", "1.0"]) == set()
}

values(tag) := {"images": {"tenant": {"tag": tag}}}

test_unknown_chart if {
	count(rule.findings) == 0 with input as fixture.upgrade(values("2.0"), values("1.0"))
}
