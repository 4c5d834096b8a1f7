package policies["genesys-suite"]["image-registry_test"]

import data.policies["genesys-suite"]["image-registry"] as rule

severities(values, context) := {finding.severity |
	some finding in rule.findings with input as {"values": values, "context": context}
}

test_values if {
	at := {"image": {"registry": "pureengageuse1-docker-multicloud.jfrog.io/auth"}}
	severities(at, {}) == {"warning"}
	severities(at, {"environment": "production"}) == {"error"}
	severities({"image": {"registry": "registry.example.com/genesys"}}, {"environment": "production"}) == set()
	severities({"image": {"registry": "mirror.jfrog.io/genesys"}}, {}) == set()
	severities({"image": {"registry": ""}}, {}) == {"warning"}
}

test_elsewhere if {
	some first in rule.findings with input as {
		"context": {"commands": ["docker login pureengageuse1-docker-multicloud.jfrog.io"]},
	}
	first.path == []
	some second in rule.findings with input as {"commands": [
		{"args": [{"word": 3, "value": "https://pureengageuse1.jfrog.io/artifactory/x"}], "flags": []},
	]}
	second.word == 3
	pod := {"containers": [{"name": "c", "image": "pureengageuse1-docker-multicloud.jfrog.io/gws:1"}]}
	some third in rule.findings with input as {"manifests": [
		{"kind": "Deployment", "metadata": {"name": "gws"}, "spec": {"template": {"spec": pod}}},
	]}
	third.manifest == 0
}
