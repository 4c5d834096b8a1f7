package policies["genesys-suite"]["service-name_test"]

import data.policies["genesys-suite"]["service-name"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_names if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"service": "Email Service"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{
				"context": {"service": "voice-legacy"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{
				"context": {"service": "pulse-dcu"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{"context": {"service": "gatuh"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"installed": ["gauth", "kafka", "x"]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
}
