package policies["genesys-tenant"]["database-tls_test"]

import data.policies["genesys-tenant"]["database-tls"] as rule

found(pgdb, profile) := findings if {
	findings := rule.findings with input as {
		"values": {"tenant": {"pgdb": pgdb}},
		"context": {"profile": profile},
	}
}

test_allow_in_production if {
	every key in ["ssl", "sslmode", "sslUsage", "dbssl", "tls"] {
		count(found({key: "allow"}, "production")) == 1
	}
}

test_silent if {
	count(found({"sslmode": "require", "dbname": "allow"}, "production")) == 0
	count(found({"sslmode": "allow"}, "test")) == 0
}
