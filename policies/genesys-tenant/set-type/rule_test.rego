package policies["genesys-tenant"]["set-type_test"]

import data.policies["genesys-tenant"]["set-type"] as rule

found(flag, path, value) := findings if {
	set := {"flag": flag, "word": 5, "path": path, "value": value}
	command := {"verb": "upgrade", "release": {"name": "t0100"}, "sets": [set], "set_errors": []}
	findings := rule.findings with input as {"commands": [command]}
}

switch := ["tenant", "gws", "enable"]

test_string_boolean if {
	count(found("set", switch, true)) == 1
	count(found("set", switch, "yes")) == 1
	count(found("set-string", switch, "True")) == 1
	count(found("set-string", switch, "true")) == 0
	count(found("set", switch, null)) == 0
	count(found("set", switch, "$X")) == 0
}

test_null_word if {
	count(found("set-string", ["a"], "null")) == 1
	count(found("set-json", ["a"], "null")) == 0
}

test_native_types if {
	count(found("set-string", ["tenant", "redis", "isCluster"], "false")) == 1
	count(found("set", ["tenant", "redis", "isCluster"], false)) == 0
	count(found("set-string", ["tenant", "secrets", "pgdb", "mounts", 0, "readOnly"], "true")) == 1
	count(found("set-string", ["tenant", "logging", "mounts", "log", 1, "readOnly"], "true")) == 1
	count(found("set-string", ["tenant", "deployment", "replicaCount"], "2")) == 1
	count(found("set", ["tenant", "deployment", "replicaCount"], 2)) == 0
	count(found("set-string", ["tenant", "securityContext", "fsGroup"], "500")) == 1
	count(found("set", ["images", "tenant", "tag"], 1000076)) == 1
	count(found("set", ["images", "tenant", "tag"], "100.0.1000076")) == 0
}

test_comma if {
	fault := {"flag": "set", "word": 5, "message": "m", "paths": [["tenant", "general", "upstreamServices"]]}
	command := {"verb": "upgrade", "release": {"name": "t0100"}, "sets": [], "set_errors": [fault]}
	findings := rule.findings with input as {"commands": [command]}
	count(findings) == 1
}
