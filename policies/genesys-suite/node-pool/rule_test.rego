package policies["genesys-suite"]["node-pool_test"]

import data.policies["genesys-suite"]["node-pool"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_ratios if {
	found({
		"context": {"cluster": {"nodePools": [{"name": "general", "vcpu": 8, "memoryGiB": 30}]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"cluster": {"nodePools": [{"name": "third-party", "vcpu": 4, "memoryGiB": 16}]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"cluster": {"nodePools": [{"name": "gpu", "vcpu": 4, "memoryGiB": 16}]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
