package policies["genesys-suite"]["image-tag_test"]

import data.policies["genesys-suite"]["image-tag"] as rule

severities(tag) := {finding.severity |
	some finding in rule.findings with input as {"values": {"image": {"tag": tag}}}
}

test_tags if {
	every tag, expected in {
		"100.0.116.4200": set(), "9.0.123.07.22": set(), "100.0.1-debug": set(), "": set(), "$TAG": set(),
		"{{ .Chart.AppVersion }}": set(), "latest": {"warning"}, "9.0.1xx.xx.xx": {"error"}, "stable": {"warning"},
	} {
		severities(tag) == expected
	}
	severities(9.1) == {"warning"}
	severities(null) == set()
}

images(image) := count(findings) if {
	pod := {"containers": [{"name": "c", "image": image}]}
	findings := rule.findings with input as {"manifests": [
		{"kind": "Deployment", "metadata": {"name": "gws"}, "spec": {"template": {"spec": pod}}},
	]}
}

test_images if {
	images("registry.example.com:5000/gws") == 1
	images("registry.example.com/gws:latest") == 1
	images("registry.example.com:5000/gws:1.2") == 0
	images("registry.example.com/gws@sha256:abc") == 0
}
