package policies["genesys-tenant"]["secret-value_test"]

import data.policies["genesys-tenant"]["secret-value"] as rule

found(name, fields) := findings if {
	manifest := object.union({"kind": "Secret", "metadata": {"name": name}}, fields)
	findings := rule.findings with input as {"values": {}, "expanded": {}, "manifests": [manifest]}
}

severities(name, fields) := {object.get(finding, "severity", "error") | some finding in found(name, fields)}

test_values if {
	every row in [
		[{"stringData": {"dbname": "t0100"}}, set()],
		[{"stringData": {"dbname": "${DB}"}}, set()],
		[{"stringData": {"dbname": null}}, {"error"}],
		[{"stringData": {"dbname": true}}, {"error"}],
		[{"stringData": {"dbname": "t0100\n"}}, {"info"}],
		[{"data": {"dbname": "dDAxMDA="}}, set()],
		[{"data": {"dbname": "t0100"}}, {"error"}],
		[{"data": {"dbname": "tenant01"}}, {"warning"}],
		[{"data": {"other": "no base64"}, "stringData": {"dbname": "t0100"}}, {"error"}],
	] {
		severities("dbname", row[0]) == row[1]
	}
}

test_umlauts_are_text if severities("dbpassword", {"data": {"dbpassword": "w7xiZXI="}}) == set()

test_redis_json if {
	every value, expected in {
		"plain": set(),
		`{"password":"x"}`: set(),
		"{\"password\":\"x\"}\n": set(),
		`{"password":""}`: {"warning"},
		`{"secret":"x"}`: {"warning"},
		`{password:x}`: {"warning"},
	} {
		severities("redis-config-token", {"stringData": {"redis-config-state": value}}) == expected
	}
}

test_no_message_shows_a_value if {
	every fields in [
		{"stringData": {"dbpassword": "Kx7secret\n"}},
		{"stringData": {"dbpassword": 20481024}},
		{"data": {"dbpassword": "Kx7secret"}},
	] {
		findings := found("dbpassword", fields)
		count(findings) == 1
		every finding in findings {
			not regex.match(`Kx7|20481024`, finding.message)
		}
	}
}
