package policies["genesys-suite"]["consul-chart_test"]

import data.policies["genesys-suite"]["consul-chart"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_only_beside_the_suite if {
	found({
		"context": {},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
			{
				"context": {},
				"packs": [],
				"release": {"chart": {"name": "consul"}},
				"values": {"connectInject": {"enabled": false}},
			},
		],
	}) == 1
	found({
		"context": {},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
			{"context": {}, "packs": [], "release": {"chart": {"name": "consul"}}, "values": {}},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{
				"context": {},
				"packs": [],
				"release": {"chart": {"name": "consul"}},
				"values": {"connectInject": {"enabled": false}},
			},
		],
	}) == 0
}
