package policies["genesys-suite"]["deployment-namespace_test"]

import data.policies["genesys-suite"]["deployment-namespace"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_namespaces if {
	found({
		"context": {},
		"release": {"chart": {"name": "voice-agent"}, "namespace": "voice"},
		"values": {"deployment": {"namespace": "voice"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "voice-agent"}},
		"values": {"deployment": {"namespace": "${NS}"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gvp-rs"}, "namespace": "other"},
		"values": {"deployment": {"namespace": "gvp"}},
	}) == 1
	found({
		"context": {},
		"release": {"chart": {"name": "grafana"}, "namespace": "y"},
		"values": {"deployment": {"namespace": "x"}},
	}) == 0
}
