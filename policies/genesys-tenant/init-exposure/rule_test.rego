package policies["genesys-tenant"]["init-exposure_test"]

import data.policies["genesys-tenant"]["init-exposure"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

mounts := {"initVolumeMounts": [{"name": "v", "mountPath": "/v"}]}

volume(secret) := [{"name": "v", "secret": {"secretName": secret}}]

test_main_only if {
	every secret in ["kafka-secrets-token", "redis-config-token", "redis-tenant-token"] {
		count(found(object.union(mounts, {"volumes": volume(secret)}), {})) == 1
	}
	own := {"tenant": {"secrets": {"redis": {"streamPwd": {"volumes": volume("own")}}}}}
	[finding] := [finding | some finding in found(object.union(mounts, own), {})]
	contains(finding.message, "Redis")
}

test_needed if {
	found(object.union(mounts, {"volumes": volume("dbname")}), {}) == set()
	found(object.union(mounts, {"volumes": volume("own")}), {}) == set()
	found(mounts, {}) == set()
	main := {"volumeMounts": [{"name": "v", "mountPath": "/v"}], "volumes": volume("kafka-secrets-token")}
	found(main, {}) == set()
}
