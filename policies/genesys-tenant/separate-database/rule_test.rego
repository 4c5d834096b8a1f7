package policies["genesys-tenant"]["separate-database_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["separate-database"] as rule

found(a, b) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([
		fixture.at("t0300", "west", {"tenant": {"pgdb": a}}),
		fixture.at("t0400", "west", {"tenant": {"pgdb": b}}),
	])
}

test_databases if {
	found({"dbhost": "pg", "dbname": "a"}, {"dbhost": "pg", "dbname": "a"}) == 1
	found({"dbhost": "pg", "dbname": "a"}, {"dbhost": "pg", "dbname": "b"}) == 0
	found({"dbhost": "pg", "dbname": "$A"}, {"dbhost": "pg", "dbname": "$B"}) == 0
	found({"dbhost": "pg", "dbname": "/somewhere/a"}, {"dbhost": "pg", "dbname": "/somewhere/a"}) == 0
	found({"dbhost": "pg"}, {"dbhost": "pg"}) == 0
}
