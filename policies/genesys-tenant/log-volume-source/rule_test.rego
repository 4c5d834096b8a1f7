package policies["genesys-tenant"]["log-volume-source_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["log-volume-source"] as rule

monitor := fixture.release(
	"tenant-monitor", {"location": "west"},
	{"tenant": {"logging": {"volume": {"enabled": "true", "logClaim": "logs"}}}},
)

facts(logging) := {fact | some fact in found[_].facts} if {
	tenant := fixture.at("t0300", "west", {"tenant": {"logging": logging}})
	found := rule.findings with input as fixture.fleet([monitor, tenant])
}

test_sources if {
	facts({}) == {"TEN-144"}
	facts({"mounts": {"log": []}}) == {"TEN-186"}
	facts({"volumes": {"log": [{"name": "log", "emptyDir": {}}]}}) == {"TEN-144"}
	facts({"volumes": {"log": [{"name": "log", "hostPath": {"path": "/x"}}]}}) == set()
	facts({"volumes": {"logPvc": {"enabled": "true"}}}) == set()
}
