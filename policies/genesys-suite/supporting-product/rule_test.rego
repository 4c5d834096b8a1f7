package policies["genesys-suite"]["supporting-product_test"]

import data.policies["genesys-suite"]["supporting-product"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_answers if {
	found({
		"context": {},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"cluster": {"ingressController": "nginx"}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"cluster": {}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"thirdParty": {"ingress-controller": {}, "load-balancer": {}}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}

test_consul if {
	found({
		"context": {
			"cluster": {"ingressController": "nginx"},
			"thirdParty": {"consul": {"cluster": "c2"}},
		},
		"releases": [
			{
				"context": {"cluster": "c1", "service": "iwddm"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 1
	found({
		"context": {
			"cluster": {"ingressController": "nginx"},
			"thirdParty": {"consul": {"cluster": "c1"}},
		},
		"releases": [
			{
				"context": {"cluster": "c1", "service": "iwddm"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
}
