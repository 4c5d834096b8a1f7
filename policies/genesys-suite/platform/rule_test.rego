package policies["genesys-suite"].platform_test

import data.policies["genesys-suite"].platform as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_platforms if {
	found({
		"context": {"platform": "GKE"},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"platform": "other"},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
