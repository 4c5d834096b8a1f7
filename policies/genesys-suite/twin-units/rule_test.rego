package policies["genesys-suite"]["twin-units_test"]

import data.policies["genesys-suite"]["twin-units"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_units if {
	found({
		"context": {"units": [{"name": "a", "role": "secondary"}, {"name": "b", "role": "secondary"}]},
		"releases": [
			{
				"context": {"unit": "a", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"unit": "b", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"unit": "b", "service": "gws"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 1
	found({
		"context": {"units": [{"name": "a", "role": "primary"}, {"name": "b", "role": "secondary"}]},
		"releases": [
			{
				"context": {"unit": "a", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"unit": "b", "service": "gws"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
	found({
		"context": {"units": [{"name": "a", "role": "secondary"}, {"name": "b", "role": "secondary"}]},
		"releases": [
			{
				"context": {"unit": "a", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
}
