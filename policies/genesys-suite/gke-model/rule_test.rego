package policies["genesys-suite"]["gke-model_test"]

import data.policies["genesys-suite"]["gke-model"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_platforms if {
	found({
		"context": {"platform": "gke", "cluster": {"vpcNative": false}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"platform": "aks", "cluster": {"vpcNative": false, "mode": "autopilot"}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"cluster": {"mode": "autopilot"}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}

test_commands if {
	found({
		"context": {"commands": ["gcloud beta container clusters create g1"]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"commands": ["gcloud container clusters create g1 --enable-ip-alias"]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"commands": ["gcloud container clusters create-auto g1"]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"commands": ["gcloud container clusters list"]},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
