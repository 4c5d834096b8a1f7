package policies["genesys-tenant"]["unused-secret-setting_test"]

import data.policies["genesys-tenant"]["unused-secret-setting"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

variable := {"secretName": "s", "secretKey": "k"}

section(content) := object.union(content, {
	"volumes": [{"name": "v", "secret": {"secretName": "s"}}],
	"mounts": [{"name": "v", "mountPath": "/v"}],
})

test_mounts if {
	count(found({"tenant": {"secrets": {"kafka": section({"pwd": variable})}}}, {})) == 1
	count(found({"tenant": {"secrets": {"gws": section({"user": variable, "pwd": variable})}}}, {})) == 1
	found({"tenant": {"secrets": {"kafka": section({"pwd": {"secretName": "/v/k"}})}}}, {}) == set()
}

test_mounts_of_other_parameters if {
	secrets := {"pgdb": section({"pwd": variable})}
	found({"tenant": {"pgdb": {"dbname": "/v/dbname"}, "secrets": secrets}}, {}) == set()
	found({"tenant": {"pgdb": {"dbname": "$FILE"}, "secrets": secrets}}, {}) == set()
	found({"tenant": {"pgdb": {"dbname": "/v/$FILE"}, "secrets": secrets}}, {}) == set()
	count(found({"tenant": {"pgdb": {"dbname": "n"}, "secrets": secrets}}, {})) == 1
}

with_key(key) := {"tenant": {"secrets": {"pgdb": {"pwd": {"secretName": "/v/k", "secretKey": key}}}}}

test_keys if {
	found(with_key("k"), {}) == set()
	[finding] := [finding | some finding in found(with_key("other"), {})]
	finding.facts == ["TEN-066"]
}
