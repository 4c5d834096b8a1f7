package policies["genesys-tenant"]["service-user_test"]

import data.policies["genesys-tenant"]["service-user"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

test_named if {
	found({"tenant": {"serviceuser": "default", "svcpwdSecretName": "/opt/a/b"}}, {"whole": true}) == set()
	found({"tenant": {"serviceuser": "$USER", "svcpwdSecretName": "/opt/a/b"}}, {"whole": true}) == set()
	found({"tenant": {}}, {"whole": true}) == set()
}

test_not_named if {
	values := {"tenant": {"svcpwdSecretName": "/opt/a/b"}}
	found(values, {}) == set()
	[finding] := [finding | some finding in found(values, {"whole": true})]
	finding.path == ["tenant", "serviceuser"]
}
