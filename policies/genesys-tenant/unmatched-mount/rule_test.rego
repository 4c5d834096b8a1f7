package policies["genesys-tenant"]["unmatched-mount_test"]

import data.policies["genesys-tenant"]["unmatched-mount"] as rule

found(values, more) := findings if {
	findings := rule.findings with input as object.union({"values": values, "expanded": values}, more)
}

kafka(volumes, mounts) := {"tenant": {"secrets": {"kafka": {"volumes": volumes, "mounts": mounts}}}}

a := {"name": "a", "mountPath": "/a"}

test_matched if {
	found(kafka([{"name": "a"}], [a]), {"whole": true}) == set()
	found(object.union(kafka([], [a]), {"volumes": [{"name": "a"}]}), {"whole": true}) == set()
	found({"tenant": {"logging": {"mounts": {"log": [{"name": "log", "mountPath": "/l"}]}}}}, {"whole": true}) == set()
}

test_misspelt if {
	[finding] := [finding | some finding in found(kafka([{"name": "b"}], [a]), {})]
	finding.path == ["tenant", "secrets", "kafka", "mounts", 0, "name"]
	contains(finding.message, `did you mean "b"?`)
	not finding.severity
}

test_several_may_be_meant if {
	findings := found(kafka([{"name": "b"}, {"name": "c"}], [a]), {})
	count(findings) == 3
	count([finding | some finding in findings; finding.severity == "warning"]) == 2
}

test_another_file_may_declare_it if {
	only_mounts := {"tenant": {"secrets": {"kafka": {"mounts": [a]}}}}
	found(only_mounts, {}) == set()
	count(found(only_mounts, {"whole": true})) == 1
	only_volumes := {"tenant": {"secrets": {"kafka": {"volumes": [{"name": "a"}]}}}}
	found(only_volumes, {}) == set()
	[finding] := [finding | some finding in found(only_volumes, {"whole": true})]
	finding.severity == "warning"
}

test_init_containers if {
	values := {"initVolumeMounts": [a]}
	[finding] := [finding | some finding in found(values, {"whole": true})]
	finding.facts == ["TEN-099", "TEN-104"]
}

test_unknown_lists if {
	found(kafka("$VOLUMES", [a]), {"whole": true}) == set()
	found(kafka([{"name": "a"}], "$MOUNTS"), {"whole": true}) == set()
	found(kafka([{"name": "$NAME"}], [a]), {"whole": true}) == set()
}

test_reported_elsewhere if {
	found(kafka([{"secret": {"secretName": "s"}}], [a]), {}) == set()
	lost := {"tenant": {"secrets": {"kafka": {"pwd": {"secretName": "/a/k"}, "volumes": [{"name": "b"}], "mounts": [a]}}}}
	found(lost, {}) == set()
}

test_log_mounts_may_be_defaults if {
	volumes := {"jsonLog": [{"name": "fluent-logs", "emptyDir": {}}]}
	found({"tenant": {"logging": {"volumes": volumes}}}, {"whole": true}) == set()
	mounts := {"jsonLog": [{"name": "log", "mountPath": "/l"}]}
	findings := found({"tenant": {"logging": {"volumes": volumes, "mounts": mounts}}}, {"whole": true})
	{finding.severity | some finding in findings} == {"warning"}
}
