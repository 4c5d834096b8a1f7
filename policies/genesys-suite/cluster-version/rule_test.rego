package policies["genesys-suite"]["cluster-version_test"]

import data.policies["genesys-suite"]["cluster-version"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_versions if {
	found({
		"context": {"cluster": {"kubernetesVersion": "v1.25.3-gke.100"}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"kubernetesVersion": 1.25},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"cluster": {"kubernetesVersion": "1.30"}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"cluster": {"kubernetesVersion": 1.3}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"helmVersion": "v3.14.0"},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"helmVersion": "2.9"},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
}
