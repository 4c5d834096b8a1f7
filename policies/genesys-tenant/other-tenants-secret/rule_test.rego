package policies["genesys-tenant"]["other-tenants-secret_test"]

import data.policies["genesys-tenant"]["other-tenants-secret"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

uuid := "9350e2fc-a1dd-4c65-8d40-1f75a2e00100"

pgdb(name) := {"tenantid": uuid, "tenant": {"secrets": {"pgdb": {"volumes": [{
	"name": "v",
	"secret": {"secretName": name},
}]}}}}

test_own if {
	every name in ["dbname-t0100", "dbname-t100", "dbname-voice-t100", "dbname", "dbname-t$SID", "own-t0200"] {
		found(pgdb(name), {}) == set()
	}
}

test_other if {
	every name in ["dbname-t0200", "dbname-voice-t200", "dbuser-tabcd", "db-t1000"] {
		count(found(pgdb(name), {})) == 1
	}
	variable := {"tenantid": uuid, "tenant": {"secrets": {"pgdb": {"pwd": {"secretName": "p-t0200", "secretKey": "k"}}}}}
	count(found(variable, {})) == 1
	root := {"tenantid": uuid, "volumes": [{"name": "v", "secret": {"secretName": "dbname-t0200"}}]}
	count(found(root, {})) == 1
}

test_unknown_id if {
	found(object.union(pgdb("dbname-t0200"), {"tenantid": "$TENANT_UUID"}), {}) == set()
	found(object.remove(pgdb("dbname-t0200"), ["tenantid"]), {}) == set()
}
