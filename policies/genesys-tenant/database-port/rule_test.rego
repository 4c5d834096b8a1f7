package policies["genesys-tenant"]["database-port_test"]

import data.policies["genesys-tenant"]["database-port"] as rule

found(host) := findings if {
	findings := rule.findings with input as {"values": {"tenant": {"pgdb": {"dbhost": host}}}}
}

test_good if {
	every host in [
		"pgdb.infra",
		"/opt/genesys/dbserver/dbserver",
		"fd00::5432",
		"::1",
		"[::1]",
		"postgres://pgdb.infra:5432/t0100",
		"$HOST",
		"$HOST:$PORT",
		"${HOST:-pgdb}:6432",
		5432,
	] {
		count(found(host)) == 0
	}
}

test_port if {
	every host, want in {
		"pgdb.infra:6432": `has port 6432, but PostgreSQL is contacted on 5432; write "pgdb.infra"`,
		"pgdb.infra:5432": `repeats the documented port 5432; write "pgdb.infra"`,
		"[::1]:6432": `write "[::1]"`,
		"$HOST:6432": `write "$HOST"`,
	} {
		[finding] := [f | some f in found(host)]
		contains(finding.message, want)
		finding.holds
	}
}
