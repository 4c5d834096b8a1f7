package policies["genesys-suite"]["sql-product_test"]

import data.policies["genesys-suite"]["sql-product"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_products if {
	found({
		"context": {
			"thirdParty": {"mssql": {"usedBy": ["gvp"]}, "postgresql": {"usedBy": ["gvp", "gauth"]}},
		},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"thirdParty": {"mssql": {"usedBy": ["gim"]}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"thirdParty": {"mssql": {"usedBy": ["crm"]}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
