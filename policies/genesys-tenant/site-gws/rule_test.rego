package policies["genesys-tenant"]["site-gws_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["site-gws"] as rule

found(hosts) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([fixture.at("t0300", sprintf("l%d", [i]), values) |
		some i, host in hosts
		values := {"tenant": {"gws": {"enable": "true", "envEndpoint": host}}}
	])
}

test_hosts if {
	found(["a.example.com", "a.example.com"]) == 0
	found(["a.example.com", "b.example.com", "c.example.com"]) == 1
	found(["gauth.svc", "gauth.svc.cluster.local"]) == 1
	found(["gauth", "a.example.com"]) == 0
	found(["$A", "$B"]) == 0
}
