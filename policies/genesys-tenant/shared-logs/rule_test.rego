package policies["genesys-tenant"]["shared-logs_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["shared-logs"] as rule

facts(fluent) := {[f.facts[0], f.path] | some f in found} if {
	found := rule.findings with input as fixture.fleet([
		fixture.release("tenant-monitor", {"location": "west"}, {"fluent": fluent}),
		fixture.at("t0300", "west", {"images": {"fluentBitUrs": {"enable": "true"}}}),
		fixture.at("t0400", "west", {"images": {"fluentBitCs": {"enable": "true"}}}),
	])
}

raw := ["fluent", "rawlogs", "stdout", "enable"]

test_switches if {
	on := {"stdout": {"enable": "true"}}
	facts({"enable": "true", "rawlogs": on}) == set()
	facts({"enable": "true", "jsonlogs": on}) == {["TEN-140", raw]}
	facts({"enable": "false", "jsonlogs": on}) == {["TEN-076", ["fluent", "enable"]]}
	facts({"rawlogs": on}) == {["TEN-076", ["fluent", "enable"]]}
	facts({"enable": "true", "rawlogs": {"stdout": {"enable": "$RAW"}}}) == set()
}
