package policies["genesys-tenant"]["site-database_test"]

import data.policies["genesys-tenant"].lib_test as fixture
import data.policies["genesys-tenant"]["site-database"] as rule

release(location, host) := fixture.at("t0300", location, {"tenant": {
	"consul": {"masterdc": "west", "homedc": location},
	"pgdb": {"dbhost": host},
}})

found(a, b) := count(findings) if {
	findings := rule.findings with input as fixture.fleet([release("west", a), release("east", b)])
}

test_hosts if {
	found("pg.example.com", "pg.example.com") == 1
	found("pg.example.com", "pg-east.example.com") == 0
	found("pg.infra.svc", "pg.infra.svc") == 0
	found("/opt/genesys/dbserver/dbserver", "/opt/genesys/dbserver/dbserver") == 0
	found("$PG", "$PG") == 0
}

secret(text) := {"kind": "Secret", "metadata": {"name": "dbserver"}, "data": {"dbserver": base64.encode(text)}}

test_secrets_are_compared_and_not_shown if {
	found := rule.findings with input as object.union(
		fixture.fleet([release("west", "/a/dbserver"), release("east", "/a/dbserver")]),
		{
			"manifests": [secret("pg.example.com"), secret("pg.example.com")],
			"manifest_files": ["k8s/west/db.yaml", "k8s/east/db.yaml"],
		},
	)
	[finding] := [f | some f in found]
	finding.manifest == 1
	not contains(finding.message, "pg.example.com")
}
