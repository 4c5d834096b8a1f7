package policies["genesys-suite"]["documented-port_test"]

import data.policies["genesys-suite"]["documented-port"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_ports if {
	found({
		"context": {},
		"release": {"chart": {"name": "gim"}},
		"values": {"monitoring": {"port": 8249}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gim"}},
		"values": {"monitoring": {"port": "8250"}},
	}) == 1
	found({"context": {}, "release": {"chart": {"name": "gauth"}}, "values": {"monitoring": {"port": 1}}}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "telemetry-service"}},
		"values": {"tlm": {"service": {"port_internal": "$PORT"}}},
	}) == 0
}
