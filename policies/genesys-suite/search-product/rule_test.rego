package policies["genesys-suite"]["search-product_test"]

import data.policies["genesys-suite"]["search-product"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_products if {
	found({
		"context": {"thirdParty": {"opensearch": {"auth": true}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"thirdParty": {"elasticsearch": {}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"thirdParty": {"redis": {"auth": true}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
