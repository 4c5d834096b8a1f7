package policies["genesys-suite"]["chart-store_test"]

import data.policies["genesys-suite"]["chart-store"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_real_stores if {
	found({
		"context": {},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"deploy": true, "image": "redis:6.2"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"deploy": false, "image": "redis:5"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gauth"}},
		"values": {"redis": {"deploy": true, "image": "reg:5000/redis:5-stretch"}},
	}) == 1
}

test_database if {
	found({
		"context": {"environment": "production"},
		"release": {"chart": {"name": "gauth"}},
		"values": {"postgres": {"deploy": true}},
	}) == 1
	found({
		"context": {},
		"release": {"chart": {"name": "gauth"}},
		"values": {"postgres": {"deploy": true}},
	}) == 0
}

test_other_charts if {
	found({
		"context": {},
		"release": {"chart": {"name": "vault"}},
		"values": {"connectInject": {"enabled": false}},
	}) == 0
}
