package policies["genesys-tenant"]["site-versions_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["site-versions"] as rule

release(location, tag) := fixture.at("t0300", location, {"images": {"tenant": {"tag": tag}, "pgdbInit": {"tag": tag}}})

behind(tags) := {f.release | some f in findings} if {
	findings := rule.findings with input as fixture.fleet([release(location, tag) |
		some location, tag in tags
	])
}

test_behind if {
	behind({"a": "100.0.1000067", "b": "100.0.1000076", "c": "100.0.1000067"}) == {0, 2}
	behind({"a": "100.0.1000067", "b": "100.0.100.0067"}) == set()
	behind({"a": "100.0.1000067", "b": "$TAG"}) == set()
	behind({"a": "100.0.1000067", "b": "latest"}) == set()
}

test_forgotten if {
	old := {"images": {"tenant": {"tag": "1.0"}}}
	moved := object.union(fixture.at("t0300", "a", {"images": {"tenant": {"tag": "2.0"}}}), {"previous": {
		"values": old,
		"release": {},
	}})
	left := object.union(fixture.at("t0300", "b", old), {"previous": {"values": old, "release": {}}})
	[finding] := [f | some f in rule.findings] with input as fixture.fleet([moved, left])
	endswith(finding.message, "this upgrade forgot it")
}
