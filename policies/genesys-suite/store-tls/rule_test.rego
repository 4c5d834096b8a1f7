package policies["genesys-suite"]["store-tls_test"]

import data.policies["genesys-suite"]["store-tls"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_switches if {
	found({
		"context": {"environment": "production"},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"use_tls": false}},
	}) == 1
	found({
		"context": {"environment": "production"},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"use_tls": "false"}},
	}) == 1
	found({
		"context": {"environment": "production"},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"use_tls": true}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"use_tls": false}},
	}) == 0
	found({
		"context": {"environment": "production"},
		"release": {"chart": {"name": "grafana"}},
		"values": {"redis": {"use_tls": false}},
	}) == 0
}
