package policies["genesys-tenant"]["secret-reference_test"]

import data.policies["genesys-tenant"]["secret-reference"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

kafka(pwd) := {"tenant": {"secrets": {"kafka": {"pwd": pwd}}}}

problem(values, more) := [finding | some finding in found(values, more)][0]

test_complete if {
	every pwd in [
		{"secretName": "/opt/kafka/kafka-secrets"},
		{"secretName": "kafka", "secretKey": "k"},
		{"secretName": "kafka-$SITE", "secretKey": "$KEY"},
		{"secretName": "$SECRET"},
		{"value": "direct"},
		"direct",
		{},
		null,
	] {
		found(kafka(pwd), {}) == set()
	}
}

test_incomplete if {
	every words, pwd in {
		"without a key": {"secretName": "hunter2"},
		"leading slash": {"secretName": "opt/hunter2"},
		"secretKey without secretName": {"secretKey": "hunter2"},
		"name is not valid": {"secretName": "Hunter2", "secretKey": "hunter2"},
		"key that is not valid": {"secretName": "hunter2", "secretKey": "hunter2 "},
		"not configured": {"secretName": ""},
		"where a mapping belongs": "/opt/hunter2",
	} {
		findings := found(kafka(pwd), {})
		count(findings) == 1
		some finding in findings
		contains(finding.message, words)
		not contains(lower(finding.message), "hunter2")
		"TEN-063" in finding.facts
	}
}

test_mounted_but_named if {
	values := {"tenant": {"secrets": {"gws": {
		"pwd": {"secretName": "gauthclientsecret"},
		"volumes": [
			{"name": "id", "secret": {"secretName": "gauthclientid"}},
			{"name": "token", "secret": {"secretName": "gauthclientsecret"}},
		],
		"mounts": [{"name": "id", "mountPath": "/opt/id"}, {"name": "token", "mountPath": "/opt/token"}],
	}}}}
	finding := problem(values, {})
	contains(finding.message, `write "/opt/token/clientsecret"`)
	finding.facts == ["TEN-089", "TEN-065", "TEN-066"]
}

test_mount_of_an_own_secret if {
	values := {"tenant": {"secrets": {"kafka": {
		"pwd": {"secretName": "anything"},
		"volumes": [{"name": "v", "secret": {"secretName": "own"}}],
		"mounts": [{"name": "v", "mountPath": "/opt/v"}],
	}}}}
	contains(problem(values, {}).message, `write "/opt/v/KEY"`)
}

test_nothing_set if {
	every pwd in [{}, {"enabled": true}] {
		finding := problem(kafka(pwd), {"whole": true})
		finding.facts == ["TEN-063", "TEN-133"]
		finding.path == ["tenant", "secrets", "kafka", "pwd", "secretName"]
	}
	found({"tenant": {}}, {"whole": true}) == set()
	database := problem({"tenant": {"secrets": {"pgdb": {"pwd": {}}}}}, {"whole": true})
	database.facts == ["TEN-052", "TEN-036", "TEN-133"]
}

test_gws_only_when_it_is_on if {
	gws := {"secrets": {"gws": {"user": {"secretName": ""}, "pwd": {}}}}
	found({"tenant": gws}, {"whole": true}) == set()
	count(found({"tenant": object.union(gws, {"gws": {"enable": "true"}})}, {"whole": true})) == 2
}

test_service_account if {
	finding := problem({"tenant": {"svcpwdSecretName": "svcuseraccount"}}, {})
	finding.facts == ["TEN-095", "TEN-065"]
	found({"tenant": {"svcpwdSecretName": "svcuseraccount", "svcpwdSecretKey": "svcpassword"}}, {}) == set()
	found({"tenant": {"svcpwdSecretName": ""}}, {}) == set()
}
