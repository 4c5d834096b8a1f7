package policies["genesys-tenant"]["site-location_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["site-location"] as rule

found(a, b, profile) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([object.union(
		fixture.at("t0300", location, {"tenant": {"general": general}}),
		{"context": {"profile": profile}},
	) |
		some location, general in {"east": a, "west": b}
	])
}

test_general if {
	found({"location": "east"}, {"location": "east"}, "") == 1
	found({"location": "$L"}, {"location": "$L"}, "") == 0
	found({"environment": "prod"}, {"environment": "test"}, "") == 1
	found({"environment": "dev"}, {"environment": "dev"}, "production") == 1
	found({"environment": "dev"}, {"environment": "dev"}, "test") == 0
}
