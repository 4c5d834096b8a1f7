package policies["genesys-suite"]["redis-chart_test"]

import data.policies["genesys-suite"]["redis-chart"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_known_charts if {
	found({"context": {}, "release": {}, "values": {"persistence": {"enabled": false}}}) == 1
	found({
		"context": {},
		"release": {"chart": {"name": "grafana"}},
		"values": {"persistence": {"enabled": false}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "pulse"}},
		"values": {"persistence": {"enabled": false}},
	}) == 0
	found({"context": {}, "release": {}, "values": {"cluster": {"nodes": 6, "replicas": 1}}}) == 0
}
