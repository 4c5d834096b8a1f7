package policies["genesys-suite"]["standalone-store_test"]

import data.policies["genesys-suite"]["standalone-store"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_charts if {
	found({
		"context": {"environment": "production"},
		"release": {},
		"values": {"architecture": "standalone"},
	}) == 1
	found({"context": {}, "release": {}, "values": {"architecture": "standalone"}}) == 0
	found({
		"context": {"environment": "production"},
		"release": {"chart": {"name": "grafana"}},
		"values": {"architecture": "standalone"},
	}) == 0
}
