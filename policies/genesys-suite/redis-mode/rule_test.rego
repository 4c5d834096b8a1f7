package policies["genesys-suite"]["redis-mode_test"]

import data.policies["genesys-suite"]["redis-mode"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_clusters if {
	found({
		"context": {"thirdParty": {"redis": {"clusterMode": true}}},
		"release": {"chart": {"name": "cxcontact"}},
		"values": {"redis": {"cluster": false}},
	}) == 1
	found({
		"context": {"thirdParty": {"redis": {}}},
		"release": {"chart": {"name": "cxcontact"}},
		"values": {"redis": {"cluster": false}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "cxcontact"}},
		"values": {"redis": {"cluster": false}},
	}) == 0
	found({
		"context": {
			"thirdParty": {
				"redis": {"clusterMode": true},
				"redis-cxc": {"clusterMode": false, "usedBy": ["cxc"]},
			},
		},
		"release": {"chart": {"name": "cxcontact"}},
		"values": {"redis": {"cluster": false}},
	}) == 0
}
