package policies["genesys-tenant"]["default-password_test"]

import data.policies["genesys-tenant"]["default-password"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

test_no_password if {
	found({"tenant": {}}, {}) == set()
	count(found({"tenant": {}}, {"whole": true})) == 1
	count(found({"tenant": {"svcpwdSecretName": ""}}, {})) == 1
}

test_password if {
	every tenant in [{"svcpwdSecretName": "/opt/a/b"}, {"svcpwdSecretName": "$FILE"}, {"svcpwd": "direct"}] {
		found({"tenant": tenant}, {"whole": true}) == set()
	}
}

test_null_is_reported_by_the_schema if found({"tenant": {"svcpwdSecretName": null}}, {"whole": true}) == set()

test_production if {
	more := {"whole": true, "context": {"profile": "production"}}
	{finding.severity | some finding in found({"tenant": {}}, more)} == {"error"}
	{finding.severity | some finding in found({"tenant": {}}, {"whole": true})} == {"warning"}
}
