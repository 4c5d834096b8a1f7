package policies["genesys-suite"]["sql-engine_test"]

import data.policies["genesys-suite"]["sql-engine"] as rule

found(given) := count(findings) if {
	findings := rule.findings with input as given
}

test_engines if {
	found({
		"context": {},
		"release": {"chart": {"name": "gim"}},
		"values": {"db": {"jdbcUrl": "jdbc:postgresql://h/d"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gvp-rs"}},
		"values": {"db": {"jdbcUrl": "jdbc:sqlserver://h"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gim"}},
		"values": {"db": {"jdbcUrl": "jdbc:oracle:thin:@h"}},
	}) == 1
	found({
		"context": {},
		"release": {"chart": {"name": "keycloak"}},
		"values": {"db": {"jdbcUrl": "jdbc:mysql://h"}},
	}) == 0
	found({
		"context": {},
		"release": {"chart": {"name": "gim"}},
		"values": {"db": {"jdbcUrl": "jdbc:$KIND://h"}},
	}) == 0
}
