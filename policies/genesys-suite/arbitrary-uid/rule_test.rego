package policies["genesys-suite"]["arbitrary-uid_test"]

import data.policies["genesys-suite"]["arbitrary-uid"] as rule

severities(arbitrary, value) := {finding.severity |
	some finding in rule.findings with input as {
		"context": {"arbitraryUIDs": arbitrary}, "values": {"securityContext": value},
	}
}

test_ids if {
	rule.findings == set() with input as {"values": {"securityContext": {"runAsUser": 500}}}
	severities(true, {"runAsUser": null, "runAsGroup": 0, "fsGroup": null}) == set()
	severities(true, {"runAsNonRoot": true}) == {"warning"}
	count(rule.findings) == 1 with input as {
		"context": {"arbitraryUIDs": true}, "values": {"securityContext": {"runAsUser": 500}},
	}
	severities(true, {"runAsUser": 1000660000}) == set()
	severities(false, {"runAsUser": null}) == {"info"}
}

test_workload if {
	pod := {"securityContext": {"fsGroup": 500}, "containers": [{"securityContext": {"runAsUser": 500}}]}
	workload := {
		"kind": "Deployment", "metadata": {"name": "gauth", "namespace": "gauth"}, "spec": {"template": {"spec": pod}},
	}
	count(rule.findings) == 2 with input as {"context": {"arbitraryUIDs": true}, "manifests": [workload]}
}
