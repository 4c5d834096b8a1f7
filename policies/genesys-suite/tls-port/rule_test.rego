package policies["genesys-suite"]["tls-port_test"]

import data.policies["genesys-suite"]["tls-port"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_redis if {
	found({
		"context": {},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"use_tls": false, "cluster_nodes": "a:6379"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"use_tls": false, "cluster_nodes": "a:6380,b:6380"}},
	}) == 1
	found({
		"context": {},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"use_tls": true, "cluster_nodes": "a:$PORT"}},
	}) == 0
}

test_consul if {
	found({
		"context": {},
		"release": {"chart": {"name": "voice-voicemail"}},
		"values": {"context": {"envs": {"consul": {"secure": false, "port": "8501"}}}},
	}) == 1
	found({
		"context": {},
		"release": {"chart": {"name": "voice-voicemail"}},
		"values": {"context": {"envs": {"consul": {"port": 8500}}}},
	}) == 0
}
