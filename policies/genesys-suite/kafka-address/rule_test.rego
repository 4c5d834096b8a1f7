package policies["genesys-suite"]["kafka-address_test"]

import data.policies["genesys-suite"]["kafka-address"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_brokers if {
	found({
		"context": {},
		"release": {"chart": {"name": "gsp"}},
		"values": {"kafka": {"bootstrap": "a:9092, b:9093"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gsp"}},
		"values": {"kafka": {"bootstrap": "a,b:1234"}},
	}) == 2
	found({
		"context": {},
		"release": {"chart": {"name": "gsp"}},
		"values": {"kafka": {"bootstrap": "$KAFKA"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "loki"}},
		"values": {"kafka": {"bootstrap": "a"}},
	}) == 0
}
