package policies["genesys-suite"]["open-port_test"]

import data.policies["genesys-suite"]["open-port"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_ranges if {
	found({
		"context": {"firewall": {"wwe": [{"port": 8080}, {"port": 443, "protocol": "tcp"}]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"firewall": {"wwe": [{"port": "1-9000"}]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
	found({
		"context": {"firewall": {"wwe": [{"port": 8080}]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"firewall": {"wwe": [{"port": 8080}, {"port": 443}, {"port": 22}]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 1
	found({
		"context": {"firewall": {"bastion": [{"port": 22}]}},
		"releases": [
			{"context": {"service": "gauth"}, "packs": ["genesys-suite"], "release": {}, "values": {}},
		],
	}) == 0
}
