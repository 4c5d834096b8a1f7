package policies["genesys-tenant-monitor"]["one-monitor_test"]

import data.policies["genesys-tenant-monitor"].lib_test as fixture
import data.policies["genesys-tenant-monitor"]["one-monitor"] as rule

found(a, b) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([fixture.monitor(a, {}), fixture.monitor(b, {})])
}

test_places if {
	found({"location": "west"}, {"location": "west"}) == 1
	found({}, {}) == 1
	found({"location": "west"}, {"location": "east"}) == 0
	found({"location": "west"}, {}) == 0
	found({"namespace": "a"}, {"namespace": "b"}) == 0
}
