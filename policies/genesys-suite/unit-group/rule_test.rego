package policies["genesys-suite"]["unit-group_test"]

import data.policies["genesys-suite"]["unit-group"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_primaries if {
	found({
		"context": {"units": [{"name": "a", "role": "primary"}]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"units": [{"name": "a", "role": "secondary"}]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"units": [{"name": "a", "role": "primary"}, {"name": "b", "role": "primary"}]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"units": [{"name": "a"}]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}

test_pairs if {
	found({
		"context": {
			"units": [
				{"name": "a", "role": "primary", "pair": "p", "region": "us"},
				{"name": "b", "role": "secondary", "pair": "p", "region": "us"},
			],
		},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {
			"units": [
				{"name": "a", "role": "primary", "pair": "p", "region": "us"},
				{"name": "b", "role": "secondary", "pair": "p", "region": "us"},
				{"name": "c", "role": "secondary", "pair": "p", "region": "us"},
			],
		},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {
			"units": [
				{"name": "a", "role": "primary", "pair": "p", "region": "us"},
				{"name": "b", "role": "secondary", "pair": "p", "region": "us"},
				{"name": "c", "role": "secondary", "region": "eu"},
			],
		},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
}
