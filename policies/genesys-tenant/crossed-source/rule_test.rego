package policies["genesys-tenant"]["crossed-source_test"]

import data.policies["genesys-tenant"]["crossed-source"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

pgdb(parameters) := {"tenant": {"pgdb": parameters}}

paths(values) := {finding.path | some finding in found(values, {})}

test_own_sources if {
	paths(pgdb({"dbhost": "/a/host", "dbuser": "/a/user", "dbname": "/a/name"})) == set()
	paths(pgdb({"dbhost": "same", "dbuser": "same", "dbname": "same"})) == set()
	paths(pgdb({"dbhost": "$SAME", "dbuser": "$SAME"})) == set()
}

test_documented_source_of_another if {
	paths(pgdb({"dbuser": "/opt/genesys/dbname/dbname", "dbname": "/opt/genesys/dbname/dbname"})) == {[
		"tenant",
		"pgdb",
		"dbuser",
	]}
	paths(pgdb({"dbuser": "/opt/genesys/dbname/dbname"})) == {["tenant", "pgdb", "dbuser"]}
	variable := {"tenant": {"secrets": {"kafka": {"pwd": {"secretName": "consul-voice-token", "secretKey": "k"}}}}}
	count(paths(variable)) == 1
}

test_mounted_secret_of_another if {
	volumes := [{"name": "v", "secret": {"secretName": "dbname-t0100"}}]
	mounts := [{"name": "v", "mountPath": "/v"}]
	paths({"tenant": {"pgdb": {"dbuser": "/v/user"}}, "volumes": volumes, "volumeMounts": mounts}) == {[
		"tenant",
		"pgdb",
		"dbuser",
	]}
	paths({"tenant": {"pgdb": {"dbname": "/v/name"}}, "volumes": volumes, "volumeMounts": mounts}) == set()
	hidden := [{"name": "v", "secret": {"secretName": "dbname-$SID"}}]
	paths({"tenant": {"pgdb": {"dbuser": "/v/user"}}, "volumes": hidden, "volumeMounts": mounts}) == set()
}

test_one_source if {
	[finding] := [finding | some finding in found(pgdb({"dbhost": "/a/$X", "dbname": "/a/$X"}), {})]
	finding.holds
	finding.path == ["tenant", "pgdb", "dbname"]
	paths(pgdb({"dbhost": "/a/b", "dbname": "/a//b"})) == {["tenant", "pgdb", "dbname"]}
	secret := {"secretName": "s", "secretKey": "k"}
	gws := {"tenant": {"secrets": {"gws": {"user": secret, "pwd": secret}}}}
	paths(gws) == {["tenant", "secrets", "gws", "pwd", "secretName"]}
	redis := {"tenant": {"secrets": {"redis": {"configPwd": secret, "streamPwd": secret}}}}
	paths(redis) == set()
}
