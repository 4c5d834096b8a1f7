package policies["genesys-tenant"].lib_test

import data.policies["genesys-tenant"].lib

backend_of(id, values) := backend if {
	backend := lib.backends[id] with input as {"values": values, "expanded": values}
}

pwd(value) := backend_of("tenant.secrets.pgdb.pwd", {"tenant": {"secrets": {"pgdb": {"pwd": value}}}})

dbhost(value) := backend_of("tenant.pgdb.dbhost", {"tenant": {"pgdb": {"dbhost": value}}})

account(tenant) := backend_of("tenant.svcpwdSecretName", {"tenant": tenant})

test_backend_values if {
	dbhost("/opt//genesys/db/host/").file == "/opt/genesys/db/host"
	every value, mode in {
		"/opt/host": "file",
		"/opt/$FOLDER/host": "file",
		"pg.infra": "direct",
		"pg.$DOMAIN": "direct",
		"$DB_HOST": "unknown",
		"{{ .Values.host }}": "unknown",
		"": "unset",
		" ": "unset",
	} {
		dbhost(value).mode == mode
	}
	dbhost(null).mode == "unset"
	dbhost(5432).mode == "direct"
	not dbhost("/opt/$FOLDER/host").file
}

test_backend_credentials if {
	cases := [
		["file", {"secretName": "/opt/db/password"}],
		["file", {"secretName": "/opt/db/password", "secretKey": "password"}],
		["env", {"secretName": "db", "secretKey": "password"}],
		["env", {"secretName": "db-$SID", "secretKey": "$KEY"}],
		["incomplete", {"secretName": "db"}],
		["incomplete", {"secretKey": "password"}],
		["incomplete", "/opt/db/password"],
		["unknown", {"secretName": "${SECRET}"}],
		["unknown", "$PASSWORD"],
		["direct", {"password": "hunter2"}],
		["direct", {"secretName": "", "value": 1234}],
		["direct", "hunter2"],
		["unset", {}],
		["unset", {"enabled": true}],
		["unset", {"password": "", "token": "$TOKEN", "fromVault": "true"}],
		["unset", ""],
		["unset", null],
	]
	every entry in cases {
		[mode, value] := entry
		pwd(value).mode == mode
	}
	pwd("/opt/db/password").misplaced
}

test_backend_direct_values if {
	path := ["tenant", "secrets", "pgdb", "pwd"]
	pwd("hunter2").direct == [path]
	pwd({"secretName": "db", "token": "x", "value": 1, "enabled": "false"}).direct == [
		array.concat(path, ["token"]),
		array.concat(path, ["value"]),
	]
	pwd({"file": "/opt/db/password", "volumes": []}).direct == []
}

test_backend_account if {
	account({"svcpwdSecretName": "/opt/a/b"}).mode == "file"
	account({"svcpwdSecretName": "svcuseraccount"}).mode == "incomplete"
	account({"svcpwdSecretName": "svcuseraccount", "svcpwdSecretKey": "svcpassword"}).key == "svcpassword"
	account({"svcpwdSecretName": "svcuseraccount", "svcpwdKey": "svcpassword"}).mode == "env"
	account({"svcpwd": "hunter2"}).direct == [["tenant", "svcpwd"]]
	account({}).mode == "unset"
}

test_backends_of_nothing if {
	every values in [null, "text", [], {}, {"tenant": null}, {"tenant": {"secrets": [], "pgdb": "text"}}] {
		backends := lib.backends with input as {"values": values, "expanded": values}
		count(backends) == 11
		every backend in backends {
			backend.mode == "unset"
		}
	}
}

test_secret_names if {
	every name in ["a", "dbname-t0100", "a.b"] {
		lib.is_secret_name(name)
	}
	every name in ["", "/opt/a", "Upper", "under_score", "-a", "a-"] {
		not lib.is_secret_name(name)
	}
}

test_documented_files if {
	lib.documented_files["/opt/genesys/gauth-client-token/clientsecret"] == "gauthclientsecret"
	count(lib.documented_files) == count(lib.documented_secrets)
}

test_production if {
	lib.warning_or_error == "error" with input as {"context": {"profile": "production"}}
	lib.warning_or_error == "warning" with input as {"context": {"profile": "lab"}}
	lib.warning_or_error == "warning" with input as {}
}
