package policies["genesys-suite"]["cluster-network_test"]

import data.policies["genesys-suite"]["cluster-network"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_silence if {
	found({
		"context": {},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"cluster": {"name": "c1"}, "network": {}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"cluster": {"vpcNative": false}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}

test_voice if {
	found({
		"context": {"cluster": {"vpcNative": false}},
		"releases": [
			{"context": {"service": "voice"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"thirdParty": {}},
		"releases": [
			{"context": {"service": "voice"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"thirdParty": {"session-border-controller": {}}},
		"releases": [
			{"context": {"service": "voice"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}

test_protocols if {
	found({
		"context": {"network": {"ingressProtocols": ["https", "websocket", "tcp"]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"network": {"egressProtocols": ["HTTPS"]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
}
