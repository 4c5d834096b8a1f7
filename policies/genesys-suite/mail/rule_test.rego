package policies["genesys-suite"].mail_test

import data.policies["genesys-suite"].mail as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_ports if {
	found({
		"context": {},
		"release": {"chart": {"name": "voice-voicemail"}},
		"values": {"smtp": {"enabled": true, "port": "587"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "voice-voicemail"}},
		"values": {"smtp": {"enabled": false, "port": 465}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "grafana"}},
		"values": {"smtp": {"enabled": true, "port": 465}},
	}) == 0
	found({
		"context": {"thirdParty": {"smtp-relay": {}}},
		"release": {"chart": {"name": "voice-voicemail"}},
		"values": {"smtp": {"enabled": true}},
	}) == 0
}
