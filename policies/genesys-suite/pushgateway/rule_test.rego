package policies["genesys-suite"].pushgateway_test

import data.policies["genesys-suite"].pushgateway as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_destinations if {
	found({
		"context": {},
		"release": {},
		"values": {"iwddm": {"env": {"monitoring": {"enabled": true, "pushgateway_url": ""}}}},
	}) == 1
	found({
		"context": {},
		"release": {},
		"values": {"iwddm": {"env": {"monitoring": {"enabled": false, "pushgateway_url": ""}}}},
	}) == 0
	found({"context": {}, "release": {}, "values": {"iwddm": {"env": {"monitoring": {"enabled": true}}}}}) == 0
}
