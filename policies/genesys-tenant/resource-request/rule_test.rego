package policies["genesys-tenant"]["resource-request_test"]

import data.policies["genesys-tenant"]["resource-request"] as rule

found(requests, limits) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"resources": {"tenantContainer": {
		"requests": requests,
		"limits": limits,
	}}}}}
}

test_good if {
	cases := [
		[{"cpu": "500m", "memory": "600Mi"}, {"cpu": "900m", "memory": "900Mi"}],
		[{"cpu": "1000m"}, {"cpu": 1}],
		[{"cpu": 0.5}, {"cpu": "500m"}],
		[{"memory": "1024Mi"}, {"memory": "1Gi"}],
		[{"memory": "1000M"}, {"memory": "1G"}],
		[{"memory": "1500Mi"}, {"memory": "1.5Gi"}],
		[{"cpu": "2"}, null],
		[{"cpu": "2"}, {"memory": "1Gi"}],
	]
	every case in cases {
		[requests, limits] := case
		count(found(requests, limits)) == 0
	}
}

# What is no quantity, or not known, is not compared. The unit m of memory is the schema's.
test_not_comparable if {
	cases := [
		[{"cpu": "$CPU"}, {"cpu": "1m"}],
		[{"memory": "900Mi"}, {"memory": "900m"}],
		[{"memory": "lots"}, {"memory": "1Mi"}],
		[{"cpu": null}, {"cpu": "1m"}],
	]
	every case in cases {
		[requests, limits] := case
		count(found(requests, limits)) == 0
	}
}

test_above if {
	cases := [
		[{"cpu": "900m"}, {"cpu": "500m"}],
		[{"cpu": 2}, {"cpu": "1500m"}],
		[{"memory": "1Gi"}, {"memory": "1G"}],
		[{"memory": "1000M"}, {"memory": 500000000}],
		[{"ephemeral-storage": "2Gi"}, {"ephemeral-storage": "1Gi"}],
	]
	every case in cases {
		[requests, limits] := case
		count(found(requests, limits)) == 1
	}
}

test_init_container if {
	[finding] := [f | some f in rule.findings] with input as {"values": {"tenant": {"resources": {"initResources": {
		"requests": {"cpu": "2"},
		"limits": {"cpu": "1"},
	}}}}}
	finding.path == ["tenant", "resources", "initResources", "requests", "cpu"]
	contains(finding.message, "cpu request 2 is above the limit 1")
}
