package policies["genesys-tenant"]["redis-cluster-flag_test"]

import data.policies["genesys-tenant"]["redis-cluster-flag"] as rule

found(redis, whole) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"redis": redis}}, "whole": whole}
}

test_absent if {
	count(found({}, true)) == 1
	count(found(null, true)) == 1
}

test_given if {
	every value in [true, false, "$CLUSTER", null] {
		count(found({"isCluster": value}, true)) == 0
	}
}

test_overlay if count(found({}, false)) == 0
