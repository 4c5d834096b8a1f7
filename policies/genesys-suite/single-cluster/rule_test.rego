package policies["genesys-suite"]["single-cluster_test"]

import data.policies["genesys-suite"]["single-cluster"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_clusters if {
	found({
		"context": {"platform": "gke"},
		"releases": [
			{
				"context": {"cluster": "a", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"cluster": "b", "service": "gws"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 1
	found({
		"context": {"platform": "aks"},
		"releases": [
			{
				"context": {"cluster": "a", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{
				"context": {"cluster": "b", "service": "gws"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
			{"context": {"service": "gws"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {},
		"releases": [
			{
				"context": {"cluster": "a", "service": "gauth"},
				"packs": ["genesys-suite"],
				"release": {},
				"values": {},
			},
			{"context": {"service": "gws"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
}
