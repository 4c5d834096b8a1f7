package policies["genesys-suite"]["store-availability_test"]

import data.policies["genesys-suite"]["store-availability"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_nodes if {
	found({
		"context": {"environment": "production", "thirdParty": {"redis": {"nodes": 2}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"environment": "production", "thirdParty": {"postgresql": {"nodes": 2}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"environment": "production", "thirdParty": {"postgresql": {}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"thirdParty": {"postgresql": {"ha": false}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}

test_charts if {
	found({
		"context": {"environment": "production"},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
			{
				"context": {},
				"packs": [],
				"release": {"chart": {"name": "postgresql"}},
				"values": {"architecture": "standalone"},
			},
		],
	}) == 1
}
