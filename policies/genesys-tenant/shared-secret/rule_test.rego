package policies["genesys-tenant"]["shared-secret_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["shared-secret"] as rule

volumes(name) := {"tenant": {"secrets": {"pgdb": {"volumes": [{"name": "dbuser", "secret": {"secretName": name}}]}}}}

found(a, b) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([
		fixture.at("t0300", "west", volumes(a)),
		fixture.at("t0400", "west", volumes(b)),
	])
}

test_names if {
	found("dbuser", "dbuser") == 1
	found("dbuser-t0300", "dbuser-t0400") == 0
}
