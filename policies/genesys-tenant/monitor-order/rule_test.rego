package policies["genesys-tenant"]["monitor-order_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["monitor-order"] as rule

monitor := fixture.release("tenant-monitor", {"name": "tenant-monitor", "location": "west"}, {})

sidecar := fixture.at("t0300", "west", {"images": {"fluentBit": {"enable": "true"}}})

found(releases, order) := count(findings) if {
	findings := rule.findings with input as object.union(
		fixture.fleet(releases),
		{"context": {"order": order}},
	)
}

test_order if {
	found([sidecar, monitor], []) == 1
	found([monitor, sidecar], []) == 0
	found([sidecar, monitor], ["tenant-monitor", "t0300"]) == 0
	found([monitor, sidecar], ["t0300", "tenant-monitor"]) == 1
	found([sidecar, monitor], ["east", "west"]) == 0
}
