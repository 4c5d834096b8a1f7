package policies["genesys-suite"]["redis-product_test"]

import data.policies["genesys-suite"]["redis-product"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_sizes if {
	found({
		"context": {"thirdParty": {"redis": {"nodes": 6, "replicas": 1}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"thirdParty": {"redis": {"nodes": 3, "replicas": 1}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"thirdParty": {"redis": {"version": "6.2"}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"thirdParty": {"postgresql": {"nodes": 1}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}

test_security if {
	found({
		"context": {"environment": "production", "thirdParty": {"redis": {"tls": true, "auth": true}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"environment": "production", "thirdParty": {"redis": {"tls": true}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"environment": "lab", "thirdParty": {"redis": {"tls": false}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
