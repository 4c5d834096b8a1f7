package policies["genesys-tenant"]["direct-secret_test"]

import data.policies["genesys-tenant"]["direct-secret"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

secrets(tree) := {"tenant": {"secrets": tree}}

paths(values) := {finding.path | some finding in found(values, {})}

test_every_credential if {
	values := secrets({
		"pgdb": {"pwd": "hunter2"},
		"consul": {"acl": {"token": "hunter2"}},
		"redis": {"configPwd": {"value": "hunter2"}, "streamPwd": 12345},
		"kafka": {"pwd": {"secretName": "kafka", "secretKey": "k", "connection": "hunter2"}},
		"gws": {"user": {"id": "hunter2"}, "pwd": "hunter2"},
	})
	findings := found(values, {})
	count(findings) == 7
	every finding in findings {
		finding.severity == "warning"
		not contains(finding.message, "hunter2")
		not contains(finding.message, "12345")
	}
	["tenant", "secrets", "kafka", "pwd", "connection"] in paths(values)
}

test_service_account if {
	[finding] := [finding | some finding in found({"tenant": {"svcpwd": "hunter2"}}, {})]
	finding.path == ["tenant", "svcpwd"]
	contains(finding.message, "svcpwdSecretName")
}

test_production if {
	findings := found(secrets({"pgdb": {"pwd": "x"}}), {"context": {"profile": "production"}})
	{finding.severity | some finding in findings} == {"error"}
}

test_references_flags_and_database_names if {
	paths(secrets({"pgdb": {"pwd": {"secretName": "db", "secretKey": "k", "enabled": true, "env": "true"}}})) == set()
	paths(secrets({"pgdb": {"pwd": {"password": "$PASSWORD", "token": "", "file": "/opt/x"}}})) == set()
	paths({"tenant": {"pgdb": {"dbhost": "pg", "dbuser": "u", "dbname": "n"}}}) == set()
}
