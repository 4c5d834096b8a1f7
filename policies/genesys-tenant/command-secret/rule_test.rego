package policies["genesys-tenant"]["command-secret_test"]

import data.policies["genesys-tenant"]["command-secret"] as rule

found(command) := findings if {
	release := {"name": "t0100"}
	given := object.union({"verb": "upgrade", "flags": [], "args": [], "sets": [], "release": release}, command)
	findings := rule.findings with input as {"commands": [given]}
}

test_password if {
	[f.word | some f in found({"flags": [{"name": "password", "at": 4, "literal": true}]})] == [4]
	count(found({"flags": [{"name": "password", "at": 4, "literal": false}]})) == 0
	count(found({"flags": [{"name": "username", "at": 4, "value": "me"}]})) == 0
}

test_url if {
	[f.word | some f in found({"args": [{"word": 3, "credentials": true}, {"word": 2, "credentials": false}]})] == [3]
}

test_login_counts if {
	login := {"verb": "registry login", "args": [], "sets": [], "flags": [{"name": "password", "at": 4, "literal": true}]}
	findings := rule.findings with input as {"commands": [login]}
	count(findings) == 1
}

test_other_release_does_not if {
	other := {"release": {"name": "redis"}, "flags": [{"name": "password", "at": 4, "literal": true}]}
	count(found(other)) == 0
}

secrets := ["tenant", "secrets"]

test_sets if {
	paths := {
		["pgdb", "pwd"]: "s3cret",
		["redis", "configPwd", "password"]: 5,
		["consul", "acl", "secretName"]: "consul-voice-token",
		["kafka", "pwd"]: "",
		["gws", "pwd"]: "$PW",
		["pgdb", "volumes"]: "x",
	}
	hits := {path |
		some path, value in paths
		sets := [{"flag": "set", "word": 5, "path": array.concat(secrets, path), "value": value}]
		count(found({"sets": sets})) == 1
	}
	hits == {["pgdb", "pwd"], ["redis", "configPwd", "password"]}
}

test_no_secret_in_the_message if {
	sets := [{"flag": "set", "word": 5, "path": ["tenant", "secrets", "pgdb", "pwd"], "value": "s3cret"}]
	every f in found({"sets": sets}) {
		not contains(f.message, "s3cret")
	}
}
