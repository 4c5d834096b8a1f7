package policies["genesys-suite"]["setting-place_test"]

import data.policies["genesys-suite"]["setting-place"] as rule

keys(chart, values) := {finding.path[0] |
	some finding in rule.findings with input as {"values": values, "release": {"chart": {"name": chart}}}
}

test_places if {
	keys("wwe-nginx", {"priorityClassName": "x"}) == {"priorityClassName"}
	keys("wwe-nginx", {"wwe": {"priorityClassName": "x"}}) == set()
	keys("gauth", {"securityContext": {}, "image": {}}) == {"securityContext"}
	keys("gvp-rs", {"replicaCount": 1}) == {"replicaCount"}
	keys("gim", {"replicaCount": 1}) == set()
	keys("nginx", {"replicaCount": 1}) == set()
}
