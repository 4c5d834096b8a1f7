package policies["genesys-tenant"]["mixed-modes_test"]

import data.policies["genesys-tenant"]["mixed-modes"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

redis(config, stream) := {"tenant": {"secrets": {"redis": {"configPwd": config, "streamPwd": stream}}}}

from_file := {"secretName": "/opt/a/b"}

from_variable := {"secretName": "a", "secretKey": "b"}

test_pairs if {
	every pair in [
		[from_file, from_file],
		[from_variable, from_variable],
		[from_file, {"secretName": "incomplete"}],
		[from_variable, {"secretName": "$SECRET"}],
		[from_file, {}],
	] {
		found(redis(pair[0], pair[1]), {}) == set()
	}
	[finding] := [finding | some finding in found(redis(from_file, "hunter2"), {})]
	finding.facts == ["TEN-058"]
	not finding.severity
	not contains(finding.message, "hunter2")
	gws := {"tenant": {"secrets": {"gws": {"user": from_file, "pwd": from_variable}}}}
	[other] := [finding | some finding in found(gws, {})]
	other.facts == ["TEN-089"]
}

test_given_twice if {
	values := redis(object.union(from_file, {"value": "hunter2"}), from_file)
	[finding] := [finding | some finding in found(values, {})]
	[finding.severity, finding.facts] == ["warning", ["TEN-067"]]
	finding.related[0].path == ["tenant", "secrets", "redis", "configPwd", "value"]
	not contains(finding.message, "hunter2")
}

test_database if {
	database(pgdb).severity == "info"
	database({"dbhost": "pg", "dbuser": "u", "dbname": "/opt/n/n"}).path == ["tenant", "pgdb", "dbhost"]
	found({"tenant": {"pgdb": {"dbhost": "pg", "dbuser": "u", "dbname": "$NAME"}}}, {}) == set()
}

pgdb := {"dbhost": "pg", "dbuser": "/opt/u/u", "dbname": "/opt/n/n"}

database(values) := [finding | some finding in found({"tenant": {"pgdb": values}}, {})][0]
