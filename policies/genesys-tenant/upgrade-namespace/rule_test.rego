package policies["genesys-tenant"]["upgrade-namespace_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-namespace"] as rule

found(a, b) := count(findings) if {
	findings := rule.findings with input as {
		"release": {"namespace": a},
		"previous": {"release": {"namespace": b}},
	}
}

test_namespaces if {
	found("voice", "voice") == 0
	found("voice", "other") == 1
	found("$NS", "other") == 0
}

test_unknown_namespace if count(rule.findings) == 0 with input as fixture.upgrade({}, {})
