package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

change(before, after) := {
	"values": after,
	"previous": {"values": before},
	"fleet_declared": true,
	"releases": [],
	"release": {"name": "t100"},
}

tenant_with(tag, nodes, redis) := {
	"images": {"tenant": {"tag": tag}},
	"tenant": {"deployment": {"replicaCount": nodes}, "redis": {"host": redis}},
}

test_only_the_image if {
	steps := lib.runbook with input as change(tenant_with("1", 2, "a"), tenant_with("2", 2, "a"))
	steps["service-upgrade"]
	steps["image-only"]
	not steps["more-than-image"]
	not steps.redis
	not steps["one-node"]
	steps["several-locations"] == false
}

test_redis_with_many_nodes if {
	steps := lib.runbook with input as change(tenant_with("1", 2, "a"), tenant_with("1", 2, "b"))
	steps.redis
	steps["redis-many-nodes"]
	steps["service-upgrade"] == false
	steps["image-only"] == false
}

test_redis_with_one_node if {
	steps := lib.runbook with input as change(tenant_with("1", 1, "a"), tenant_with("1", 1, "b"))
	steps.redis
	steps["redis-many-nodes"] == false
	steps["one-node"]
}

test_nodes_that_are_not_known if {
	steps := lib.runbook with input as change(tenant_with("1", "$N", "a"), tenant_with("1", "$N", "b"))
	steps.redis
	not "redis-many-nodes" in object.keys(steps)
	not "one-node" in object.keys(steps)
}

test_several_locations if {
	steps := lib.runbook with input as {
		"values": {},
		"previous": {"values": {}},
		"release": {"name": "t100", "location": "west"},
		"releases": [
			{"release": {"name": "t100", "location": "west"}},
			{"release": {"name": "t100", "location": "east"}},
		],
	}
	steps["several-locations"]
}
