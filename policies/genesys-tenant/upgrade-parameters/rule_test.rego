package policies["genesys-tenant"]["upgrade-parameters_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-parameters"] as rule

severities(before, after) := {object.get(f, "severity", "error") | some f in found} if {
	found := rule.findings with input as fixture.upgrade(before, after)
}

redis(cluster, nodes) := {"tenant": {"redis": {"isCluster": cluster}, "deployment": {"replicaCount": nodes}}}

credential(value) := {"tenant": {"secrets": {"kafka": {"pwd": value}}}}

test_changes if {
	severities({"tenantid": "a"}, {"tenantid": "b"}) == {"error"}
	severities({"tenantid": "a"}, {}) == {"error"}
	severities({"tenantid": "a"}, {"tenantid": "$ID"}) == set()
	severities(redis(true, 1), redis(false, 1)) == {"warning"}
	severities(redis(true, 2), redis(false, 2)) == set()
	severities(credential({"secretName": "/a/b"}), credential({"secretName": "/a/c"})) == {"warning"}
	severities(credential({"secretName": "/a/b"}), credential({"password": "x"})) == set()
	severities(credential({"secretName": "/a/b"}), {}) == {"error"}
}

test_no_secret_is_shown if {
	after := credential({"secretName": "hunter2"})
	found := rule.findings with input as fixture.upgrade(credential({"secretName": "a"}), after)
	count(found) == 1
	every f in found {
		not contains(f.message, "hunter2")
	}
}
