package policies["genesys-tenant"]["vanishing-logs_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["vanishing-logs"] as rule

found(values, profile) := {f.severity | some f in findings} if {
	findings := rule.findings with input as fixture.fleet([object.union(
		fixture.at("t0300", "west", values),
		{"context": {"profile": profile}},
	)])
}

test_logs if {
	found({}, "test") == {"info"}
	found({}, "production") == {"warning"}
	found({"images": {"fluentBitCs": {"enable": "true"}}}, "production") == set()
	found({"tenant": {"logging": {"volumes": {"logPvc": {"enabled": "true"}}}}}, "production") == set()
}

test_one_finding_for_all if {
	releases := [fixture.at(name, "west", {}) | some name in ["a", "b", "c", "d"]]
	[finding] := [f | some f in rule.findings] with input as fixture.fleet(releases)
	contains(finding.message, `"a", "b" and 2 more`)
}
