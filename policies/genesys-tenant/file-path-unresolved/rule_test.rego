package policies["genesys-tenant"]["file-path-unresolved_test"]

import data.policies["genesys-tenant"]["file-path-unresolved"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

kafka(path) := {"tenant": {"secrets": {"kafka": {
	"pwd": {"secretName": path},
	"volumes": [{"name": "kafka", "secret": {"secretName": "kafka-secrets-token"}}],
	"mounts": [{"name": "kafka", "mountPath": "/opt/kafka"}],
}}}}

test_found if found(kafka("/opt/kafka/kafka-secrets"), {}) == set()

test_folder if {
	[finding] := [finding | some finding in found(kafka("/opt/kafka/"), {})]
	finding.path == ["tenant", "secrets", "kafka", "pwd", "secretName"]
	finding.facts == {"TEN-063", "TEN-064"}
	finding.severity == "error"
	finding.fix.value == "/opt/kafka/kafka-secrets"
}

test_wrong_key if {
	[finding] := [finding | some finding in found(kafka("/opt/kafka/secrets"), {})]
	finding.severity == "warning"
	finding.fix.value == "/opt/kafka/kafka-secrets"
	finding.related[0].path == ["tenant", "secrets", "kafka", "volumes", 0, "secret", "secretName"]
}

test_no_fix_without_the_key if {
	values := {"tenant": {"pgdb": {"dbname": "/opt/x"}, "secrets": {"pgdb": {
		"volumes": [{"name": "x", "secret": {"secretName": "own"}}],
		"mounts": [{"name": "x", "mountPath": "/opt/x"}],
	}}}}
	[finding] := [finding | some finding in found(values, {})]
	contains(finding.message, `write "/opt/x/KEY"`)
	not finding.fix
}

test_facts_of_containers if {
	both := {"tenant": {"secrets": {"consul": {"acl": {"secretName": "/opt/x/y"}}}}}
	[finding] := [finding | some finding in found(both, {"whole": true})]
	finding.facts == {"TEN-057", "TEN-064", "TEN-100", "TEN-101"}
	found(both, {}) == set()
	init := object.union(both, {
		"volumes": [{"name": "x", "secret": {"secretName": "s"}}],
		"volumeMounts": [{"name": "x", "mountPath": "/opt/x"}],
	})
	[only_init] := [finding | some finding in found(init, {})]
	only_init.facts == {"TEN-057", "TEN-064", "TEN-101"}
}

test_lost_slash if {
	[finding] := [finding | some finding in found({"tenant": {"pgdb": {"dbname": "opt/genesys/dbname/dbname"}}}, {})]
	finding.facts == ["TEN-051", "TEN-064"]
	found({"tenant": {"pgdb": {"dbname": "a/b", "dbuser": "ad/user"}}}, {}) == set()
	mounted := {"tenant": {"pgdb": {"dbname": "mnt/db/name"}}, "volumeMounts": [{"name": "x", "mountPath": "/mnt/db"}]}
	count(found(mounted, {})) == 1
}
