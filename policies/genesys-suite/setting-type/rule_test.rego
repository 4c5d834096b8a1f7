package policies["genesys-suite"]["setting-type_test"]

import data.policies["genesys-suite"]["setting-type"] as rule

count_for(values) := count(findings) if {
	findings := rule.findings with input as {"values": values, "release": {"chart": {"name": "gvp-mcp"}}}
}

test_types if {
	count_for({"replicaCount": 3, "tolerations": [], "nodeSelector": {}}) == 0
	count_for({"replicaCount": "3"}) == 1
	count_for({"replicaCount": 1.5}) == 1
	count_for({"replicaCount": "$N", "tolerations": null}) == 0
	count_for({"tolerations": {"key": "x"}, "nodeSelector": "general"}) == 2
}
