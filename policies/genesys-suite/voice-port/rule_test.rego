package policies["genesys-suite"]["voice-port_test"]

import data.policies["genesys-suite"]["voice-port"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_upstream if {
	found({
		"context": {},
		"release": {"chart": {"name": "voice-voicemail"}},
		"values": {"deployment": {"upstreamServices": "voice-sipfe:9101,voice-config:9100"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "voice-voicemail"}},
		"values": {"deployment": {"upstreamServices": "voice-config.voice:9101"}},
	}) == 1
	found({
		"context": {},
		"release": {"chart": {"name": "gvp-rm"}},
		"values": {"service": {"port": 5080}},
	}) == 0
	found({"context": {}, "release": {"chart": {"name": "grafana"}}, "values": {"service": {"port": 80}}}) == 0
}

test_services if {
	found({
		"context": {},
		"manifests": [
			{
				"kind": "Service",
				"metadata": {"name": "voice-sip", "namespace": "voice"},
				"spec": {"ports": [{"port": 5090}, {"port": 9090}]},
			},
		],
		"manifests_complete": false,
	}) == 0
	found({
		"context": {},
		"manifests": [
			{
				"kind": "Service",
				"metadata": {"name": "voice-sip", "namespace": "voice"},
				"spec": {"ports": [{"port": 9090}]},
			},
		],
		"manifests_complete": false,
	}) == 1
}
