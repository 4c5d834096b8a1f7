package policies["genesys-tenant"]["secret-key_test"]

import data.policies["genesys-tenant"]["secret-key"] as rule

found(manifest) := findings if {
	values := {"tenant": {"secrets": {"pgdb": {"pwd": {"secretName": "s", "secretKey": "dbpassword"}}}}}
	findings := rule.findings with input as {
		"values": values,
		"expanded": values,
		"manifests": [{"kind": "Service"}, object.union({"kind": "Secret", "metadata": {"name": "s"}}, manifest)],
	}
}

test_place if {
	every path, fields in {
		["data", "pw"]: {"data": {"pw": ""}},
		["data"]: {"data": {"a": "", "b": ""}},
		["stringData"]: {"stringData": {"a": "", "b": ""}},
		["spec", "encryptedData", "pw"]: {"kind": "SealedSecret", "spec": {"encryptedData": {"pw": ""}}},
	} {
		some finding in found(fields)
		finding.manifest == 1
		finding.path == path
	}
}

test_secret_without_keys if {
	some finding in found({})
	finding.path == ["data"]
	startswith(finding.message, "Secret \"s\" has no key, ")
}

test_quiet if {
	every fields in [{"data": {"dbpassword": ""}}, {"data": {"$KEY": ""}}, {"metadata": {"name": "other"}}] {
		count(found(fields)) == 0
	}
}
