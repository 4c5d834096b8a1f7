package policies["genesys-suite"].phase_test

import data.policies["genesys-suite"].phase as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_order if {
	found({
		"context": {"phases": ["storage", "third-party", "services"]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"phases": ["services", "storage"]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"phases": ["services", "parties"]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
