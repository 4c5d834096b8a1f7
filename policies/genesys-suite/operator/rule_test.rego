package policies["genesys-suite"].operator_test

import data.policies["genesys-suite"].operator as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_charts if {
	found({
		"context": {},
		"releases": [
			{
				"context": {"operator": "x", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 1
	found({
		"context": {},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
