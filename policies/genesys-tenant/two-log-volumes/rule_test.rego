package policies["genesys-tenant"]["two-log-volumes_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["two-log-volumes"] as rule

found(enabled, shared) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([
		fixture.release("tenant-monitor", {"location": "west"}, {"tenant": {"logging": {"volume": {"enabled": shared}}}}),
		fixture.at("t0300", "west", {"tenant": {"logging": {"volumes": {"logPvc": {"enabled": enabled}}}}}),
		fixture.at("t0300", "east", {"tenant": {"logging": {"volumes": {"logPvc": {"enabled": enabled}}}}}),
	])
}

test_both if {
	found("true", "true") == 1
	found("false", "true") == 0
	found("true", "false") == 0
}
