package policies["genesys-suite"]["shared-store_test"]

import data.policies["genesys-suite"]["shared-store"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_groups if {
	found({
		"context": {"environment": "production", "thirdParty": {"redis": {"usedBy": ["gim", "gsp"]}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {
			"environment": "production",
			"thirdParty": {"redis": {"usedBy": ["gauth", "ges"]}},
		},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"thirdParty": {"redis": {"usedBy": ["gauth", "ges"]}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"environment": "production", "thirdParty": {"dns": {"usedBy": ["gauth", "ges"]}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}

test_hosts if {
	found({
		"context": {"environment": "production"},
		"releases": [
			{
				"context": {"service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {"postgres": {"host": "pg"}},
			},
			{
				"context": {"service": "iwd"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {"postgres": {"host": "$PG"}},
			},
		],
	}) == 0
	found({
		"context": {"environment": "production"},
		"releases": [
			{
				"context": {"service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {"postgres": {"host": "pg"}},
			},
			{
				"context": {"service": "iwd"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {"postgres": {"host": "PG"}},
			},
		],
	}) == 1
}
