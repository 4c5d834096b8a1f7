package policies["genesys-suite"]["core-service_test"]

import data.policies["genesys-suite"]["core-service"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_unanswered if {
	found({
		"context": {},
		"releases": [
			{"context": {"service": "gws"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"initialDeployment": false},
		"releases": [
			{"context": {"service": "gws"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}

test_installed if {
	found({
		"context": {"initialDeployment": false, "installed": ["GAuth", "gws", "tenant"]},
		"releases": [
			{"context": {"service": "ges"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"initialDeployment": false, "installed": []},
		"releases": [
			{"context": {"service": "gws"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
}

test_units if {
	found({
		"context": {"initialDeployment": true},
		"releases": [
			{
				"context": {"unit": "a", "order": 1, "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"unit": "b", "order": 2, "service": "gws"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 1
}
