package policies["genesys-tenant"]["volume-secret-name_test"]

import data.policies["genesys-tenant"]["volume-secret-name"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

volume(name) := {"volumes": [{"name": "v", "secret": {"secretName": name}}]}

test_names if {
	every name in ["dbname-t0100", "dbname-t$SID", "{{ .Values.secret }}"] {
		found(volume(name), {}) == set()
	}
}

test_paths_and_capitals if {
	[path] := [finding | some finding in found(volume("/opt/genesys/dbname"), {})]
	path.path == ["volumes", 0, "secret", "secretName"]
	contains(path.message, "path belongs")
	[capitals] := [finding | some finding in found(volume("DbName"), {})]
	contains(capitals.message, "lower-case")
}
