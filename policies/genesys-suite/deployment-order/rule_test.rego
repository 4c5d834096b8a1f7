package policies["genesys-suite"]["deployment-order_test"]

import data.policies["genesys-suite"]["deployment-order"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_positions if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"order": 1, "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"order": 2, "service": "gws"},
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
				"context": {"order": 1, "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"order": 1, "service": "gws"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 1
}

test_positions_more if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"order": 1, "service": "ges"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"order": 1, "service": "nexus"},
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
				"context": {"order": 1, "service": "event-stream"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"order": 2, "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
}

test_sites if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"order": 5, "unit": "a", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"order": 2, "unit": "b", "service": "gws"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
}
