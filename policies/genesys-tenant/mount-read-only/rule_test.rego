package policies["genesys-tenant"]["mount-read-only_test"]

import data.policies["genesys-tenant"]["mount-read-only"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

kafka(mount) := {"tenant": {"secrets": {"kafka": {"mounts": [object.union({"name": "a", "mountPath": "/a"}, mount)]}}}}

test_secrets if {
	found(kafka({"readOnly": true}), {}) == set()
	count(found(kafka({}), {})) == 1
	count(found(kafka({"readOnly": false}), {})) == 1
}

test_strings_are_reported_by_the_schema if {
	found(kafka({"readOnly": "true"}), {}) == set()
	found(kafka({"readOnly": "$READ_ONLY"}), {}) == set()
}

test_entries_at_the_root if {
	mounts := {"initVolumeMounts": [{"name": "a", "mountPath": "/a"}]}
	secret := {"volumes": [{"name": "a", "secret": {"secretName": "s"}}]}
	count(found(object.union(mounts, secret), {})) == 1
	found(object.union(mounts, {"volumes": [{"name": "a", "configMap": {"name": "m"}}]}), {}) == set()
	found(mounts, {}) == set()
}

test_logs if {
	mount := [{"name": "log", "mountPath": "/logs", "readOnly": true}]
	[finding] := [finding | some finding in found({"tenant": {"logging": {"mounts": {"log": mount}}}}, {})]
	finding.severity == "error"
	finding.fix.value == false
	found({"tenant": {"logging": {"mounts": {"fbJsonLog": mount, "fluentBconfigmap": mount}}}}, {}) == set()
}
