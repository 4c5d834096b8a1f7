package policies["genesys-suite"]["monitoring-service_test"]

import data.policies["genesys-suite"]["monitoring-service"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_services if {
	found({
		"context": {"platform": "gke", "monitoring": "google-cloud-operations"},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"platform": "gke", "monitoring": "datadog"},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"platform": "aks", "logging": "Cloud-Logging"},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"platform": "openshift", "logging": "log-analytics"},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
