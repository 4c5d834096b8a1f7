package policies["genesys-tenant"]["upgrade-redis_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["upgrade-redis"] as rule

found(before, after) := count(findings) if {
	findings := rule.findings with input as fixture.upgrade(before, after)
}

with_nodes(cluster, nodes) := {"tenant": {"redis": {"isCluster": cluster}, "deployment": {"replicaCount": nodes}}}

test_nodes if {
	found(with_nodes(false, 1), with_nodes(true, 1)) == 0
	found(with_nodes(false, 3), with_nodes(true, 3)) == 1
	found(with_nodes(false, 3), with_nodes(false, 1)) == 0
	found(with_nodes(false, "$NODES"), with_nodes(true, 2)) == 0
	found({"tenant": {"redis": {"isCluster": true}}}, {"tenant": {"redis": {"isCluster": false}}}) == 0
}
