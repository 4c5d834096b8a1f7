package policies["genesys-suite"]["search-credentials_test"]

import data.policies["genesys-suite"]["search-credentials"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_addresses if {
	found({
		"context": {},
		"release": {"chart": {"name": "iwd"}},
		"values": {"elasticsearch": {"host": "http://u:p@es"}},
	}) == 1
	found({
		"context": {},
		"release": {"chart": {"name": "iwd"}},
		"values": {"elasticsearch": {"host": "http://es"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "iwd"}},
		"values": {"kibana": {"elasticsearch": "http://u:p@es"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "jaeger"}},
		"values": {"elasticsearch": {"host": "http://u:p@es"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "iwd"}},
		"values": {"elasticsearch": {"host": "http://${U}:${P}@es"}},
	}) == 0
}
